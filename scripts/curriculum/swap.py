"""A folder made aside takes the place of another at once: whoever looks sees the whole of the one or of the other."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# renameat2(2) of Linux, with which two folders change names in one step.
AT_FDCWD, RENAME_EXCHANGE = -100, 2
OLD = "-old"


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """A folder beside `target` to work in; it takes target's place if all goes well and is removed if not.

    One run at a time: the caller holds a lock. OSError where the disk is full or the folder may not be written.
    """
    # Named before it is made: an interruption at any moment finds it.
    fresh = target.parent / f"{_prefix(target)}{os.getpid()}"
    try:
        fresh.mkdir()
        fresh.chmod(0o755)
        yield fresh
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        # Once the new one stands, the old one goes; where that failed, there is no old one.
        shutil.rmtree(_old(fresh), ignore_errors=True)


def _prefix(target: Path) -> str:
    return f".{target.name}-in-the-making-"


def _old(fresh: Path) -> Path:
    return fresh.with_name(f"{fresh.name}{OLD}")


def heal(target: Path, mark: str) -> None:
    """Put right what killed runs have left beside `target`; `mark` is a file that every finished folder has."""
    for left in sorted(target.parent.glob(f"{_prefix(target)}*")):
        if left.name.endswith(OLD) and (left / mark).is_file() and not target.exists():
            left.rename(target)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _swap(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    if _exchanged(fresh, target):
        return
    # Where the system cannot do it in one step there is a moment between two; `heal` knows it.
    old = _old(fresh)
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two have changed names; not every system and not every disk can do it."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    done: int = call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return done == 0
