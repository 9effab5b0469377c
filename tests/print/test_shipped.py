"""The curriculum that the repository ships, on paper years from now: nobody may have touched it in between."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from curriculum.library import load
from curriculum.print import print_all, wishes
from tests.conftest import HERE, TODAY

# Every amount has lapsed and every fact is past its review: blanks and dates stand where figures stood.
LATER = date(2032, 1, 1)
WIDE = ("pro-mapa-proteccion-social", "sst-mapa-de-riesgos", "org-democracia-y-cuentas")


def test_what_is_handed_out_still_fits_when_its_amounts_have_lapsed(tmp_path: Path) -> None:
    for name in ("data", "docs", "modules"):
        shutil.copytree(HERE.parent / name, tmp_path / name)
    library = load(tmp_path, LATER)
    sheets = print_all(library, wishes(library), tmp_path / "out", ("handouts", "plan"), jobs=2)
    assert {sheet.path.name: sheet.warnings for sheet in sheets if sheet.warnings} == {}


def test_nothing_runs_off_the_page(tmp_path: Path) -> None:
    """A column of a table beyond the edge, an address longer than its box: in every kind but those above."""
    for name in ("data", "docs", "modules"):
        shutil.copytree(HERE.parent / name, tmp_path / name)
    library = load(tmp_path, TODAY)
    sheets = print_all(library, wishes(library), tmp_path / "out", ("guide", "large", "booklet", "forms"), jobs=2)
    # A book of the modules with the widest tables tells as much as the whole one.
    few = replace(library, modules={name: library.modules[name] for name in WIDE})
    sheets += print_all(few, wishes(few), tmp_path / "out", ("book",), jobs=2)
    found = {sheet.path.name: faults for sheet in sheets if (faults := [f for f in sheet.warnings if "over" in f.rule])}
    assert len(sheets) >= 2 * 4 * len(library.live) + 2
    assert found == {}
