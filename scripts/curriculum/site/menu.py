"""The map of the site at the foot of every page: each page that belongs to no single module or theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.site.page import Page

# What facilitators use, what coordinators decide by, what everybody may want to know; pages of docs/ join the last.
GROUPS = {
    "facilitate": ("modules/", "search/", "plan/", "print/", "paths/", "icebreakers/", "offline/"),
    "decide": ("themes/", "why/", "coverage/", "translations/", "sessions/", "results/", "briefs/"),
    "know": ("about/", "contribute/", "glossary/", "rules/"),
}


@dataclass(frozen=True)
class Entry:
    place: str
    text: str
    lang: str  # of the text


def site_map(pages: Iterable[Page], lang: str) -> list[tuple[str, list[Entry]]]:
    """The groups by key, each with its pages as readers of `lang` see them."""
    here = {
        page.place: Entry(page.place, page.nav or page.title, lang if page.nav else page.text_lang)
        for page in pages
        if page.lang == lang and page.place.count("/") == 1
    }
    known = {place for places in GROUPS.values() for place in places}
    first, *rest = GROUPS["know"]
    groups = GROUPS | {"know": (first, *sorted(set(here) - known), *rest)}
    found = [(name, [here[place] for place in places if place in here]) for name, places in groups.items()]
    return [(name, entries) for name, entries in found if entries]
