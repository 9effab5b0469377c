from __future__ import annotations

import json
from pathlib import Path

import pytest

from curriculum.cli.schema import write
from curriculum.frontmatter import read_page
from curriculum.schema import schemas
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
OPTIONS = ("--title", 'Ventas: "el sol"', "--theme", "salud", "--sector", "hogar", "--minutes", "90")


def test_new_module_passes_the_check(run: Run, small: Path) -> None:
    done = run("new", "module", "ventas", *OPTIONS)
    assert done.returncode == 0, done.stderr
    assert run("check", "--strict").returncode == 0
    document, _ = read_page(small / "modules/ventas/index.en.md", "x")
    assert isinstance(document.data, dict)
    assert document.data["title"] == 'Ventas: "el sol"'
    assert "number: 4" in (small / "modules/ventas/module.yml").read_text("utf-8")


def test_five_questions_in_plain_words_and_entering_is_enough(run: Run, small: Path) -> None:
    done = run("new", "module", stdin="Vender en la calle: mi derecho\n\n\n\n\n")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("?") == 5
    assert "¿A qué tema responde?\n  1. Salud\n" in done.stderr
    assert "¿Para quién es?\n  1. Todos los sectores\n  2. Trabajadoras del hogar\n" in done.stderr
    assert run("check", "--strict").returncode == 0
    text = (small / "modules/vender-en-la-calle-mi-derecho/module.yml").read_text("utf-8")
    assert "themes: [salud]\nsectors: [all]\n" in text
    again = run("--messages", "en", "new", "module", stdin="Vender en la calle: mi derecho\n1\n3\n60\nKnow a right.\n")
    assert "What is the module called?" in again.stderr
    assert run("check", "--strict").returncode == 0
    folder = small / "modules/vender-en-la-calle-mi-derecho-2"
    assert "sectors: [reciclaje]" in (folder / "module.yml").read_text("utf-8")
    assert '  - "Know a right."' in (folder / "index.en.md").read_text("utf-8")
    assert "Know" not in (folder / "index.es.md").read_text("utf-8")


@pytest.mark.parametrize("minutes", ["30", "60", "90", "125", "480"])
def test_the_steps_add_up(minutes: str, run: Run, small: Path) -> None:
    run("new", "module", "ventas", *OPTIONS[:-1], minutes)
    text = (small / "modules/ventas/module.yml").read_text("utf-8")
    found = [int(line.split("minutes: ")[1].rstrip("}")) for line in text.splitlines() if "minutes: " in line]
    assert sum(found) == int(minutes)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("uno", *OPTIONS), "Ya existe modules/uno"),
        (("Ventas y más", *OPTIONS), "no sirve como nombre"),
        (("ventas", *OPTIONS[:-1], "mucho"), "de 30 a 480"),
        (("ventas", *OPTIONS[:3], "salu", *OPTIONS[4:]), "No existe “salu”"),
    ],
)
def test_wrong_answers(arguments: tuple[str, ...], words: str, run: Run, small: Path) -> None:
    done = run("new", "module", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (small / "modules/ventas").exists()


def test_schemas_are_in_step_with_the_model(tmp_path: Path) -> None:
    write(tmp_path / "schema")
    for name in schemas():
        assert (ROOT / "schema" / name).read_text("utf-8") == (tmp_path / "schema" / name).read_text("utf-8")
    assert {file.name for file in (ROOT / "schema").iterdir()} == set(schemas())
    module = json.loads((ROOT / "schema/module.schema.json").read_text("utf-8"))
    assert module["additionalProperties"] is False
    assert module["properties"]["number"]["anyOf"][0]["maximum"] == 999
