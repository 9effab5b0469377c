"""Who a cover shows: the trades a curriculum is for, each by its drawing."""

from __future__ import annotations

from collections.abc import Container

from markupsafe import Markup

from curriculum.drawing import drawings
from curriculum.library import Library

EVERY = "all"  # what a module says that is for every sector


def sector_drawings(library: Library, sectors: Container[str], lang: str) -> list[tuple[Markup, str]]:
    """Of each of the sectors that has a drawing, this as inline SVG, and its name."""
    files = drawings(library.root)
    return [
        (Markup(file.read_text(encoding="utf-8").strip()), sector.title[lang])
        for sector in library.sectors.values()
        if (sector.id in sectors or EVERY in sectors) and (file := files.get(f"sector-{sector.id}"))
    ]
