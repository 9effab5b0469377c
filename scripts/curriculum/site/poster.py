"""The picture that messengers and social networks show beside a link to the site: its name, as on a poster."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import fontpkg_atkinson_hyperlegible as atkinson
import PIL
from PIL import Image, ImageDraw, ImageFont

from curriculum.kept import keep, recall
from curriculum.library import Library

SIZE = (1200, 630)  # what these services ask for
MARGIN = 80
INK, GROUND, STRIPE = (255, 248, 240), (168, 15, 85), (23, 19, 15)


def posters(library: Library, kept: Path) -> dict[str, tuple[str, bytes]]:
    """One a language, with its path; they are kept in the folder `kept`, so as not to be drawn again.

    Its address must be absolute, so without a site_url there is none.
    """
    platform, found = library.platform, {}
    for lang in library.languages if platform.site_url else []:
        words = platform.name[lang], platform.short_name[lang]
        name = f"assets/poster-{lang}.{sha256(repr((words, PIL.__version__)).encode()).hexdigest()[:8]}.png"
        content = recall(kept / Path(name).name)
        if content is None:
            keep(kept / Path(name).name, content := poster(*words))
        found[lang] = name, content
    return found


def poster(title: str, below: str) -> bytes:
    """A PNG with a title in large letters and a line below it."""
    picture = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, SIZE[1] - 150, *SIZE), fill=STRIPE)
    for size in range(120, 28, -4):
        face = _face(size)
        lines = _lines(title, face)
        if len(lines) * size <= SIZE[1] - 150 - MARGIN and all(
            face.getlength(one) <= SIZE[0] - MARGIN for one in lines
        ):
            break
    for number, line in enumerate(lines):
        pen.text((MARGIN, MARGIN - size // 5 + number * size), line, INK, face)
    pen.text((MARGIN, SIZE[1] - 75), below, INK, _face(48), anchor="lm")
    out = BytesIO()
    picture.quantize(32).save(out, "PNG")
    return out.getvalue()


def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(atkinson.ROOT / "files" / "AtkinsonHyperlegible-Bold.ttf"), size)


def _lines(text: str, face: ImageFont.FreeTypeFont) -> list[str]:
    """The text broken into lines as wide as the picture; a word that is wider has one of its own."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= SIZE[0] - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]
