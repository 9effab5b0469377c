"""The bank of icebreakers: cards of half a page, all together as a paper of its own, or some of them in a packet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from curriculum.edition import material_line
from curriculum.library import Library
from curriculum.print.document import environment, frame
from curriculum.print.sheet import Order
from curriculum.words import Words, words

KIND = "icebreakers"


@dataclass(frozen=True)
class Card:
    """One icebreaker in one language; `traits` are minutes, energy, touch and space as words."""

    title: str
    purpose: str
    traits: tuple[str, ...]
    materials: tuple[str, ...]
    steps: tuple[str, ...]
    variation: str


def cards(library: Library, names: Iterable[str], w: Words) -> list[Card]:
    """The cards of these icebreakers, in their order in the bank, each once; unknown names are left out."""
    wanted = set(names)
    return [
        Card(
            title=one.title[w.lang],
            purpose=one.purpose[w.lang],
            traits=(
                w.minutes(one.minutes),
                w(f"bank.energy.{one.energy}"),
                w("bank.touch" if one.touch else "bank.no-touch"),
                w(f"bank.space.{one.space}"),
            ),
            materials=tuple(
                material_line(library.materials[need.id], need, w.lang)
                for need in one.materials
                if need.id in library.materials
            ),
            steps=tuple(step.text[w.lang] for step in one.steps),
            variation=one.variation[w.lang],
        )
        for one in library.icebreakers.values()
        if one.id in wanted
    ]


def bank_order(library: Library, lang: str, templates: Path, paper: str) -> Order:
    """The order of the whole bank in a language. The library must have icebreakers and live modules."""
    w = words(lang)
    locale = next(one.locale for one in library.platform.languages if one.code == lang)
    changed = max(module.meta.changes[0].date for module in library.live)
    body = environment(templates).get_template("bank.html").render(
        w=w,
        lang=lang,
        cards=cards(library, library.icebreakers, w),
        page_words=w("print.page-of", page="\0", pages="\0").split("\0"),
        foot=f"{library.platform.name[lang]} · {w.date(changed)}",
    )  # fmt: skip
    html = frame(
        templates,
        Markup(body),
        locale=locale.replace("_", "-"),
        title=w("bank.title"),
        publisher=library.platform.publisher[lang],
        summary=w("bank.how"),
        created=changed.isoformat(),
        changed=changed.isoformat(),
    )
    styles = tuple(templates / f"{style}.css" for style in ("guide", "bank", f"paper-{paper}"))
    return Order(
        module="",
        lang=lang,
        kind=KIND,
        paper=paper,
        html=html,
        styles=styles,
        roots=(templates,),
        changed=changed,
        attached=(),
    )
