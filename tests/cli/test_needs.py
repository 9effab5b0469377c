from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import Run


def hold_a_round(run: Run, small: Path) -> Path:
    """A consultation written by the tool and filled in: salud 30 dots, digital 20."""
    done = run("new", "consultation", "ejemplo-hogar", "--date", "2026-03-14", "--round", "2026-1")
    assert done.returncode == 0, done.stderr
    file = small / "data/needs/2026-03-14-ejemplo-hogar.yml"
    text = file.read_text("utf-8").replace("theme: salud, dots: 0", "theme: salud, dots: 30")
    file.write_text(text.replace("theme: digital, dots: 0", "theme: digital, dots: 20"), "utf-8")
    return file


def test_new_consultation_is_commented_and_passes_the_check(run: Run, small: Path) -> None:
    file = hold_a_round(run, small)
    assert "ni nombres, ni teléfonos" in file.read_text("utf-8")
    assert run("check").stdout == ""
    again = run("new", "consultation", "ejemplo-hogar", "--date", "2026-03-14", "--round", "2026-1")
    assert (again.returncode, "Ya existe data/needs/" in again.stderr) == (2, True)
    assert "No existe “nadie”" in run("new", "consultation", "nadie").stderr
    english = run("--messages", "en", "new", "consultation", "equipo", "--date", "2026-03-15", "--round", "x")
    assert english.returncode == 0
    assert "Nothing about any person" in (small / "data/needs/2026-03-15-equipo.yml").read_text("utf-8")


def test_ranking_beside_decisions(run: Run, small: Path) -> None:
    hold_a_round(run, small)
    text = run("needs").stdout
    assert "60.0\u00a0%" in text
    assert "40.0\u00a0%" in text
    assert "Herramientas digitales: las consultas lo proponen en el lugar 2 y no se tomó. Ejemplo inventado" in text
    english = run("--messages", "en", "needs").stdout
    assert "Digital tools: the consultations propose it in place 2 and it was not taken." in english
    assert run("needs", "--round", "1999").returncode == 2


def test_invented_rounds_say_so(run: Run, small: Path) -> None:
    file = hold_a_round(run, small)
    assert "EJEMPLO INVENTADO" not in run("needs").stdout
    file.write_text(file.read_text("utf-8") + "illustrative: true\n", "utf-8")
    assert run("needs").stdout.startswith("EJEMPLO INVENTADO")
    assert run("coverage").stdout.startswith("EJEMPLO INVENTADO")


def test_tables_for_machines(run: Run, small: Path) -> None:
    hold_a_round(run, small)
    rows = list(csv.reader(io.StringIO(run("needs", "--format", "csv").stdout.lstrip("\ufeff"))))
    assert rows[1][:3] == ["1", "Salud", "60.0"]
    assert rows[0][2] == "Puntaje (%)"
    assert len({len(row) for row in rows}) == 1
    data = json.loads(run("--messages", "en", "needs", "--format", "json").stdout)
    assert data["rows"][0]["Theme"] == "Health"
    assert len(data["notes"]) == 1
    cells = json.loads(run("coverage", "--format", "json").stdout)["rows"]
    assert {(row["Tema"], row["Sector"]): row["Minutos de módulos"] for row in cells} == {
        ("Salud", "Trabajadoras del hogar"): "135",
        ("Salud", "Recicladoras de base"): "135",
        ("Herramientas digitales", "Trabajadoras del hogar"): "0",
        ("Herramientas digitales", "Recicladoras de base"): "0",
    }


def test_coverage_says_first_what_to_write(run: Run, small: Path) -> None:
    hold_a_round(run, small)
    themes = small / "data/themes.yml"
    text = themes.read_text("utf-8")
    head, tail = text.split("- id: digital")
    themes.write_text(
        head + "- id: digital" + tail.replace("round: 2026-1\n", "round: 2026-1\n      rank: 2\n"), "utf-8"
    )
    lines = run("coverage").stdout.splitlines()
    assert lines[0].startswith("Qué escribir ahora")
    assert "1. Herramientas digitales: ningún módulo publicado, y pesa 40.0\u00a0% de lo pedido." in lines[1]
    uno = small / "modules/uno/module.yml"
    uno.write_text(uno.read_text("utf-8").replace("depth: starter", "depth: deepening"), "utf-8")
    assert "Salud: falta un módulo introductorio" in run("coverage").stdout


def test_nothing_yet_is_no_error(run: Run) -> None:
    done = run("needs")
    assert (done.returncode, done.stderr) == (0, "Todavía no hay consultas. Empiece con: curriculum new consultation\n")
    assert run("coverage").returncode == 0
