"""The book: every module of a language in one document, with its facts under one numbering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from curriculum.address import external, page_address, paper_route, resolve
from curriculum.article import Article, article
from curriculum.citation import CitedFact
from curriculum.edition import Edition
from curriculum.library import Library
from curriculum.markdown import Link, render
from curriculum.print import qr
from curriculum.print.cover import sector_drawings
from curriculum.print.document import environment, frame, main
from curriculum.print.foot import ages, short
from curriculum.print.handout import dates_line, source_line
from curriculum.print.text import ID, reachable, tidy
from curriculum.words import Words, words

# A citation, in a chapter or in one of its handouts.
CITED = re.compile(r'<a href="#(?:handout-[\w-]*?-)?fact-([A-Z]+[0-9]+[a-z]?)" aria-label="[^"]*">[0-9]+</a>')
INNER = re.compile(r'href="#(?!fact-)')
OUTWARD = re.compile(r'<a href="(https?://[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
OWN = re.compile(r'href="#(?!fact-|doc-)')
# A section whose heading has the class "pinned" is to be copied and put up: it stands on a page of its own.
PINNED = re.compile(r'<h2\b[^>]* class="pinned".*?(?=<h2\b|\Z)', re.DOTALL)
PREFACES = ("facilitating", "preparing", "care", "privacy")  # pages of docs/


@dataclass(frozen=True)
class Chapter:
    """A module in the book."""

    anchor: str
    label: str
    title: str
    minutes: int
    html: Markup


@dataclass(frozen=True)
class Preface:
    """A chapter on how to facilitate."""

    anchor: str
    title: str
    summary: str
    html: Markup
    foot: str


def book(library: Library, gathered: Sequence[dict[str, Any]], lang: str, templates: Path) -> str:
    """The HTML of the book of a language; `gathered` has what `gather` made of each of its modules, in order."""
    w = words(lang)
    editions: list[Edition] = [parts["edition"] for parts in gathered]
    prefaces = _prefaces(library, lang, w)
    facts = _facts([text.facts for text, _ in prefaces], editions)
    numbers = {cited.fact.id: cited.number for cited in facts}
    chapters = [_chapter(library, parts, numbers, editions, templates, w) for parts in gathered]
    platform = library.platform
    locale = next(language.locale for language in platform.languages if language.code == lang)
    changed = max(one.changed for one in editions)
    address = page_address(library, "", lang)
    title = w("print.book.title", name=platform.short_name[lang])
    glossary = sorted(library.glossary.values(), key=lambda term: _alphabetic(term.text[lang]))
    page_words = w("print.page-of", page="\0", pages="\0").split("\0")
    foot = " · ".join(part for part in (short(address), title, w("print.book.changed", day=w.date(changed))) if part)
    body = (
        environment(templates)
        .get_template("book.html")
        .render(
            w=w,
            lang=lang,
            title=title,
            platform=platform,
            publisher=platform.publisher[lang],
            licences=", ".join(sorted({one.module.meta.licence for one in editions})),
            foot=foot,
            page_words=page_words,
            qr=Markup(qr.svg(address, w("print.qr.title", address=short(address)))) if address else "",
            short_address=short(address),
            minutes=sum(one.minutes for one in editions),
            people=sector_drawings(library, library.sectors, lang),
            changed=changed,
            prefaces=[
                replace(
                    preface,
                    html=_numbered(_addressed(library, preface.html, editions), numbers, w),
                    foot="\n".join(filter(None, (foot, " · ".join(ages(text.facts, w))))),
                )
                for text, preface in prefaces
            ],
            chapters=chapters,
            back=[name for name, there in (("glossary", glossary), ("facts", facts), ("sources", facts)) if there],
            glossary=glossary,
            facts=facts,
            sources=_sources(facts),
            source_line=source_line,
            dates_line=dates_line,
        )
    )
    return frame(
        templates,
        Markup(reachable(body)),
        locale=locale.replace("_", "-"),
        title=title,
        publisher=platform.publisher[lang],
        summary=w("print.book.holds", n=len(chapters), minutes=w.number(sum(one.minutes for one in editions))),
        created=min(change.date for one in editions for change in one.module.meta.changes).isoformat(),
        changed=changed.isoformat(),
    )


def _facts(before: Sequence[Sequence[CitedFact]], editions: Sequence[Edition]) -> list[CitedFact]:
    """Every fact cited before the modules, in a module or on a handout, once, in the order of first citation."""
    lists = [*before]
    for one in editions:
        lists += [one.facts, *(handout.facts for handout in one.handouts)]
    found: dict[str, CitedFact] = {}
    for some in lists:
        for cited in some:
            known = found.setdefault(cited.fact.id, replace(cited, number=len(found) + 1))
            if known.pending and not cited.pending:
                found[cited.fact.id] = replace(known, pending=False)
    return list(found.values())


def _alphabetic(name: str) -> str:
    """What a name is sorted by: its letters, whatever mark it opens with."""
    return name.casefold().lstrip("“‘¿¡… ")


def _sources(facts: Sequence[CitedFact]) -> list[Any]:
    sources = {source.id: source for cited in facts for source, _ in cited.sources}
    return sorted(sources.values(), key=lambda source: _alphabetic(source.title))


def _addressed(library: Library, html: str, editions: Sequence[Edition]) -> str:
    """The HTML with what its links are for on paper: the label of a module, the address of another page."""

    def say(found: re.Match[str]) -> str:
        address, text = found.groups()
        for one in editions:
            if address.startswith(page_address(library, f"modules/{one.module.id}/", one.lang)):
                label = "" if one.label in text else f" ({one.label})"
                return f'<a href="#{one.module.id}-top">{text}</a>{label}'
        page = short(address.partition("#")[0])
        return found[0] if page in text else f"{found[0]} ({page})"

    return OUTWARD.sub(say, html)


def _chapter(
    library: Library,
    parts: dict[str, Any],
    numbers: dict[str, int],
    editions: Sequence[Edition],
    templates: Path,
    w: Words,
) -> Chapter:
    """A module with anchors of its own, and with the book's numbers in its citations."""
    one: Edition = parts["edition"]
    prefix = one.module.id
    # Not as markup, which would be escaped when its pieces are joined again.
    html = str(_numbered(main(parts, "chapter", templates), numbers, w))
    html = INNER.sub(f'href="#{prefix}-', ID.sub(rf' id="{prefix}-\1"', html))
    html = _addressed(library, html, editions)
    return Chapter(f"{prefix}-top", one.label, one.title, one.minutes, Markup(html))


