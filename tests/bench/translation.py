"""`curriculum translation status` on 400 modules in two languages, with their locks and with some sections behind."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.clock import figure, seconds
from tests.bench.grow import grow


def run() -> None:
    command = (sys.executable, "-m", "curriculum", "--today", "2026-11-21", "--root")
    with tempfile.TemporaryDirectory() as folder:
        root = grow(Path(folder), 400)
        seconds(*command, str(root), "translation", "sync", "--all", "--reason", "bench")
        status = (*command, str(root), "translation", "status")
        figure("status, 400 modules × 2 languages, all equal", seconds(*status), goal="goal 3")
        for module in sorted((root / "modules").iterdir())[::4]:
            page = module / "index.es.md"
            page.write_text(page.read_text("utf-8").replace("\n\n1. ", "\n\nX.\n\n1. ", 1), "utf-8")
        figure("status, 400 modules × 2 languages, 100 behind", seconds(*status), goal="goal 3")
        name = sorted((root / "modules").iterdir())[0].name
        figure("diff of one of them", seconds(*command, str(root), "translation", "diff", name))
