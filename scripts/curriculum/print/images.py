"""Photographs and scans made ready for paper: grey, at print resolution, once. Drawings (SVG) stay as they are."""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from curriculum.kept import keep, recall, write

RASTER = re.compile(r'(<img\b[^>]*?\bsrc=")(file://[^"]+\.(?:png|jpe?g))(")', re.IGNORECASE)
FILE = re.compile(r'<img\b[^>]*?\bsrc="(file://[^"]+)"')
DPI = 200
WIDTH = round(180 / 25.4 * DPI)  # the widest a picture stands on a page
QUALITY = 80


def files(html: str) -> list[Path]:
    """The pictures of a document, each once, in order."""
    return list(dict.fromkeys(_path(url) for url in FILE.findall(html)))


def presized(html: str, folder: Path) -> str:
    """The document with its raster pictures replaced by smaller ones in `folder`; what cannot be read stays."""

    def swap(found: re.Match[str]) -> str:
        small = _small(_path(found[2]), folder)
        return f"{found[1]}{small.as_uri()}{found[3]}" if small else found[0]

    return RASTER.sub(swap, html)


def _path(url: str) -> Path:
    return Path(url2pathname(urlsplit(url).path))


def _small(source: Path, folder: Path) -> Path | None:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        content = source.read_bytes()
        recipe = f"{WIDTH} {QUALITY} {version('Pillow')}".encode()
        suffix = ".png" if source.suffix.lower() == ".png" else ".jpg"
        target = folder / (hashlib.sha256(recipe + content).hexdigest() + suffix)
        about = target.with_suffix(".about")
        known = recall(about)
        if known and target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest().encode() == known:
            return target
        with Image.open(source) as original:
            image = ImageOps.exif_transpose(original)
            if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
                image = image.convert("RGBA")
                white = Image.new("RGBA", image.size, "white")
                white.alpha_composite(image)
                image = white
            image = image.convert("L")
            if image.width > WIDTH:
                image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
            made = BytesIO()
            image.save(made, "PNG" if suffix == ".png" else "JPEG", quality=QUALITY, optimize=True)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        # WeasyPrint will say what is wrong with it, in the name of the module.
        return None
    keep(about, hashlib.sha256(made.getvalue()).hexdigest().encode())
    write(target, made.getvalue())
    return target
