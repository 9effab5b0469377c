"""Papers about what was done, and the packet of a session: each fits its pages, says what it must, and conforms."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from curriculum.brief import SECTIONS
from curriculum.library import load
from curriculum.print import Sheet, print_all, print_packet
from curriculum.print.field import FIELD, MOST
from tests.conftest import HERE, TODAY
from tests.print.conftest import texts

BRIEF = """---
title: "{title}"
summary: "{summary}"
---

## A {{#changed}}

{cited} [@F01] [@F04 pending]

## B {{#sectors}}

…

## C {{#heard}}

## D {{#options}}

| Opción | Sí | No |
| --- | --- | --- |
| Una | a | b |
| Otra | c | d |

## E {{#recommendation}}

…

## F {{#risks}}

…

## G {{#open}}

…
"""


def write_brief(root: Path, more: str = "") -> None:
    (root / "docs" / "briefs").mkdir(parents=True, exist_ok=True)
    (root / "data" / "briefs.yml").write_text(
        "- {id: nota, date: 2026-11-21, themes: [salud], modules: [uno]}\n", "utf-8"
    )
    for lang, title in (("es", "Una nota"), ("en", "A brief")):
        text = BRIEF.format(title=title, summary=title, cited="Algo." if lang == "es" else "Something.") + more
        (root / "docs" / "briefs" / f"nota.{lang}.md").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("field") / "small"
    shutil.copytree(HERE / "small", root, ignore=shutil.ignore_patterns("build"))
    shutil.copytree(HERE / "site" / "taught", root, dirs_exist_ok=True)
    write_brief(root)
    return root


@pytest.fixture(scope="module")
def field(root: Path) -> dict[tuple[str, str], Sheet]:
    """By the name of its file without suffix and language."""
    sheets = print_all(load(root, TODAY), [], root / "out", FIELD, jobs=1)
    return {(sheet.path.stem.removesuffix(f"-{sheet.lang}"), sheet.lang): sheet for sheet in sheets}


@pytest.fixture(scope="module")
def packets(root: Path) -> dict[str, Sheet]:
    """The packet of a session that is written down, by language."""
    library = load(root, TODAY)
    name = "2026-08-16-hogar"
    # The one module that is written in both languages, and more people.
    session = library.sessions[name].model_copy(update={"modules": ["uno"], "people": 30, "breaks": []})
    return {
        lang: print_packet(library, session, name, lang, root / "out" / f"packet-{lang}.pdf", "letter")
        for lang in library.languages
    }


def test_every_paper_fits_its_pages_without_a_warning(field: dict[tuple[str, str], Sheet]) -> None:
    names = {"poster", "quarter-2026-3", "quarter-2026-4", "brief-nota"}
    assert set(field) == {(name, lang) for name in names for lang in ("es", "en")}
    assert [sheet.warnings for sheet in field.values() if sheet.warnings] == []
    assert all(0 < sheet.pages <= MOST[sheet.kind] for sheet in field.values())


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        (
            "poster",
            "es",
            ("EJEMPLO INVENTADO", "2 sesiones", "47 de cada 100 n = 17", "94 de cada 100 n = 16", "1 de 3"),
        ),
        ("poster", "en", ("What we did together", "2 sessions", "“We have a meeting.”", "0 de 1".replace("de", "of"))),
        ("quarter-2026-3", "es", ("Informe trimestral: julio a septiembre de 2026", "cumplida", "sin datos", "n = 17")),
        ("quarter-2026-3", "es", ("hechos hasta hoy: 1", "Una raya: en ese momento no se pregunta.")),
        ("quarter-2026-4", "en", ("October to December 2026", "fewer than 5", "Another hour.", "no data")),
        (
            "brief-nota",
            "es",
            ("Nota de política", "pendiente al 1 de diciembre de 2025", "Texto verificado el 22 de julio"),
        ),
        ("brief-nota", "en", ("Policy brief", "pending on 1 December 2025", "Nobody has been consulted yet.")),
    ],
)
def test_what_it_says(name: str, lang: str, words: tuple[str, ...], field: dict[tuple[str, str], Sheet]) -> None:
    text = " ".join(texts(field[name, lang].path)).replace("\xa0", " ")
    for part in words:
        assert part in text


def test_a_brief_of_three_pages_is_a_problem(small: Path) -> None:
    write_brief(small, "\n".join(f"\n{word}" for word in ["Una frase más, que nadie lee. " * 6] * 60))
    (sheet, _) = print_all(load(small, TODAY), [], small / "out", ("brief",), jobs=1)
    assert [fault.rule for fault in sheet.warnings] == ["paper-overflow"]


def test_without_sessions_or_briefs_no_papers(small: Path) -> None:
    assert print_all(load(small, TODAY), [], small / "out", FIELD, jobs=1) == []


def test_packet_has_the_day_the_guide_the_handouts_and_the_forms(packets: dict[str, Sheet]) -> None:
    assert [sheet.warnings for sheet in packets.values() if sheet.warnings] == []
    pages = [page.replace("\xa0", " ") for page in texts(packets["es"].path)]
    cover = pages[0]
    for part in (
        "Domingo, 16 de agosto de 2026", "De 10:00 a 11:15", "30 personas", "5 mesas", "10:10", "10:15", "11:15 Fin",
        "10 marcadores", "1 bola de hilo",
    ):  # fmt: skip
        assert part in cover, part
    whole = " ".join(pages)
    assert "M1 · Hoja 1" in whole
    # Where it is in the packet, on how many sides it is copied; pages, copies, sides of the sheet for each person.
    sheet = next(number for number, page in enumerate(pages, 1) if page.startswith("Mi mapa"))
    assert re.search(r"M1 · Hoja 1 .*? (\d+) un lado 1 30 30", whole)[1] == str(sheet)  # type: ignore[index]
    assert "dos lados" in whole
    assert "falta una comida" not in whole
    # What the module asks for beforehand stands before its guide too, where it leads nowhere.
    assert whole.count("Copiar la hoja. Llevar hilo.") == 2
    assert whole.index("Copiar la hoja.") < whole.index("Plan de la sesión")
    order = [
        "Copias que hay que sacar",
        "Plan de la sesión",
        "Aviso de privacidad y permiso",
        "Hoja para votar con fichas",
    ]
    assert sorted(order, key=whole.index) == order
    assert "Banco de dinámicas" in pages[-1]
    assert "Si alguien no puede estar de pie" in pages[-1]
    assert "Session packet" in texts(packets["en"].path)[0]


def test_each_part_of_a_packet_begins_on_a_leaf(packets: dict[str, Sheet]) -> None:
    pages = texts(packets["es"].path)
    for begins in (
        "Plan de la sesión",
        "Mi mapa",
        "El sol cansa",
        "Aviso de privacidad y permiso",
        "Banco de dinámicas",
    ):
        # Counted from 0, the right side of a leaf is even. The cover speaks of the parts too.
        at = next(number for number, page in enumerate(pages) if number and begins in page)
        assert at % 2 == 0, begins
    assert any("Esta cara queda en blanco" in page for page in pages)


def test_packet_and_papers_conform(
    field: dict[tuple[str, str], Sheet], packets: dict[str, Sheet], vera: Callable[..., str]
) -> None:
    papers = [sheet.path for sheet in (*field.values(), *packets.values())]
    report = vera(*papers)
    assert len(re.findall("^PASS", report, re.MULTILINE)) == 2 * len(papers), report


def test_briefs_have_these_sections() -> None:
    assert SECTIONS == ("changed", "sectors", "heard", "options", "recommendation", "risks", "open")
