"""`curriculum check` on the shipped content and on 100 and 400 modules in two languages."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.clock import figure, seconds
from tests.bench.grow import ROOT, grow


def run() -> None:
    command = (sys.executable, "-m", "curriculum", "--today", "2026-11-21", "--root")
    shutil.rmtree(ROOT / "build" / "cache", ignore_errors=True)
    figure("shipped content, cold", seconds(*command, str(ROOT), "check"), goal="goal 2")
    for count, cold, warm in ((100, "", ""), (400, "goal 12", "goal 2")):
        with tempfile.TemporaryDirectory() as folder:
            root = grow(Path(folder), count)
            figure(f"{count} modules × 2 languages, cold", seconds(*command, str(root), "check"), goal=cold)
            figure(f"{count} modules × 2 languages, nothing changed", seconds(*command, str(root), "check"), goal=warm)
            page = root / "modules" / "org-mapa-de-poder" / "index.es.md"
            page.write_text(page.read_text("utf-8") + "\n", "utf-8")
            figure(f"{count} modules × 2 languages, one page changed", seconds(*command, str(root), "check"))
