"""Whether an image file is one that site and paper can use, and whether it is safe to show."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from PIL import Image, ImageOps

MAX_BYTES = 400_000
MAX_SIDE = 2400
# Beyond this a file of a few kB could fill the memory of whoever draws it.
MAX_PIXELS = 40_000_000
# In a drawing nothing runs, nothing is fetched, and no entity can grow.
UNSAFE_SVG = re.compile(
    r"""<!(?:DOCTYPE|ENTITY)|<\s*(?:script|foreignObject|iframe|set|animate|use\s[^<>]*https?:)|\son\w+\s*="""
    r"""|(?:href|src)\s*=\s*["']\s*(?!\#|data:image/(?:png|jpeg);base64,)|@import|url\(\s*["']?(?!\#)|javascript:""",
    re.IGNORECASE,
)
# Of a viewBox, width and height (SVG 2, 8.6).
VIEW_BOX = re.compile(r"""\bviewBox=["'][-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)["']""")

PHOTOS = {".png", ".jpg", ".jpeg"}
# Tags of Exif 2.32 that lead to a place or a person: GPS, artist, copyright, camera owner, serial numbers.
PLACE = 0x8825
OWNER = {0x013B, 0x8298, 0xA430, 0xA431, 0xA435, 0xC62F}


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


def size(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels of an image, of a drawing in the units of its viewBox; None where it does not say."""
    if file.suffix.lower() == ".svg":
        box = VIEW_BOX.search(file.read_text("utf-8-sig", "replace"))
        return (round(float(box[1])), round(float(box[2]))) if box else None
    try:
        with Image.open(file, formats=["PNG", "JPEG"]) as image:
            return image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def tells(file: Path) -> str:
    """What a photograph gives away in its notes: "place", "owner", or "" where nothing or where it cannot be read."""
    try:
        with Image.open(file, formats=["PNG", "JPEG"]) as image:
            notes = image.getexif()
            if notes.get_ifd(PLACE):
                return "place"
            return "owner" if OWNER & {*notes, *notes.get_ifd(0x8769)} else ""
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ""


def published(file: Path) -> bytes:
    """The image as readers get it: a photograph upright and without the notes of its camera, anything else as it is."""
    content = file.read_bytes()
    if file.suffix.lower() not in PHOTOS:
        return content
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as image:
            if not image.getexif() and not set(image.info) & {"xmp", "XML:com.adobe.xmp", "comment", "photoshop"}:
                return content
            upright = ImageOps.exif_transpose(image)
            bare = upright.copy()
            bare.info = {name: value for name, value in upright.info.items() if name == "transparency"}
            out = BytesIO()
            if image.format == "JPEG":
                bare.save(out, "JPEG", quality=88, optimize=True, exif=b"")
            else:
                bare.save(out, "PNG", optimize=True)
            return out.getvalue()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return content


class Bare(NamedTuple):
    """A photograph or scan as a module can carry it; `points` is how many it had before it was made smaller."""

    suffix: str
    content: bytes
    points: int


def bare(content: bytes, most: int = MAX_PIXELS) -> Bare | None:
    """The picture upright, without the notes of its camera and small enough for a cheap phone.

    None where it is none, or where it has more than `most` or MAX_PIXELS points.
    """
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG", "GIF", "BMP"]) as image:
            points = image.width * image.height
            if points > min(most, MAX_PIXELS):
                return None
            photo = image.format == "JPEG"
            upright = ImageOps.exif_transpose(image)
            small = upright.convert("RGB" if photo else "RGBA")
            small.info = {}
            side = MAX_SIDE
            while True:
                small.thumbnail((side, side), Image.Resampling.LANCZOS)
                out = BytesIO()
                if photo:
                    small.save(out, "JPEG", quality=82, optimize=True)
                else:
                    small.save(out, "PNG", optimize=True)
                if out.tell() <= MAX_BYTES or side < 400:
                    return Bare(".jpg" if photo else ".png", out.getvalue(), points)
                side = max(small.size) * 3 // 4
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
