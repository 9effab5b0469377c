"""One run at a time where two would take each other's files away. The system lets go of a lock when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks; there it is left to people to build one at a time
    fcntl = None  # type: ignore[assignment]

PAUSE = 0.1  # seconds between two tries


class Busy(Exception):
    """Another process held the lock until patience ran out; `holder` is its number, "?" where it is not known."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def locked(file: Path, patience: float, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock that is this file; `waiting` is told once who holds it. Busy after `patience` seconds.

    The file is gone when nobody holds it; one left by a process that was killed is taken over at once.
    """
    if fcntl is None:
        yield
        return
    until = time.monotonic() + patience
    told = False
    while (handle := _taken(file)) is None:
        holder = _holder(file)
        if time.monotonic() >= until:
            raise Busy(holder)
        if not told:
            waiting(holder)
            told = True
        time.sleep(PAUSE)
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()
        os.close(handle)


def _taken(file: Path) -> int | None:
    """A handle of the file with its lock, or None where another process has it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it may have taken the file away between the two.
        if os.fstat(handle).st_ino == os.stat(file).st_ino:
            os.truncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _holder(file: Path) -> str:
    try:
        return file.read_text("ascii").strip() or "?"
    except (OSError, ValueError):
        return "?"
