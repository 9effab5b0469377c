"""What is added after the generator: the map for search engines, redirects, and data for machines and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

from curriculum.address import page_address, page_path
from curriculum.ics import calendar
from curriculum.library import Library, Module
from curriculum.site.catalogue import catalogue
from curriculum.site.data import downloads
from curriculum.site.feed import feeds
from curriculum.site.links import way
from curriculum.site.page import Page
from curriculum.site.policy import policy
from curriculum.site.sessions import feed
from curriculum.site.stage import Staged
from curriculum.words import words


def finish(staged: Staged, site: Path) -> None:
    """Write into the built site what the generator leaves out."""
    for path, content in _files(staged):
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")


def _files(staged: Staged) -> Iterator[tuple[str, str]]:
    yield "catalogue.json", json.dumps(catalogue(staged), ensure_ascii=False, indent=1) + "\n"
    # Without an address there is no absolute link, so no map.
    if staged.library.platform.site_url:
        yield "sitemap.xml", _sitemap(staged)
        address = page_address(staged.library, "sitemap.xml", staged.library.languages[0])
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}\n"
    yield from feeds(staged.library)
    yield from downloads(staged.library)
    for lang in staged.library.languages:
        yield feed(lang), calendar(staged.library, words(lang))
    yield from _redirects(staged)


def _sitemap(staged: Staged) -> str:
    """Every page that has a text of its own, beside the same page in other languages."""
    library = staged.library
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in staged.pages:
        if not page.indexed:
            continue
        lines.append(f"<url><loc>{escape(page_address(library, page.place, page.lang))}</loc>")
        if page.changed:
            lines.append(f"<lastmod>{page.changed}</lastmod>")
        if len(page.alternates) > 1:
            languages = [(code, code) for code in page.alternates] + [("x-default", page.alternates[0])]
            for name, code in languages:
                address = escape(page_address(library, page.place, code))
                lines.append(f'<xhtml:link rel="alternate" hreflang="{name}" href="{address}"/>')
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _redirects(staged: Staged) -> Iterator[tuple[str, str]]:
    """Short addresses printed on paper, and the former addresses of modules: paper outlives both."""
    library = staged.library
    pages_by_path = {page.path: page for page in staged.pages}
    for place, target in (pair for module in library.modules.values() for pair in _former(module)):
        for lang in library.languages:
            path = page_path(library, place, lang)
            goal = pages_by_path.get(page_path(library, target, lang))
            if goal and path not in pages_by_path:
                yield f"{path}index.html", _redirect(library, path, goal)


def _former(module: Module) -> Iterator[tuple[str, str]]:
    """Places that lead to a module, each with the place it leads to."""
    if module.meta.number:
        yield f"{module.meta.number}/", f"modules/{module.id}/"
    for name in module.meta.moved_from:
        yield f"modules/{name}/", f"modules/{module.id}/"
        yield f"modules/{name}/participants/", f"modules/{module.id}/participants/"


def _redirect(library: Library, path: str, page: Page) -> str:
    link = escape(way(page.path, path))
    address = page_address(library, page.place, page.lang)
    canonical = f'<link rel="canonical" href="{escape(address)}">' if address else ""
    title = page.title
    lang = page.lang
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}"><title>{escape(title)}</title>'
        f'<meta http-equiv="refresh" content="0; url={link}"><meta name="robots" content="noindex">{canonical}'
        f'<meta name="viewport" content="width=device-width"></head>'
        f'<body><p>{escape(words(lang)("site.moved"))} <a href="{link}">{escape(title)}</a></p></body></html>\n'
    )
