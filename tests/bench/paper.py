"""Papers a page, beside `weasyprint` run once per file on the same HTML and styles; then runs where little changed."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import pikepdf

from curriculum.edition import edition
from curriculum.library import load
from curriculum.print import KINDS, print_all, wishes
from curriculum.print.guide import gather
from curriculum.print.press import BOOK, folder, order
from tests.bench.clock import figure, peak, seconds
from tests.bench.grow import grow

MODULES = 12
SAMPLE = 8
ALL = 60
SUITE = tuple(kind for kind in KINDS if kind != BOOK)


def run() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        _beside_weasyprint(Path(temporary))
        _again(Path(temporary))


def _beside_weasyprint(temporary: Path) -> None:
    root = grow(temporary / "root", MODULES)
    library = load(root)
    wanted = wishes(library)
    store = root / "build" / "cache" / "print"
    templates = folder(library)

    # One file, one process, its own fonts and styles read again: what a loop over files in a shell does.
    pages, taken = 0, 0.0
    for index, (module, lang) in enumerate(wanted[:SAMPLE]):
        one = edition(library, module, lang)
        sheet = order(one, gather(library, one), "guide", templates, "letter", store)
        html = temporary / f"{index}.html"
        html.write_text(sheet.html, "utf-8")
        pdf = html.with_suffix(".pdf")
        styles = [part for style in sheet.styles for part in ("-s", str(style))]
        taken += seconds(sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", *styles, str(html), str(pdf))
        with pikepdf.open(pdf) as document:
            pages += len(document.pages)
    theirs = taken / pages
    figure(f"weasyprint once per file ({SAMPLE} guides, {pages} pages)", theirs * 1000, "ms/page")

    speed = {}
    for jobs in (1, 2):
        shutil.rmtree(store, ignore_errors=True)
        start = time.perf_counter()
        sheets = print_all(library, wanted, temporary / f"pdf{jobs}", ("guide",), jobs=jobs)
        speed[jobs] = (time.perf_counter() - start) / sum(sheet.pages for sheet in sheets)
        figure(f"ours, {jobs} process(es), cold ({len(sheets)} guides)", speed[jobs] * 1000, "ms/page")
    figure("ours, 2 processes: times as fast as weasyprint", theirs / speed[2], "×", "goal 3.5")
    figure("ours: gained by the second process", speed[1] / speed[2], "×", "goal 1.8")
    figure("largest guide", max(sheet.bytes for sheet in sheets) / 1000, "kB", "goal under 400")


def _again(temporary: Path) -> None:
    """Whole commands on 60 modules: the first time, with nothing changed, and with one sentence changed."""
    root = grow(temporary / "all", ALL)
    command = (sys.executable, "-m", "curriculum", "--root", str(root), "print", "-o", str(temporary / "out"))
    suite = [part for kind in SUITE for part in ("--kind", kind)]
    figure(f"all kinds but the book, cold ({ALL} modules)", seconds(*command, *suite))
    figure("memory of the largest process", peak() / 1e6, "MB", "goal under 1000")
    figure("the book, both languages, cold", seconds(*command, "--kind", BOOK))
    figure("memory of the largest process", peak() / 1e6, "MB", "goal under 2500")
    figure(f"nothing changed, all kinds ({ALL} modules)", seconds(*command), "s", "goal under 2")
    page = next((root / "modules").glob("*/index.es.md"))
    page.write_text(page.read_text("utf-8") + "\nUna oración más.\n", "utf-8")
    figure("one sentence changed, all kinds but the book", seconds(*command, *suite), "s", "goal under 8")
