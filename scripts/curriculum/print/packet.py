"""The packet of a session in one file: a cover for the day, then the guides, handouts and forms of its modules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from curriculum.edition import edition
from curriculum.library import Library
from curriculum.packet import HUNGRY, MEAL, Packet, packet, thing_text
from curriculum.print import images
from curriculum.print.bank import cards
from curriculum.print.cover import sector_drawings
from curriculum.print.document import environment, frame
from curriculum.print.guide import gather
from curriculum.print.sheet import Order
from curriculum.print.text import ID, reachable
from curriculum.session import Session
from curriculum.tally import session_organisations
from curriculum.words import Words, words

KIND = "packet"
INNER = re.compile(r'href="#')
PREPARATION = "preparacion"  # the section of every module with what to see to before the day
TASKS = re.compile(r'<h3\b.*?</h3>|<p class="heads">.*?</p>|<ul class="task-list">.*?</ul>', re.DOTALL)
# What leads to another place in the guide.
LEADS = re.compile(r'<sup class="cite">.*?</sup>|</?a\b[^>]*>| id="[^"]*"', re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """A row of the day's agenda. `heading` says that a module begins here."""

    clock: str
    title: str
    minutes: int
    uses: str
    heading: str
    is_break: bool


@dataclass(frozen=True)
class Copy:
    """A row of the list of copies. `anchor` is where the sheet is in the packet; `faces` the faces of its paper that
    are printed on, 1 for what is cut up.
    """

    anchor: str
    faces: int
    label: str
    title: str
    pages: int
    count: int
    sides: int


def packet_order(library: Library, session: Session, name: str, lang: str, templates: Path, paper: str) -> Order:
    """The order of a packet. `name` is that of the session, "" for one that is not written down.

    Every module of the session must exist and have a page in `lang`.
    """
    w = words(lang)
    found = packet(library, session)
    every = [edition(library, library.modules[module], lang) for module in session.modules]
    gathered = [gather(library, one) for one in every]
    first = gathered[0]
    locale = first["locale"]
    title = w("packet.title")
    front = environment(templates).get_template("packet.html").render(
        w=w,
        lang=lang,
        first=first,
        session=session,
        dated=bool(name),
        invented=session.illustrative,
        found=found,
        most=HUNGRY,
        meal=MEAL,
        clock=w("session.clock", start=f"{found.schedule.start:%H:%M}", end=f"{found.schedule.end:%H:%M}"),
        who=session_organisations(library, session, w),
        agenda=_agenda(found, gathered, w),
        things=[thing_text(library, thing, w) for thing in found.things],
        prepare=[(f"{parts['label']} {parts['edition'].title}", _tasks(parts)) for parts in gathered],
        copies=_copies(found, gathered, w),
        editions=every,
        people=sector_drawings(library, {name for one in every for name in one.module.meta.sectors}, lang),
        tasks=[(task, getattr(session.logistics, task)) for task in type(session.logistics).model_fields],
        foot=" · ".join([title, *([w.date(session.date)] if name else [])]),
    )  # fmt: skip
    bodies = [Markup(front)]
    for kind in ("guide", "handouts", "forms"):
        template = environment(templates).get_template(f"packet-{kind}.html")
        for number, parts in enumerate(gathered):
            if kind != "handouts" or parts["handouts"]:
                text = template.render(parts, kind=kind, first=number == 0)
                bodies.append(_apart(text, f"{kind}-{parts['edition'].module.id}"))
    named = [step.icebreaker for one in every for step in one.module.meta.steps if step.icebreaker]
    if named:
        text = (
            environment(templates)
            .get_template("packet-icebreakers.html")
            .render(gathered[0], kind="icebreakers", cards=cards(library, named, w))
        )
        bodies.append(Markup(text))
    html = frame(
        templates,
        Markup(reachable(Markup("\n").join(bodies))),
        locale=locale,
        title=f"{title} · {w.join([one.label for one in every])}",
        publisher=first["publisher"],
        summary=w("packet.summary", modules=w.join([one.title for one in every])),
        created=min(parts["created"] for parts in gathered),
        changed=max(one.changed for one in every).isoformat(),
    )
    pictures = library.root / "build" / "cache" / "print" / "images"
    return Order(
        module="",
        lang=lang,
        kind=KIND,
        paper=paper,
        html=images.presized(html, pictures),
        styles=tuple(templates / f"{style}.css" for style in ("guide", "forms", "bank", "packet", f"paper-{paper}")),
        roots=(*(one.module.folder for one in every), templates, pictures),
        changed=max(one.changed for one in every),
        attached=(),
        handouts=tuple(
            (f"handouts-{one.module.id}-handout-{each.id}", each.id, each.pages)
            for one in every
            for each in one.handouts
        ),
    )


def _apart(html: str, prefix: str) -> Markup:
    """A part with anchors of its own, since several modules have steps of the same name."""
    return Markup(INNER.sub(f'href="#{prefix}-', ID.sub(rf' id="{prefix}-\1"', html)))


def _agenda(found: Packet, gathered: Sequence[dict[str, Any]], w: Words) -> list[Entry]:
    slots = {(parts["edition"].module.id, slot.id): slot for parts in gathered for slot in parts["edition"].agenda}
    titles = {parts["edition"].module.id: f"{parts['label']} {parts['edition'].title}" for parts in gathered}
    rows = []
    before = ""
    for entry in found.schedule.entries:
        slot = slots.get((entry.module, entry.step))
        heading = titles[entry.module] if entry.module != before and entry.step else ""
        before = entry.module if entry.step else before
        rows.append(
            Entry(
                clock=f"{entry.start:%H:%M}",
                title=slot.title if slot else w("break"),
                minutes=entry.minutes,
                uses=", ".join(slot.uses) if slot else "",
                heading=heading,
                is_break=entry.kind == "break",
            )
        )
    return rows


def _tasks(parts: dict[str, Any]) -> Markup:
    """The lists of what to see to before the day, with their headings, of a module."""
    sections = (block.html for block in parts["blocks"] if block.section and block.section.id == PREPARATION)
    return Markup(LEADS.sub("", "".join(TASKS.findall("".join(sections)))))


def _copies(found: Packet, gathered: Sequence[dict[str, Any]], w: Words) -> list[Copy]:
    printed = {
        (parts["edition"].module.id, handout.anchor.removeprefix("handout-")): handout
        for parts in gathered
        for handout in parts["handouts"]
    }
    rows = []
    for one in found.copies:
        handout = printed.get((one.module, one.handout))
        if handout:
            faces = 2 if handout.two_sided or (one.pages > 1 and not handout.cut) else 1
            anchor = f"handouts-{one.module}-{handout.anchor}"
            rows.append(Copy(anchor, faces, handout.label, handout.title, one.pages, one.count, one.sides))
    return rows
