"""Run by scripts/bench."""

from __future__ import annotations

import os
import platform
import sys

from tests.bench import check, needs, paper, sessions, site, translation

PARTS = {
    "check": check.run,
    "translation": translation.run,
    "needs": needs.run,
    "sessions": sessions.run,
    "site": site.run,
    "print": paper.run,
}


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := [name for name in wanted if name not in PARTS]:
        sys.exit(f"{', '.join(unknown)}? {', '.join(PARTS)}")
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    for name in wanted:
        print(f"\n{name}")
        PARTS[name]()


main()
