"""How long a command takes, and how a figure is printed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path


def seconds(*command: str, cwd: Path | None = None, **environment: str) -> float:
    """Wall time of a command; its output is shown only where it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return taken


def figure(what: str, value: float, unit: str = "s", goal: str = "") -> None:
    print(f"  {what:<64} {value:8.2f} {unit:<6} {goal}")


def peak() -> int:
    """The most memory, in bytes, that any process run so far has held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
