"""What pages load besides their text: stylesheets, scripts, the faces, the sign of the site.

site.css and site.js are every page's; any other stylesheet or script in overrides/site/assets is loaded by the pages
that name it among their `extras`.

Each is named after its content, so that a browser may keep it for ever and asks again only when it has changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import fontpkg_atkinson_hyperlegible as atkinson
from fontTools import subset
from fontTools import version as fonttools_version
from fontTools.ttLib import TTFont

from curriculum.kept import keep, recall
from curriculum.site.parts import folders, icons, phrases
from curriculum.words import words

FACES = (("Regular", 400, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic"))
# What Spanish, English and their neighbours are written with; any other character of the pages is added.
LETTERS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("–—‘’“”•…€−")
SAFE = " ='/:,.()-"  # characters of an SVG that a quoted data: address may hold as they are
SAID = re.compile(r"\{/\* words of (?P<area>[a-z]+) \*/\}")
ICON = re.compile(r'url\("?icons/([\w-]+)\.svg"?\)')


@dataclass(frozen=True)
class Assets:
    """The staged files by path, and which of them pages ask for; stylesheets and scripts by their plain name."""

    files: dict[str, bytes]
    styles: dict[str, str]
    scripts: dict[str, str]
    preload: tuple[str, ...]
    sign: str


def assets(root: Path, languages: Sequence[str], characters: Iterable[str], kept: Path) -> Assets:
    """Make them for pages written with `characters`. Faces are kept in the folder `kept`, so as not to be cut again."""
    files: dict[str, bytes] = {}
    faces: dict[str, str] = {}
    for face, _, _ in FACES:
        name, content = _face(face, LETTERS.union(characters), kept)
        files[name] = content
        faces[face] = name
    rules = "".join(
        f'@font-face{{font-family:"Atkinson Hyperlegible";font-weight:{weight};font-style:{style};font-display:swap;'
        f'src:url("{Path(faces[face]).name}") format("woff2")}}\n'
        for face, weight, style in FACES
    )
    styles = {}
    for name, source in _sources(root, ".css").items():
        css = source.decode() + (_icons(root) if name == "site" else "")
        css = ICON.sub(lambda found: _drawing(root, found[1]), css)
        small = (rules if name == "site" else "") + _small(css)
        styles[name] = _named(f"assets/{name}", ".css", small.encode(), files)
    scripts = {
        name: _named(f"assets/{name}", ".js", _speaking(source.decode(), languages).encode(), files)
        for name, source in _sources(root, ".js").items()
    }
    sign = _named("assets/sign", ".svg", _sources(root, ".svg")["sign"], files)
    return Assets(files, styles, scripts, (faces["Regular"], faces["Bold"]), sign)


def _speaking(script: str, languages: Sequence[str]) -> str:
    """A script with its words in each language, where it names their area in the comment of an empty object.

    They are here once, and not on every page that loads the script.
    """

    def fill(found: re.Match[str]) -> str:
        said = (f"{json.dumps(lang)}:{phrases(words(lang), found['area'])}" for lang in languages)
        return f"{{{','.join(said)}}}"

    return SAID.sub(fill, script)


def _named(stem: str, suffix: str, content: bytes, files: dict[str, bytes]) -> str:
    name = f"{stem}.{sha256(content).hexdigest()[:8]}{suffix}"
    files[name] = content
    return name


def _sources(root: Path, suffix: str) -> dict[str, bytes]:
    """The files of overrides/site/assets by plain name: the root's own in place of the tool's."""
    found = [file for folder in reversed(folders(root, "assets")) for file in sorted(folder.glob(f"*{suffix}"))]
    return {file.stem: file.read_bytes() for file in found}


def _icons(root: Path) -> str:
    """A class for each drawing that a page may show."""
    return "".join(f'.i-{name}{{--i:url("icons/{name}.svg")}}\n' for name in sorted(icons(root)))


def _drawing(root: Path, name: str) -> str:
    """An icon inside the stylesheet: no request of its own, and it works from a folder on disk too."""
    text = icons(root)[name].read_text(encoding="utf-8").strip().replace('"', "'")
    return f'url("data:image/svg+xml,{quote(text, safe=SAFE)}")'


def _small(css: str) -> str:
    """A stylesheet without comments and indents."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", css).strip() + "\n"


def _face(face: str, characters: frozenset[str], kept: Path) -> tuple[str, bytes]:
    """A face cut to what it can show of `characters`, without hints, as WOFF2; always the same bytes."""
    source = (atkinson.ROOT / "files" / f"AtkinsonHyperlegible-{face}.ttf").read_bytes()
    with TTFont(BytesIO(source), lazy=True) as font:
        wanted = sorted({ord(character) for character in characters}.intersection(font.getBestCmap()))
    key = sha256(source + repr(wanted).encode() + fonttools_version.encode()).hexdigest()[:8]
    name = f"assets/atkinson-{face.lower()}.{key}.woff2"
    if content := recall(kept / Path(name).name):
        return name, content
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True, recalc_timestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    keep(kept / Path(name).name, out.getvalue())
    return name, out.getvalue()
