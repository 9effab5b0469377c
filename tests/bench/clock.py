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


def measured(*command: str) -> tuple[float, int]:
    """Wall time of a command, and the most memory in bytes that it and its children held at once.

    Memory that several of them share is counted once (Linux's proportional set size).
    """
    start = time.perf_counter()
    working = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak = 0
    while working.poll() is None:
        peak = max(peak, sum(_held(pid) for pid in _family(working.pid)))
        time.sleep(0.1)
    taken = time.perf_counter() - start
    if working.returncode:
        sys.exit(f"{' '.join(command)}\n{working.stderr.read()[-4000:] if working.stderr else ''}")
    return taken, peak


def _family(pid: int) -> list[int]:
    """A process and all that came of it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        found = [int(child) for child in children.read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in found for one in _family(child))]


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def figure(what: str, value: float, unit: str = "s", goal: str = "") -> None:
    print(f"  {what:<64} {value:8.2f} {unit:<6} {goal}")


def peak() -> int:
    """The most memory, in bytes, that any process run so far has held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
