"""What the papers of a module are made of: its parts made ready for paper, gathered once for all kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from curriculum.edition import Edition, Section, Slot
from curriculum.library import Library
from curriculum.model import Change
from curriculum.print import qr
from curriculum.print.cover import sector_drawings
from curriculum.print.evaluation import evaluation, tokens
from curriculum.print.foot import foot, short
from curriculum.print.handout import printed, runs, source_line
from curriculum.print.plan import questions
from curriculum.print.text import tidy, tied
from curriculum.words import Words, words


@dataclass(frozen=True)
class Row:
    """A row of the agenda; breaks have neither number nor a section to turn to."""

    slot: Slot
    number: int | None
    clock: str
    anchor: str


@dataclass(frozen=True)
class Block:
    """What follows the agenda, in order: a section, a step or a pause between steps."""

    section: Section | None
    slot: Slot | None
    number: int | None
    clock: str
    html: Markup

    @property
    def pause(self) -> bool:
        return self.section is None


def gather(library: Library, edition: Edition) -> dict[str, Any]:
    """What the templates of every kind of paper of this edition are filled with."""
    w = words(edition.lang)
    meta = edition.module.meta
    languages = {language.code: language for language in library.platform.languages}
    rows = agenda(edition, w)
    seen: set[str] = set()
    handouts = [printed(edition, handout, number, w, seen) for number, handout in enumerate(edition.handouts, 1)]
    blocks = _blocks(edition, rows, seen, w)
    return {
        "w": w,
        "tied": lambda text: tied(text, w),
        "lang": edition.lang,
        "locale": languages[edition.lang].locale.replace("_", "-"),
        "platform": library.platform,
        "publisher": library.platform.publisher[edition.lang],
        "contact": library.platform.contact.email or "",
        "controller": library.platform.privacy_controller.get(edition.lang, ""),
        "edition": edition,
        "people": sector_drawings(library, edition.module.meta.sectors, edition.lang),
        "meta": meta,
        "label": edition.label,
        "created": min(change.date for change in meta.changes).isoformat(),
        "page_words": w("print.page-of", page="\0", pages="\0").split("\0"),
        "foot": foot(library, edition, (*edition.facts, *(cited for one in handouts for cited in one.facts)), w),
        "foot_of": lambda facts: foot(library, edition, facts, w),
        "short_address": short(edition.short_address),
        "qr": Markup(qr.svg(edition.short_address, w("print.qr.title", address=short(edition.short_address))))
        if edition.short_address
        else "",
        "theme": _titles(library.themes, meta.themes[:1], edition.lang),
        "source_line": source_line,
        "runs": runs,
        "sectors": _sectors(library, edition, w),
        "equipment": w.join([w(f"print.equipment.{name}") for name in meta.equipment])
        or w("print.glance.needs-nothing"),
        "agenda": rows,
        "total_clock": w("print.step.span", start=w.elapsed(0), end=w.elapsed(edition.minutes)),
        "lead": Markup(tidy(edition.lead, seen, w)),
        "blocks": blocks,
        "asked": {block.slot.id: questions(block.html) for block in blocks if block.slot},
        "handouts": handouts,
        "known": {cited.fact.id: cited.number for cited in edition.facts},
        "cards_with_facts": [handout for handout in handouts if handout.leaves and handout.facts],
        "evaluation": evaluation(edition, w),
        "tokens": tokens(edition, w),
        "authors": w.join(_named(library, meta.authors)),
        "requires": _modules(library, meta.requires, edition.lang),
        "follows": _modules(library, meta.follows, edition.lang),
        "changes": [_change(library, one, edition.lang, w) for one in meta.changes if edition.lang in one.text],
    }


def agenda(edition: Edition, w: Words) -> list[Row]:
    """Every slot with its clock; the steps are counted, the breaks are not."""
    rows: list[Row] = []
    sections = {section.id for section in edition.sections}
    number = 0
    for slot in edition.agenda:
        number += not slot.is_break
        clock = w("print.step.span", start=w.elapsed(slot.start), end=w.elapsed(slot.start + slot.minutes))
        rows.append(Row(slot, None if slot.is_break else number, clock, slot.id if slot.id in sections else ""))
    return rows


def _blocks(edition: Edition, rows: list[Row], seen: set[str], w: Words) -> list[Block]:
    """Sections before the first step, the steps with the pauses between them, the sections after."""
    by_slot = {section.slot.id: section for section in edition.sections if section.slot}
    steps = [index for index, section in enumerate(edition.sections) if section.slot]
    first = steps[0] if steps else len(edition.sections)

    def plain(section: Section) -> Block:
        seen.add(section.id)
        return Block(section, None, None, "", Markup(tidy(section.html, seen, w)))

    blocks = [plain(section) for section in edition.sections[:first]]
    for row in rows:
        section = by_slot.get(row.slot.id)
        if section:
            seen.add(section.id)
            blocks.append(Block(section, row.slot, row.number, row.clock, Markup(tidy(section.html, seen, w))))
        elif row.slot.is_break:
            blocks.append(Block(None, row.slot, None, row.clock, Markup("")))
    return blocks + [plain(section) for section in edition.sections[first:] if not section.slot]


def _sectors(library: Library, edition: Edition, w: Words) -> str:
    sectors = edition.module.meta.sectors
    return w("print.glance.everyone") if "all" in sectors else _titles(library.sectors, sectors, edition.lang)


def _titles(items: dict[str, Any], names: list[str], lang: str) -> str:
    return ", ".join(items[name].title[lang] for name in names if name in items)


def _named(library: Library, names: list[str]) -> list[str]:
    """The organisations that agreed to be named."""
    found = (library.organisations.get(name) for name in names)
    return [organisation.name for organisation in found if organisation and organisation.name]


def _modules(library: Library, names: list[str], lang: str) -> str:
    titles = []
    for name in names:
        module = library.modules.get(name)
        page = module.pages.get(lang) if module else None
        if module and page:
            number = f"M{module.meta.number} " if module.meta.number else ""
            titles.append(number + page.front.title)
    return "; ".join(titles)


def _change(library: Library, change: Change, lang: str, w: Words) -> str:
    """A version, and after which sessions it was made: on paper each is named by its day and its place."""
    text = w("print.about.version", version=change.version, day=w.date(change.date), text=change.text[lang])
    held = [library.sessions[name] for name in change.after if name in library.sessions]
    sessions = [
        w("print.about.session", day=w.date(one.date), place=w(f"session.place.{one.place}").lower()) for one in held
    ]
    return f"{text} ({w('print.about.after', sessions=w.join(sessions))})" if sessions else text
