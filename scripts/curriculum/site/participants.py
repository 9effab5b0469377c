"""The page that participants keep of a module: what it was about, the papers, the facts on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from curriculum.citation import CitedFact
from curriculum.edition import Edition, Handout
from curriculum.markdown import scan
from curriculum.site.behind import banner
from curriculum.site.desk import Desk
from curriculum.site.draft import plain
from curriculum.site.facilitator import add_objectives, downloads, draft_of
from curriculum.site.page import Page
from curriculum.words import Words, words

CITED = re.compile(r'<a href="#fact-(?P<id>[^"]+)" aria-label="[^"]*">\d+</a>')
PAPERS = ("handouts",)


def participants(desk: Desk, edition: Edition) -> Page:
    module = edition.module
    name = f"{edition.label} {edition.title}"
    title = words(edition.lang)("site.participants.title", title=name)
    draft = draft_of(desk, edition, "participants", f"modules/{module.id}/participants/", title)
    w = draft.w
    trail = [("modules/", w("site.modules"), edition.lang), (f"modules/{module.id}/", name, edition.text_lang)]
    draft.begin(edition.title, edition.summary, trail, module.meta.number or "", w("site.participants.label"))
    add_objectives(draft, edition)
    draft.add(downloads(draft, edition.module.id, edition.text_lang, PAPERS))
    facts = _together(edition.handouts)
    numbers = {fact.fact.id: fact.number for fact in facts}
    for handout in edition.handouts:
        lang = f" lang={handout.lang}" if handout.lang != edition.lang else ""
        draft.add(f"## {plain(handout.title)} {{#handout-{handout.id}{lang}}}")
        draft.add(banner(draft, handout.behind, f"handout-{handout.id}"))
        draft.add(_renumbered(_paper(handout, edition.lang), numbers, w))
    if facts:
        draft.head("site.facts", "facts")
        draft.add(draft.part("facts", facts=facts))
    draft.add(draft.part("facilitator-link", edition=edition), draft.report())
    return draft.page()


def _paper(handout: Handout, reader: str) -> str:
    """A handout as it looks on paper. Its headings go one level down, since its title is one of the page."""
    lang = f' lang="{handout.lang}"' if handout.lang != reader else ""
    if handout.cards:
        cards = []
        for card in handout.cards:
            back = f"\n\n<hr>\n\n{card.back_text}" if card.back_text else ""
            cards.append(f'<div class="card" markdown="1">\n\n{card.front_text}{back}\n\n</div>')
        inside = "\n\n".join(cards)
        return f'<div class="sheet cards"{lang} markdown="1">\n\n{inside}\n\n</div>'
    text = handout.text
    for heading in reversed(scan(text).headings):
        if heading.level < 6:
            text = f"{text[: heading.start]}#{text[heading.start :]}"
    return f'<div class="sheet {handout.kind}"{lang} markdown="1">\n\n{text}\n\n</div>'


def _together(handouts: Sequence[Handout]) -> tuple[CitedFact, ...]:
    """The facts of several handouts under one numbering."""
    first: dict[str, CitedFact] = {}
    for handout in handouts:
        for cited in handout.facts:
            first.setdefault(cited.fact.id, replace(cited, number=len(first) + 1))
    return tuple(first.values())


def _renumbered(text: str, numbers: dict[str, int], w: Words) -> str:
    """Citations with the numbers of this page instead of the handout's own."""

    def cite(found: re.Match[str]) -> str:
        number = numbers.get(found["id"])
        if number is None:
            return found[0]
        return f'<a href="#fact-{found["id"]}" aria-label="{w("cite.label", n=number)}">{number}</a>'

    return CITED.sub(cite, text)
