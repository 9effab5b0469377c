"""The command line as a person runs it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(small: Path) -> Run:
    """Run `curriculum` on the small curriculum, on the tests' day."""

    def curriculum(*arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "GITHUB_"))}
        return subprocess.run(
            [sys.executable, "-m", "curriculum", "--root", str(small), *arguments],
            env={**known, "SOURCE_DATE_EPOCH": "1795219200", **environment},
            capture_output=True,
            text=True,
            input=stdin or "",
            check=False,
            cwd=small,
        )

    return curriculum
