"""Guides a page, beside `weasyprint` run once per file on the same HTML and styles."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import pikepdf

from curriculum.edition import editions
from curriculum.library import load
from curriculum.print import print_all
from curriculum.print.press import order
from tests.bench.clock import figure, seconds
from tests.bench.grow import grow

MODULES = 12
SAMPLE = 6


def run() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = grow(Path(temporary) / "root", MODULES)
        library = load(root)
        wanted = [edition for edition in editions(library) if not edition.is_fallback]
        cache = root / "build" / "cache" / "print"

        # One file, one process, its own fonts and styles read again: what a loop over files in a shell does.
        pages, taken = 0, 0.0
        for index, edition in enumerate(wanted[:SAMPLE]):
            one = order(library, edition, "guide", "letter", cache)
            html = Path(temporary) / f"{index}.html"
            html.write_text(one.html, "utf-8")
            pdf = html.with_suffix(".pdf")
            styles = [part for style in one.styles for part in ("-s", str(style))]
            command = (sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", *styles, str(html), str(pdf))
            taken += seconds(*command)
            with pikepdf.open(pdf) as document:
                pages += len(document.pages)
        theirs = taken / pages
        figure(f"weasyprint once per file ({SAMPLE} guides, {pages} pages)", theirs * 1000, "ms/page")

        for jobs in (1, 2):
            shutil.rmtree(cache, ignore_errors=True)
            start = time.perf_counter()
            sheets = print_all(library, wanted, Path(temporary) / f"pdf{jobs}", ("guide",), jobs=jobs)
            ours = (time.perf_counter() - start) / sum(sheet.pages for sheet in sheets)
            figure(f"ours, {jobs} process(es) ({len(sheets)} guides)", ours * 1000, "ms/page")
            figure(f"ours, {jobs} process(es): times as fast", theirs / ours, "×", "goal 2" if jobs == 2 else "")
        start = time.perf_counter()
        print_all(library, wanted, Path(temporary) / "pdf3", ("guide",))
        figure(f"ours, nothing changed ({len(wanted)} guides)", time.perf_counter() - start)
