"""Whether an image file is one that site and paper can use, and whether it is safe to show."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from PIL import Image

MAX_BYTES = 400_000
MAX_SIDE = 2400
# Beyond this a file of a few kB could fill the memory of whoever draws it.
MAX_PIXELS = 40_000_000
# In a drawing nothing runs, nothing is fetched, and no entity can grow.
UNSAFE_SVG = re.compile(
    r"""<!(?:DOCTYPE|ENTITY)|<\s*(?:script|foreignObject|iframe|use\s[^>]*https?:)|\son\w+\s*="""
    r"""|(?:href|src)\s*=\s*["']\s*(?!\#|data:image/(?:png|jpeg);base64,)|@import|url\(\s*["']?(?!\#)|javascript:""",
    re.IGNORECASE,
)


class Verdict(NamedTuple):
    """`usable` is "" or the reason why not; `unsafe` the first dangerous thing found; `large` what is too large."""

    usable: str
    unsafe: str
    large: str


def judge(file: Path) -> Verdict:
    """Look into an SVG, PNG or JPEG file."""
    status = file.stat()
    return _judge(file, status.st_size, status.st_mtime_ns)


@cache
def _judge(file: Path, size: int, changed: int) -> Verdict:
    large = f"{size / 1000:.0f} kB" if size > MAX_BYTES else ""
    if size > 20 * MAX_BYTES:
        return Verdict("too-many-bytes", "", large)
    if file.suffix.lower() == ".svg":
        return _svg(file, large)
    try:
        with Image.open(file, formats=["PNG", "JPEG"]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                return Verdict("too-many-pixels", "", f"{width} × {height}")
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return Verdict("not-image", "", "")
    return Verdict("", "", f"{width} × {height}" if max(width, height) > MAX_SIDE else large)


def _svg(file: Path, large: str) -> Verdict:
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return Verdict("not-image", "", "")
    if found := UNSAFE_SVG.search(text):
        return Verdict("", found[0].strip(), "")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return Verdict("not-image", "", "")
    return Verdict("" if root.tag.rsplit("}", 1)[-1] == "svg" else "not-image", "", large)
