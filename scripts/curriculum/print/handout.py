"""A handout as it is printed: with anchors of its own, cards in leaves to cut up, its sources in few lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from curriculum.citation import CitedFact
from curriculum.edition import Card, Edition, Handout
from curriculum.print.text import inside, tidy
from curriculum.words import Words

CARDS = 8  # on a leaf, two columns of four


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
class PrintedHandout:
    """A handout as it is printed. `leaves` only for cards."""

    anchor: str
    label: str
    kind: str
    title: str
    lang: str
    copies: str
    html: Markup
    leaves: tuple[Leaf, ...]
    two_sided: bool
    facts: tuple[CitedFact, ...]
    bases: tuple[Basis, ...]


def printed(edition: Edition, handout: Handout, number: int, w: Words, seen: set[str]) -> PrintedHandout:
    """`number` counts the handouts of the guide; `seen` collects the anchors of the whole document."""
    anchor = f"handout-{handout.id}"
    seen.add(anchor)

    def ready(html: str) -> Markup:
        return Markup(tidy(inside(html, anchor), seen, w))

    leaves = _leaves(handout.cards, anchor, ready, w)
    return PrintedHandout(
        anchor=anchor,
        label=w("print.handout.label", module=edition.label, number=number),
        kind=handout.kind,
        title=handout.title,
        lang=handout.lang,
        copies=handout.copies,
        html=Markup("") if leaves else ready(handout.html),
        leaves=tuple(leaves),
        two_sided=any(card.back_text for card in handout.cards),
        facts=handout.facts,
        bases=tuple(_bases(handout.facts, w)),
    )


def _bases(facts: tuple[CitedFact, ...], w: Words) -> list[Basis]:
    """Citations in few lines: those checked on the same days together, and those of the same source under one."""
    by_dates: dict[str, dict[str, list[CitedFact]]] = {}
    for cited in facts:
        by_dates.setdefault(dates_line(cited, w), {}).setdefault(source_line(cited, w), []).append(cited)
    return [
        Basis(dates, tuple((line, tuple(some)) for line, some in sources.items()))
        for dates, sources in by_dates.items()
    ]


def dates_line(cited: CitedFact, w: Words) -> str:
    """When a fact's text was checked and must be again; or since when it is pending."""
    checked, again = w.date(cited.fact.valid_as_of), w.date(cited.fact.review_by)
    if cited.pending:
        return w("print.facts.pending", date=checked)
    return w("print.facts.dates", checked=checked, again=again)


def source_line(cited: CitedFact, w: Words) -> str:
    """A fact's sources and kind of basis: a law by its article, anything else by who published it and when."""
    parts = []
    for source, article in cited.sources:
        named = [source.title, article.replace(" ", "\u00a0")]
        if source.kind != "law":
            named += [source.publisher or "", "" if source.date == "n.d." else source.date]
        parts.append(", ".join(part for part in named if part))
    basis = w(f"print.facts.basis.{cited.fact.basis}")
    return f"{'; '.join(parts)} ({basis})" if parts else basis


def _leaves(cards: tuple[Card, ...], anchor: str, ready: Callable[[str], Markup], w: Words) -> list[Leaf]:
    """Fronts in reading order; backs with left and right swapped, so that flipping on the long edge joins them."""
    leaves: list[Leaf] = []
    two_sided = any(card.back_text for card in cards)
    hint = w("print.cards.duplex" if two_sided else "print.cards.cut")
    for start in range(0, len(cards), CARDS):
        some = list(enumerate(cards[start : start + CARDS], start + 1))
        leaves.append(Leaf(hint, tuple(Face(f"{anchor}-front-{number}", ready(card.front)) for number, card in some)))
        if two_sided:
            backs = [Face(f"{anchor}-back-{number}", ready(card.back)) for number, card in some]
            if len(backs) % 2:
                backs.append(Face(f"{anchor}-back-none", Markup("")))
            leaves.append(Leaf(w("print.cards.back"), tuple(backs[index ^ 1] for index in range(len(backs)))))
    return leaves
