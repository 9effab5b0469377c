"""Finished documents by the hash of all that went into them, so that an unchanged guide is not laid out again."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import time
from functools import cache
from importlib.metadata import version
from pathlib import Path

from curriculum.print import fonts, images
from curriculum.print.sheet import Fault, Layout, Order

# What decides about the bytes beside our own input and code.
PACKAGES = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "Pyphen", "Pillow", "fonttools")
LIBRARIES = {
    "libpango-1.0.so.0": "pango_version_string",
    "libharfbuzz.so.0": "hb_version_string",
    "libz.so.1": "zlibVersion",
}
KEEP = 60 * 24 * 3600  # seconds an entry stays that nobody asks for


def key(order: Order) -> str:
    """Names the result of an order: a hash of its text, styles, pictures, attachments, fonts, code and versions."""
    digest = hashlib.sha256(_engine().encode())
    html = order.html
    for number, root in enumerate(order.roots):
        # The same on every machine, wherever the curriculum stands.
        html = html.replace(root.as_uri(), f"root-{number}")
    parts = [
        html.encode(),
        *(path.read_bytes() for path in order.styles),
        *(path.read_bytes() for path in images.files(order.html) if path.is_file()),
        *(part for one in order.attached for part in (one.name.encode(), one.title.encode(), one.content)),
        repr((order.changed, order.handouts)).encode(),
        *(path.read_bytes() for path in sorted((order.styles[0].parent / "icons").glob("*"))),
    ]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def find(folder: Path, name: str) -> Layout | None:
    """The stored result, or None; a damaged one counts as none."""
    try:
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        pdf = (folder / f"{name}.pdf").read_bytes()
        if hashlib.sha256(pdf).hexdigest() != about["sha256"]:
            return None
        os.utime(folder / f"{name}.json")
        faults = tuple(Fault(rule, tuple((k, v) for k, v in values)) for rule, values in about["faults"])
        return Layout(pdf, about["pages"], faults)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(folder: Path, name: str, layout: Layout) -> None:
    """Keep a result; half a file is never seen."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {
        "pages": layout.pages,
        "sha256": hashlib.sha256(layout.pdf).hexdigest(),
        "faults": [[fault.rule, fault.values] for fault in layout.faults],
    }
    write(folder / f"{name}.pdf", layout.pdf)
    write(folder / f"{name}.json", json.dumps(about).encode())


def prune(folder: Path) -> None:
    """Drop what nobody has asked for in a long time."""
    limit = time.time() - KEEP
    for about in folder.glob("*.json"):
        if about.stat().st_mtime < limit:
            about.with_suffix(".pdf").unlink(missing_ok=True)
            about.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


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
