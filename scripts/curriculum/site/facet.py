"""By what lists of modules are narrowed down: what a card says to the script, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.edition import Edition
from curriculum.library import Library, Module
from curriculum.model import Theme
from curriculum.words import Words

MINUTES = (45, 60, 90, 120, 180)
DEPTHS = ("starter", "deepening", "tactical")


def facets(library: Library, edition: Edition) -> dict[str, str]:
    """The data- attributes of a module's card; several values are parted by spaces."""
    meta = edition.module.meta
    sectors = library.sectors if "all" in meta.sectors else meta.sectors
    return {
        "theme": " ".join(meta.themes),
        "sector": " ".join(sectors),
        "minutes": str(meta.minutes),
        "people": f"{meta.group.min} {meta.group.max}",
        "depth": meta.depth,
        "literacy": meta.literacy,
        "without": " ".join(without(meta.equipment)),
        "languages": " ".join([*language_states(library, edition.module), *_currency(edition)]),
    }


def without(equipment: Sequence[str]) -> list[str]:
    """What a session can do without. A projector needs electricity too."""
    needed = {*equipment, *(["electricity"] if "projector" in equipment else [])}
    return [name for name in ("electricity", "internet", "printing", "wall", "floor") if name not in needed]


def language_states(library: Library, module: Module) -> list[str]:
    """Whether a module has a text in every language, or in which alone."""
    own = [lang for lang in library.languages if lang in module.pages]
    return ["every"] if len(own) == len(library.languages) else [f"in-{lang}" for lang in own]


def _currency(edition: Edition) -> list[str]:
    """Whether what readers get is behind its text in another language; no telling where it is in one language only."""
    return {"behind": ["behind"], "equal": ["current"], "ahead": ["current"]}.get(edition.translation.state, [])


def choices(
    library: Library, editions: Sequence[Edition], themes: Sequence[Theme], names: dict[str, str], w: Words
) -> dict[str, list[tuple[str, str]]]:
    """What to choose from, as (value, text): only what some module of the list has."""
    held = {name: set[str]() for name in ("theme", "sector", "depth", "languages")}
    for edition in editions:
        found = facets(library, edition)
        for name, values in held.items():
            values.update(found[name].split())
    states = {f"in-{lang}": w("site.only-in", name=names[lang]) for lang in library.languages}
    states = {"every": w("site.filter.languages.every")} | states
    if "behind" in held["languages"]:
        # Where nothing is behind there is nothing to choose.
        states |= {name: w(f"translation.filter.{name}") for name in ("current", "behind")}
    longest = max((edition.minutes for edition in editions), default=0)
    shortest = min((edition.minutes for edition in editions), default=0)
    return {
        "theme": [(one.id, one.title[w.lang]) for one in themes if one.id in held["theme"]],
        "sector": [(one.id, one.title[w.lang]) for one in library.sectors.values() if one.id in held["sector"]],
        "minutes": [
            (str(most), w("site.filter.minutes.most", n=most)) for most in MINUTES if shortest <= most < longest
        ],
        "depth": [(name, w(f"site.depth.{name}")) for name in DEPTHS if name in held["depth"]],
        "languages": [(name, text) for name, text in states.items() if name in held["languages"]],
    }
