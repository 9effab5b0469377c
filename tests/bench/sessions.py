"""1,000 recorded sessions with their results: read, checked and summed up in every way."""

from __future__ import annotations

import re
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from curriculum.checks.briefs import brief_mapping
from curriculum.checks.mapping import session_mapping, session_unknown
from curriculum.checks.people import personal_data, quote_without_consent, small_count, totals_mismatch
from curriculum.checks.reading import session_invalid
from curriculum.checks.results import results_mapping, results_small, results_totals
from curriculum.evaluation import by_module, by_quarter, by_sector, by_theme, progress, whole
from curriculum.library import load
from curriculum.refine import requests, timings
from tests.bench.clock import figure
from tests.bench.grow import ROOT, grow

SESSIONS = 1000
TODAY = date(2026, 11, 22)
RULES = (
    session_invalid, session_mapping, session_unknown, results_mapping, results_totals, results_small, small_count,
    totals_mismatch, quote_without_consent, personal_data, brief_mapping,
)  # fmt: skip


def run() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = grow(Path(temporary), len(list((ROOT / "modules").iterdir())))
        _multiply(root)
        start = time.perf_counter()
        library = load(root, TODAY)
        read = time.perf_counter() - start
        assert len(library.sessions) >= SESSIONS, library.problems[:3]
        found = [problem for rule in RULES for problem in rule(library)]
        assert not found, found[:3]
        checked = time.perf_counter() - start
        for by in (by_module, by_theme, by_sector, by_quarter):
            for summary in by(library).values():
                assert summary.measures or not summary.rows
        assert whole(library).people
        requests(library)
        progress(library, 2026, TODAY)
        for module in library.live:
            timings(library, module)
        taken = time.perf_counter() - start
        figure(f"{SESSIONS} sessions with results: read", read)
        figure("… and checked", checked)
        figure("… and summed up by module, theme, sector, quarter", taken, goal="goal 3")


def _multiply(root: Path) -> None:
    """Copies of the recorded sessions on other days, with their results, until there are a thousand."""
    folder = root / "data" / "sessions"
    held = [file for file in sorted(folder.iterdir()) if "record:" in file.read_text("utf-8")]
    for number in range(SESSIONS):
        source = held[number % len(held)]
        day = date(2023, 1, 1) + timedelta(days=number)
        text = re.sub(r"^date: .*$", f"date: {day}", source.read_text("utf-8"), flags=re.MULTILINE)
        name = f"{day}-copia-{number}"
        (folder / f"{name}.yml").write_text(text, "utf-8")
        results = root / "data" / "results" / f"{source.stem}.csv"
        if results.is_file():
            results.with_name(f"{name}.csv").write_bytes(results.read_bytes())
