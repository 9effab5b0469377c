"""A handout as it is printed: with anchors of its own, cards in leaves to cut up, its sources in few lines."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from curriculum.citation import CitedFact
from curriculum.edition import Edition, Handout
from curriculum.print.text import inside, tidy, whole
from curriculum.words import Words

CARDS = 8  # on a leaf, two columns of four
PLACES = ("nw", "ne", "sw", "se")
CUT = re.compile(r"</table>\s*<hr\b")  # a rule below a table is where to cut, see guide.css
LINKED = re.compile(r'</?a\b[^>]*>| id="[^"]*"')


@dataclass(frozen=True)
class Face:
    """One side of one card."""

    anchor: str
    html: Markup


@dataclass(frozen=True)
class Leaf:
    """One side of a sheet of cards."""

    hint: str
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class Basis:
    """What citations of a handout share: the days of checking. `sources` are texts with the facts they stand for."""

    dates: str
    sources: tuple[tuple[str, tuple[CitedFact, ...]], ...]


@dataclass(frozen=True)
class Tile:
    """A quarter of a poster at twice its size; `place` is nw, ne, sw or se."""

    name: int
    place: str
    hint: str
    html: Markup


@dataclass(frozen=True)
class PrintedHandout:
    """A handout as it is printed. `cards` (fronts and backs) and `leaves` only for cards, `tiles` only for posters.

    `label` is "M8 · Hoja 1", `of` "M8 · Hoja 1 de 4". What is `cut` up must not be copied on
    both sides, except cards with backs.
    """

    anchor: str
    label: str
    of: str
    kind: str
    title: str
    lang: str
    copies: str
    pages: int
    html: Markup
    cards: tuple[tuple[Markup, Markup], ...]
    leaves: tuple[Leaf, ...]
    tiles: tuple[Tile, ...]
    two_sided: bool
    cut: bool
    facts: tuple[CitedFact, ...]
    bases: tuple[Basis, ...]


def printed(edition: Edition, handout: Handout, number: int, w: Words, seen: set[str]) -> PrintedHandout:
    """`number` counts the handouts of the guide; `seen` collects the anchors of the whole document."""
    anchor = f"handout-{handout.id}"
    seen.add(anchor)

    def ready(html: str) -> Markup:
        return Markup(tidy(inside(html, anchor), seen, w))

    cards = [(ready(card.front), ready(card.back)) for card in handout.cards]
    leaves = _leaves(cards, anchor, w)
    html = Markup("") if cards else _apart(ready(handout.html), handout.pages)
    label = w("print.handout.label", module=edition.label, number=number)
    return PrintedHandout(
        anchor=anchor,
        label=label,
        of=w("print.handout.of", label=label, total=len(edition.handouts)),
        kind=handout.kind,
        title=handout.title,
        lang=handout.lang,
        copies=handout.copies,
        pages=handout.pages,
        html=html,
        cards=tuple(cards),
        leaves=tuple(leaves),
        tiles=_tiles(html, w) if handout.kind == "poster" else (),
        two_sided=any(card.back_text for card in handout.cards),
        cut=bool(cards) or bool(CUT.search(html)),
        facts=handout.facts,
        bases=tuple(_bases(handout.facts, w)),
    )


def _apart(html: Markup, pages: int) -> Markup:
    """A sheet that is cut up, its pieces shared out among its pages at the rules where to cut.

    Each page then begins on a leaf of its own: with backs, cutting one would cut the other to pieces.
    """
    pieces = len(CUT.findall(html)) + 1
    most = -(-pieces // pages)
    count = 0

    def rule(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'{found[0]} class="over"' if count % most == 0 else found[0]

    return Markup(CUT.sub(rule, html))


def _bases(facts: tuple[CitedFact, ...], w: Words) -> list[Basis]:
    """Citations in few lines: those checked on the same days together, and those of the same source under one."""
    by_dates: dict[str, dict[str, list[CitedFact]]] = {}
    for cited in facts:
        by_dates.setdefault(dates_line(cited, w), {}).setdefault(source_line(cited, w), []).append(cited)
    return [
        Basis(dates, tuple((line, tuple(some)) for line, some in sources.items()))
        for dates, sources in by_dates.items()
    ]


def runs(facts: tuple[CitedFact, ...], w: Words, known: Container[str]) -> list[tuple[list[CitedFact], str]]:
    """Facts in their order, each row of those with the same days of checking together; without those `known` by id."""
    new = [cited for cited in facts if cited.fact.id not in known]
    return [(list(some), dates) for dates, some in groupby(new, lambda cited: dates_line(cited, w))]


def dates_line(cited: CitedFact, w: Words) -> str:
    """When a fact's text was checked and must be again; or since when it is pending."""
    checked, again = w.date(cited.fact.valid_as_of), w.date(cited.fact.review_by)
    if cited.pending:
        return w("print.facts.pending", date=checked)
    if day := published(cited):
        return w("print.facts.published", day=w.dated(day), again=again)
    return w("print.facts.dates", checked=checked, again=again)


def published(cited: CitedFact) -> str:
    """The day, or the month, on which a source came out, where a fact stands as of that: nobody checked it then."""
    day = cited.fact.valid_as_of.isoformat()
    dates = [source.date for source, _ in cited.sources if source.kind != "law" and len(source.date) >= len("2026-01")]
    return next((date for date in dates if day == date or day == f"{date}-01"), "")


def source_line(cited: CitedFact, w: Words) -> Markup:
    """A fact's sources and kind of basis: a law by its article, anything else by who published it and when."""
    parts = []
    for source, article in cited.sources:
        named = [source.title, article.replace(" ", "\u00a0")]
        if source.kind != "law":
            named += [source.publisher or "", "" if source.date == "n.d." else source.date]
        parts.append(", ".join(part for part in named if part))
    basis = w(f"print.facts.basis.{cited.fact.basis}")
    return Markup(escape(whole(f"{'; '.join(parts)} ({basis})" if parts else basis)))


def _leaves(cards: Sequence[tuple[Markup, Markup]], anchor: str, w: Words) -> list[Leaf]:
    """Fronts in reading order; backs with left and right swapped, so that flipping on the long edge joins them."""
    leaves: list[Leaf] = []
    two_sided = any(back for _, back in cards)
    hint = w("print.cards.duplex" if two_sided else "print.cards.cut")
    for start in range(0, len(cards), CARDS):
        some = list(enumerate(cards[start : start + CARDS], start + 1))
        leaves.append(Leaf(hint, tuple(Face(f"{anchor}-front-{number}", front) for number, (front, _) in some)))
        if two_sided:
            backs = [Face(f"{anchor}-back-{number}", back) for number, (_, back) in some]
            if len(backs) % 2:
                backs.append(Face(f"{anchor}-back-none", Markup("")))
            leaves.append(Leaf(w("print.cards.back"), tuple(backs[index ^ 1] for index in range(len(backs)))))
    return leaves


def _tiles(html: Markup, w: Words) -> tuple[Tile, ...]:
    """The four quarters of a poster, without anchors and links: they repeat what is read on the page before."""
    bare = Markup(LINKED.sub("", html))
    return tuple(
        Tile(name, place, w(f"print.tile.{place}", part=name, parts=len(PLACES)), bare)
        for name, place in enumerate(PLACES, 1)
    )
