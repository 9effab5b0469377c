"""Finished documents by the hash of all that went into them, so that an unchanged guide is not laid out again."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from curriculum.drawing import drawings
from curriculum.kept import keep, recall, write
from curriculum.library import Library
from curriculum.print import fonts, images
from curriculum.print.sheet import Fault, Layout, Order, rooted

# What decides about the bytes beside our own input and code.
PACKAGES = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "Pyphen", "Pillow", "fonttools", "pikepdf")
LIBRARIES = {
    "libpango-1.0.so.0": "pango_version_string",
    "libharfbuzz.so.0": "hb_version_string",
    "libz.so.1": "zlibVersion",
}
KEEP = 60 * 24 * 3600  # seconds an entry stays that nobody asks for


def key(order: Order) -> str:
    """Names the result of an order: a hash of its text, styles, pictures, attachments, fonts, code and versions."""
    digest = hashlib.sha256(_engine().encode())
    parts = [
        rooted(order.html, order.roots).encode(),
        *(path.read_bytes() for path in order.styles),
        *(path.read_bytes() for path in images.files(order.html) if path.is_file()),
        *(part for one in order.attached for part in (one.name.encode(), one.title.encode(), one.content)),
        repr((order.changed, order.handouts, order.folded)).encode(),
        *(rooted(html, order.roots).encode() for html in order.shorter),
        *(path.read_bytes() for path in sorted((order.styles[0].parent / "icons").glob("*"))),
    ]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@dataclass(frozen=True)
class Entry:
    """A stored document: the file, its pages, bytes and hash, and the faults that were found in it."""

    path: Path
    pages: int
    bytes: int
    sha256: str
    faults: tuple[Fault, ...]


def find(folder: Path, name: str) -> Entry | None:
    """The stored result, or None; a damaged one counts as none."""
    about, path = folder / f"{name}.json", folder / f"{name}.pdf"
    try:
        known = json.loads(recall(about) or "{}")
        content = path.read_bytes()
        if _hash(content) != known["sha256"]:
            return None
        os.utime(about)
        faults = tuple(Fault(rule, tuple((k, v) for k, v in values)) for rule, values in known["faults"])
        return Entry(path, known["pages"], len(content), known["sha256"], faults)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(folder: Path, name: str, layout: Layout) -> Entry:
    """Keep a result; half a file is never seen."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.pdf"
    write(path, layout.pdf)
    entry = Entry(path, layout.pages, len(layout.pdf), _hash(layout.pdf), layout.faults)
    about = {
        "pages": entry.pages,
        "sha256": entry.sha256,
        "faults": [[fault.rule, fault.values] for fault in layout.faults],
    }
    keep(folder / f"{name}.json", json.dumps(about).encode())
    return entry


def place(entry: Entry, path: Path) -> None:
    """Put a stored file where it is wanted: the same file under a second name, or a copy where that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            os.link(entry.path, aside)
        except OSError:
            shutil.copyfile(entry.path, aside)
        # Where both names are the same file already, nothing is replaced and the name aside stays.
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


class Tickets:
    """Which stored result an unchanged paper had last time: by a hash of its sources, so that no text need be read.

    A ticket that nobody asked for in a run of all papers is forgotten with its result.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tickets"
        try:
            self.known: dict[str, str] = json.loads(recall(self.path) or "{}")
        except ValueError:
            self.known = {}
        self.read = dict(self.known)

    def keep(self) -> None:
        """Write what was learnt, without what has no result any more."""
        if self.known != self.read:
            there = {about.stem for about in self.path.parent.glob("*.json")}
            kept = {ticket: name for ticket, name in self.known.items() if name in there}
            keep(self.path, json.dumps(kept).encode())


def sources(library: Library, templates: Path) -> bytes:
    """A hash of what every paper may be made of: our code, words, drawings, templates, the data, the titles."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(_engine().encode())
    for base in (package, templates, library.root / "data", library.root / "overrides" / "words"):
        for path in sorted(base.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(base).as_posix().encode() + b"\0" + _hash(path.read_bytes()).encode())
    for name, file in drawings(library.root).items():
        digest.update(name.encode() + b"\0" + _hash(file.read_bytes()).encode())
    digest.update(repr([name for name, until in library.lapsing.items() if until < library.today]).encode())
    for module in library.live:
        titles = {lang: page.front.title for lang, page in module.pages.items()}
        digest.update(repr((module.id, module.meta.number, titles)).encode())
    return digest.digest()


def folder_sources(folder: Path) -> bytes:
    """A hash of every file below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + _hash(path.read_bytes()).encode())
    return digest.digest()


def prune(folder: Path) -> None:
    """Drop what nobody has asked for in a long time."""
    limit = time.time() - KEEP
    for about in folder.glob("*.json"):
        if about.stat().st_mtime < limit:
            about.with_suffix(".pdf").unlink(missing_ok=True)
            about.unlink(missing_ok=True)
    for left in folder.glob(".*"):  # by a run that was killed
        if left.stat().st_mtime < limit:
            left.unlink(missing_ok=True)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _engine() -> str:
    """Versions of everything that lays out, and a hash of our own code and fonts."""
    parts = [f"{name} {version(name)}" for name in PACKAGES]
    for name, function in LIBRARIES.items():
        try:
            call = getattr(ctypes.CDLL(name), function)
            call.restype = ctypes.c_char_p
            parts.append(f"{name} {call().decode()}")
        except (OSError, AttributeError):
            parts.append(f"{name} ?")
    for path in sorted([*Path(__file__).parent.glob("*.py"), *fonts.folder().glob("*.ttf")]):
        parts.append(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return "\n".join(parts)
