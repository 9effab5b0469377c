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
from curriculum.print import EDITIONS, KINDS, print_all, wishes
from curriculum.print.guide import gather
from curriculum.print.press import BOOK, folder, order
from tests.bench.clock import figure, peak, seconds
from tests.bench.grow import grow

MODULES = 6
ALL = 60
# What is not folded: of a booklet weasyprint alone makes other pages.
FLAT = tuple(kind for kind in EDITIONS if kind != "booklet")
SUITE = tuple(kind for kind in KINDS if kind != BOOK)


def run() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        _beside_weasyprint(Path(temporary))
        _again(Path(temporary))


def _beside_weasyprint(temporary: Path) -> None:
    """The same papers of the same modules: `weasyprint` a file, and ours, which are PDF/A-3a as well."""
    root = grow(temporary / "root", MODULES)
    library = load(root)
    wanted = wishes(library)
    store = root / "build" / "cache" / "print"
    templates = folder(library)

    # One file, one process, its own fonts and styles read again: what a loop over files in a shell does.
    pages, taken, alone = 0, 0.0, {}
    for index, (module, lang) in enumerate(wanted):
        one = edition(library, module, lang)
        parts = gather(library, one)
        for kind in FLAT:
            sheet = order(one, parts, kind, templates, "letter", store)
            html = temporary / f"{index}-{kind}.html"
            html.write_text(sheet.html, "utf-8")
            pdf = html.with_suffix(".pdf")
            styles = [part for style in sheet.styles for part in ("-s", str(style))]
            spent = seconds(
                sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", *styles, str(html), str(pdf)
            )
            with pikepdf.open(pdf) as document:
                many = len(document.pages)
            pages, taken = pages + many, taken + spent
            alone[kind] = [a + b for a, b in zip(alone.get(kind, [0.0, 0]), (spent, many), strict=True)]
    theirs = taken / pages
    figure(f"weasyprint once per file ({len(wanted) * len(FLAT)} files, {pages} pages)", theirs * 1000, "ms/page")
    figure("  of these the guides alone", alone["guide"][0] / alone["guide"][1] * 1000, "ms/page")

    cold = {}
    for jobs in (1, 2):
        shutil.rmtree(store, ignore_errors=True)
        for state in ("cold", "warm"):
            start = time.perf_counter()
            sheets = print_all(library, wanted, temporary / f"pdf{jobs}", FLAT, jobs=jobs)
            speed = (time.perf_counter() - start) / sum(sheet.pages for sheet in sheets)
            figure(f"ours, {jobs} process(es), {state} ({len(sheets)} files)", speed * 1000, "ms/page")
            if state == "cold":
                cold[jobs] = speed
    figure("ours, 2 processes: times as fast as weasyprint", theirs / cold[2], "×", "goal 3.5")
    figure("ours: gained by the second process", cold[1] / cold[2], "×", "goal 1.8")
    largest = max(sheet.bytes for sheet in sheets if sheet.kind == "guide")
    figure("largest guide", largest / 1000, "kB", "goal under 400")


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