def _numbered(html: str, numbers: dict[str, int], w: Words) -> Markup:
    """The HTML with the book's numbers in its citations."""

    def cite(found: re.Match[str]) -> str:
        number = numbers[found[1]]
        return f'<a href="#fact-{found[1]}" aria-label="{w("cite.label", n=number)}">{number}</a>'

    return Markup(CITED.sub(cite, html))


def _prefaces(library: Library, lang: str, w: Words) -> list[tuple[Article, Preface]]:
    """The pages of docs/ that say how to facilitate, as far as they are written in this language."""
    written = [name for name in PREFACES if lang in library.docs.get(name, {})]
    on_paper = paper_route(library)

    def route(link: Link) -> str | None:
        target = resolve("docs", link.target)
        if target.kind == "doc" and target.name in written and not external(link.target):
            return f"#doc-{target.name}-{target.anchor or 'top'}"
        # A page of docs/ belongs to no module, and only to a link into its own does the way on paper differ.
        return on_paper(library.live[0], lang, "docs", link)

    found = []
    for name in written:
        text = article(library, name, lang, route)
        assert text is not None
        html = ID.sub(rf' id="doc-{name}-\1"', tidy(render(text.text), set(), w))
        html = OWN.sub(f'href="#doc-{name}-', html)
        html = PINNED.sub(r'<div class="rest"></div><section class="pinned">\g<0></section>', html)
        found.append((text, Preface(f"doc-{name}-top", text.title, text.summary, Markup(html), "")))
    return found
