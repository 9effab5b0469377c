"""The sheet for the wall is one page and the briefing note two, in both languages; both say when they are invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from curriculum.library import load
from curriculum.print import Sheet, print_all
from tests.conftest import TODAY

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Sheet]:
    """The papers of the shipped curriculum, by kind and language."""
    out = tmp_path_factory.mktemp("boards")
    sheets = print_all(load(ROOT, TODAY), [], out, ("wall", "briefing"), jobs=1)
    return {(sheet.kind, sheet.lang): sheet for sheet in sheets}


def text(sheet: Sheet) -> str:
    document = pypdfium2.PdfDocument(sheet.path)
    return " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ")


def test_each_fits_its_pages_without_a_warning(boards: dict[tuple[str, str], Sheet]) -> None:
    assert {key: sheet.pages for key, sheet in boards.items()} == {
        ("wall", "es"): 1, ("wall", "en"): 1, ("briefing", "es"): 2, ("briefing", "en"): 2,
    }  # fmt: skip
    assert [sheet.warnings for sheet in boards.values()] == [()] * 4


@pytest.mark.parametrize(
    ("kind", "lang", "words"),
    [
        ("wall", "es", ("Ejemplo inventado", "Lo que pedimos y lo que hay", "Qué escribir ahora", "falta")),
        ("wall", "en", ("Invented example", "What we asked for and what there is", "What to write next", "missing")),
        ("briefing", "es", ("por qué va primero", "Qué se decidió, y por qué", "se decidió en el 1", "el horario")),
        ("briefing", "en", ("why it comes first", "What was decided, and why", "decided in place 1", "working hours")),
    ],
)
def test_what_it_says(kind: str, lang: str, words: tuple[str, ...], boards: dict[tuple[str, str], Sheet]) -> None:
    found = " ".join(text(boards[kind, lang]).split())
    assert [word for word in words if word not in found] == []


def test_they_are_tagged_and_in_their_language(boards: dict[tuple[str, str], Sheet]) -> None:
    for (_, lang), sheet in boards.items():
        with pikepdf.open(sheet.path) as pdf:
            assert str(pdf.Root.Lang).startswith(lang)
            assert pdf.Root.MarkInfo.Marked
            assert pdf.docinfo["/Title"]


def test_nobody_consulted_no_papers(tmp_path: Path) -> None:
    assert print_all(load(Path(__file__).parents[1] / "small", TODAY), [], tmp_path, ("wall", "briefing")) == []


def test_they_conform(boards: dict[tuple[str, str], Sheet], vera: Callable[..., str]) -> None:
    report = vera(*(sheet.path for sheet in boards.values()))
    assert len(re.findall("^PASS", report, re.MULTILINE)) == 8, report
