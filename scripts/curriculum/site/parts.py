"""The small blocks of HTML inside staged pages, made by the templates in overrides/site/parts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from curriculum.address import page_path
from curriculum.drawing import drawings
from curriculum.library import Library
from curriculum.site.facet import facets
from curriculum.site.links import way
from curriculum.words import Words, words

TOOL = Path(__file__).resolve().parents[3]
SITE = Path("overrides/site")

# Renders a part by name with the values it needs, for one page.
Part = Callable[..., str]


def folders(root: Path, below: str = "") -> list[Path]:
    """Where files of overrides/site are looked for: the root's own first, then the tool's."""
    found = [base / SITE / below for base in dict.fromkeys((root, TOOL))]
    return [folder for folder in found if folder.is_dir()]


@cache
def icons(root: Path) -> dict[str, Path]:
    """Every drawing that a page may show, by name: those of the site alone, and those it shares with paper."""
    own = {file.stem: file for folder in reversed(folders(root, "icons")) for file in sorted(folder.glob("*.svg"))}
    return {**drawings(root), **own}


@cache
def icon(root: Path, name: str) -> Markup:
    """A drawing in the colour of the text; nothing where there is none.

    It is in the stylesheet: drawn into each page, the same few drawings were a twelfth of its bytes.
    """
    return Markup('<i class="icon i-{}"></i>').format(name) if name in icons(root) else Markup()


def environment(library: Library) -> Environment:
    env = Environment(
        loader=FileSystemLoader(folders(library.root, "parts")),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["lines"] = lambda text: Markup(str(escape(text)).replace("\n", "&#10;"))
    env.globals.update(
        library=library,
        today=library.today,
        icon=lambda name: icon(library.root, name),
        facets=lambda edition: facets(library, edition),
    )
    return env


def parts_of(env: Environment, library: Library, lang: str, place: str) -> Part:
    """The parts as they are written on the page `place` in a language: links are relative to it."""
    here = page_path(library, place, lang)
    w = words(lang)
    values: dict[str, Any] = {
        "w": w,
        "names": names(library, w),
        "page_lang": lang,
        "to": lambda place: way(page_path(library, place, lang), here),
        "file": lambda path: way(path, here),
    }

    def part(name: str, **more: Any) -> str:
        return _dense(env.get_template(f"{name}.html").render(values | more))

    return part


def phrases(w: Words, area: str) -> str:
    """What a script says: the texts whose keys begin with `area`., without it, each with its forms, as JSON."""
    return json.dumps(
        {key.removeprefix(f"{area}."): w.texts[key] for key in w.texts if key.startswith(f"{area}.")},
        ensure_ascii=False,
    )


def names(library: Library, w: Words) -> dict[str, str]:
    """The languages of the site by code, as the language of `w` calls them."""
    known = Locale.parse(w.locale).languages
    return {one.code: known.get(one.code, one.name) for one in library.platform.languages}


def _dense(html: str) -> str:
    """HTML without indents and blank lines: to Markdown it is one block."""
    return re.sub(r"\s*\n\s*", "\n", html).strip()
