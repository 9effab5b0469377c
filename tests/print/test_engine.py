"""What stands in for WeasyPrint's own loops changes nothing: the papers of the very engine have the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pydyf
import weasyprint

from curriculum.print import EDITIONS, engine
from tests.conftest import TODAY
from tests.print.conftest import printed

# A version that nobody wrote anything for, so that nothing is replaced.
UNTOUCHED = """
import json, sys
import weasyprint
weasyprint.__version__ = "0"
from datetime import date
from pathlib import Path
from curriculum.library import load
from curriculum.print import EDITIONS, paper, print_all
from weasyprint.css import ComputedStyle
assert ComputedStyle.__missing__.__module__ == "weasyprint.css"
library = load(Path(sys.argv[1]), date.fromisoformat(sys.argv[3]))
wanted = [(library.modules["uno"], lang) for lang in ("es", "en")]
sheets = print_all(library, wanted, Path(sys.argv[2]), EDITIONS, jobs=1)
print(json.dumps({sheet.path.name: sheet.sha256 for sheet in sheets}))
"""


def test_same_bytes_as_the_untouched_engine(small: Path, tmp_path: Path) -> None:
    ours = {sheet.path.name: sheet.sha256 for sheet in printed(small, tmp_path / "ours", "uno", kinds=EDITIONS)}
    (small / "build").rename(small / "kept")  # nothing of ours is taken from the cache
    found = subprocess.run(
        [sys.executable, "-c", UNTOUCHED, str(small), str(tmp_path / "theirs"), TODAY.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert json.loads(found.stdout) == ours
    assert len(ours) == 2 * len(EDITIONS)


def test_it_is_written_for_the_version_of_the_lock() -> None:
    """With another one all is as slow as it was: read engine.py beside the new version, then name it there."""
    assert weasyprint.__version__ == engine.KNOWN


def test_pages_are_named_anew_when_there_are_more() -> None:
    pdf = pydyf.PDF()
    for count in (1, 2):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert engine.page_references(pdf) == tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])
        assert len(engine.page_references(pdf)) == count
