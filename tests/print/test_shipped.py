"""The curriculum that the repository ships, on paper years from now: nobody may have touched it in between."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from curriculum.library import load
from curriculum.print import print_all, wishes
from tests.conftest import HERE

# Every amount has lapsed and every fact is past its review: blanks and dates stand where figures stood.
LATER = date(2032, 1, 1)


def test_what_is_handed_out_still_fits_when_its_amounts_have_lapsed(tmp_path: Path) -> None:
    for name in ("data", "docs", "modules"):
        shutil.copytree(HERE.parent / name, tmp_path / name)
    library = load(tmp_path, LATER)
    sheets = print_all(library, wishes(library), tmp_path / "out", ("handouts", "plan"), jobs=2)
    assert {sheet.path.name: sheet.warnings for sheet in sheets if sheet.warnings} == {}
