"""Files kept between runs: written whole or not at all, and with a seal, so that damage counts as absence."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path


def keep(file: Path, content: bytes) -> None:
    """Keep the content, below a hash of it and of the file's name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, _seal(file, content) + content)


def recall(file: Path) -> bytes | None:
    """The content as it was kept; None where there is none, or where a single bit of it is not as it was."""
    try:
        whole = file.read_bytes()
    except OSError:
        return None
    seal = _seal(file, whole[LENGTH:])
    return whole[LENGTH:] if whole[:LENGTH] == seal else None


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _seal(file: Path, content: bytes) -> bytes:
    return sha256(file.name.encode() + b"\0" + content).hexdigest().encode() + b"\n"


LENGTH = len(_seal(Path(), b""))
