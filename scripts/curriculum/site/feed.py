"""The feed of changes, for those who follow the curriculum in a reader or relay it: Atom, one a language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from operator import itemgetter

from curriculum.address import page_address, page_path
from curriculum.library import Library
from curriculum.words import Words, words

NAME = "feed.xml"
ENTRIES = 50


def feeds(library: Library) -> Iterator[tuple[str, str]]:
    """Each feed with its path. An entry needs an address of its own, so without a site_url there are none."""
    if library.platform.site_url:
        for lang in library.languages:
            yield page_path(library, NAME, lang), _feed(library, words(lang), lang)


def _feed(library: Library, w: Words, lang: str) -> str:
    entries = _entries(library, w, lang)
    here, home = page_address(library, NAME, lang), page_address(library, "", lang)
    title = w("feed.title", name=library.platform.short_name[lang])
    newest = max((day for day, _ in entries), default=library.today)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
            f"<title>{escape(title)}</title>",
            f"<subtitle>{escape(library.platform.name[lang])}</subtitle>",
            f"<id>{escape(here)}</id>",
            f'<link rel="self" type="application/atom+xml" href="{escape(here)}"/>',
            f'<link rel="alternate" type="text/html" href="{escape(home)}"/>',
            f"<updated>{_moment(newest)}</updated>",
            f"<author><name>{escape(library.platform.publisher[lang])}</name></author>",
            *(text for _, text in entries[:ENTRIES]),
            "</feed>",
            "",
        ]
    )


def _entries(library: Library, w: Words, lang: str) -> list[tuple[date, str]]:
    """Every change of a module that readers of the language can read, newest first."""
    found = []
    for module in library.live:
        if lang not in module.pages:
            continue
        address = page_address(library, f"modules/{module.id}/", lang)
        label = f"M{module.meta.number} " if module.meta.number else ""
        name = f"{label}{module.pages[lang].front.title}"
        for change in module.meta.changes:
            title = w("feed.entry", title=name, version=change.version)
            text = (
                f"<entry><title>{escape(title)}</title><id>{escape(address)}#v{escape(change.version)}</id>"
                f'<link rel="alternate" type="text/html" href="{escape(address)}"/>'
                f"<updated>{_moment(change.date)}</updated><summary>{escape(change.text[lang])}</summary></entry>"
            )
            found.append((change.date, text))
    return sorted(found, key=itemgetter(0), reverse=True)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
