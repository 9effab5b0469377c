"""The curriculum that the repository ships, on paper years from now: nobody may have touched it in between."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from curriculum.library import load
from curriculum.print import Sheet, print_all, wishes
from curriculum.words import words
from tests.conftest import HERE, TODAY

# Every amount has lapsed and every fact is past its review: blanks and dates stand where figures stood.
LATER = date(2032, 1, 1)
HEAD, FOOT, LINES = 45, 88, 96  # points; three lines of large print are 81
WIDE = ("pro-mapa-proteccion-social", "sst-mapa-de-riesgos", "org-democracia-y-cuentas")


def test_what_is_handed_out_still_fits_when_its_amounts_have_lapsed(tmp_path: Path) -> None:
    for name in ("data", "docs", "modules"):
        shutil.copytree(HERE.parent / name, tmp_path / name)
    library = load(tmp_path, LATER)
    sheets = print_all(library, wishes(library), tmp_path / "out", ("handouts", "plan"), jobs=2)
    assert {sheet.path.name: sheet.warnings for sheet in sheets if sheet.warnings} == {}


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    """Every kind of paper but those above."""
    root = tmp_path_factory.mktemp("shipped")
    for name in ("data", "docs", "modules"):
        shutil.copytree(HERE.parent / name, root / name)
    library = load(root, TODAY)
    sheets = print_all(library, wishes(library), root / "out", ("guide", "large", "booklet", "forms"), jobs=2)
    assert len(sheets) >= 2 * 4 * len(library.live)
    # A book of the modules with the widest tables tells as much as the whole one.
    few = replace(library, modules={name: library.modules[name] for name in WIDE})
    return sheets + print_all(few, wishes(few), root / "out", ("book",), jobs=2)


def test_nothing_runs_off_the_page(sheets: list[Sheet]) -> None:
    """A column of a table beyond the edge, an address longer than its box."""
    found = {sheet.path.name: faults for sheet in sheets if (faults := [f for f in sheet.warnings if "over" in f.rule])}
    assert found == {}


def test_no_page_holds_three_lines(sheets: list[Sheet]) -> None:
    """A heading apart from its table, the end of a text on a sheet of its own. Lines to write on fill a page."""
    flat = {sheet.path.name: sparse(sheet.path) for sheet in sheets if sheet.kind != "booklet"}
    assert {name: pages for name, pages in flat.items() if pages} == {}


def sparse(path: Path) -> list[int]:
    """The pages, from 1, between whose head and foot less is printed than three lines of large print.

    A back that is left white says so, and is not one of them.
    """
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        image = page.render(scale=1).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
        if any(words(lang)("print.white") in page.get_textpage().get_text_bounded() for lang in ("es", "en")):
            continue
        box = image.crop((0, HEAD, image.width, image.height - FOOT)).getbbox()
        if box and box[3] - box[1] < LINES:
            found.append(number)
    return found
