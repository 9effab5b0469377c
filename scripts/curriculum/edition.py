"""An edition: one module as it is read in one language, with everything resolved that site and paper both show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from curriculum.address import Route, page_address, paper_route, short_path
from curriculum.citation import Citations, CitedFact
from curriculum.library import Library, Module
from curriculum.markdown import plain, prepare, render, split
from curriculum.model import HandoutMeta, Icebreaker, Material, MaterialNeed, Question
from curriculum.translation import Section as Compared
from curriculum.translation import Standing, standing
from curriculum.words import words


@dataclass(frozen=True)
class Slot:
    """One row of the agenda. `start` and `minutes` are minutes; `start` counts from the beginning of the session."""

    id: str
    title: str
    purpose: str
    start: int
    minutes: int
    uses: tuple[str, ...]
    is_break: bool
    icebreaker: Icebreaker | None = None


@dataclass(frozen=True)
class Section:
    """One level-2 section of the body, its heading left out; `slot` is set where it is a step.

    `text` is prepared Markdown. A step's first paragraph, its purpose, is in the slot and not repeated here. `behind`
    is set where the section changed in another language after both were compared.
    """

    id: str
    title: str
    text: str
    slot: Slot | None
    behind: Compared | None = None

    @cached_property
    def html(self) -> str:
        return render(self.text)


@dataclass(frozen=True)
class Card:
    """One card to cut out; `back` is empty where only one side is printed. Both are prepared Markdown."""

    front_text: str
    back_text: str

    @cached_property
    def front(self) -> str:
        return render(self.front_text)

    @cached_property
    def back(self) -> str:
        return render(self.back_text)


@dataclass(frozen=True)
class Handout:
    """One handout. `cards` is filled only for kind cards, `text` (prepared Markdown) for all other kinds.

    `lang` is the language it is in, `copies` a part of a sentence: "one per person".
    """

    id: str
    kind: str
    title: str
    text: str
    cards: tuple[Card, ...]
    pages: int
    copies: str
    facts: tuple[CitedFact, ...]
    lang: str
    behind: Compared | None = None  # a part of it changed in another language after both were compared

    @cached_property
    def html(self) -> str:
        return render(self.text)


@dataclass(frozen=True)
class Edition:
    """`lang` is the reader's language, `text_lang` the language the text is in; they differ in a fallback."""

    module: Module
    lang: str
    text_lang: str
    title: str
    summary: str
    objectives: tuple[str, ...]
    lead_text: str  # prepared Markdown before the first section
    agenda: tuple[Slot, ...]
    sections: tuple[Section, ...]
    handouts: tuple[Handout, ...]
    facts: tuple[CitedFact, ...]  # cited in the body; a handout has its own
    materials: tuple[str, ...]  # "4 marcadores gruesos por mesa"
    questions: tuple[Question, ...]
    version: str
    changed: date  # of the newest change
    # The oldest day on which the text of a cited law was checked, in the body or a handout. What is no law, such as a
    # ruling of years ago or a survey, has its own date beside it and does not make the page old.
    checked_on: date | None
    check_again: date | None  # the earliest day by which a cited fact of any kind must be checked again
    address: str  # absolute address of the module's page, "" without a site_url
    short_address: str  # the shortest absolute address that leads there
    translation: Standing  # the text that this edition shows against the other languages

    @property
    def minutes(self) -> int:
        return sum(slot.minutes for slot in self.agenda)

    @property
    def label(self) -> str:
        """What the module is called in one word: M8, or its id."""
        return self.module.label

    @property
    def is_behind(self) -> bool:
        """Whether anything that this edition shows changed in another language after both were compared."""
        return bool(self.translation.behind) or any(
            cited.behind for facts in (self.facts, *(one.facts for one in self.handouts)) for cited in facts
        )

    @property
    def is_fallback(self) -> bool:
        return self.lang != self.text_lang

    @cached_property
    def lead(self) -> str:
        return render(self.lead_text)


def editions(library: Library, lang: str, route: Route | None = None) -> list[Edition]:
    """Every live module for readers of a language, fallbacks included."""
    return [edition(library, module, lang, route) for module in library.live if module.pages]


def edition(library: Library, module: Module, lang: str, route: Route | None = None) -> Edition:
    """The module for readers of `lang`; in another language where it does not exist in theirs.

    `route` decides where links lead; on paper by default. The module must have a page in some language.
    """
    route = route or paper_route(library)
    text_lang = lang if lang in module.pages else next(code for code in library.languages if code in module.pages)
    page = module.pages[text_lang]
    meta = module.meta
    w = words(lang)
    cited = Citations(library, lang)
    held = standing(library, module, text_lang)

    def prepared(text: str, folder: str = module.path) -> str:
        return prepare(text, words(text_lang), cited.mark, lambda link: route(module, lang, folder, link), cited.revise)

    before, tops = split(page.document.body, page.document.body_line)
    parts = {part.heading.id: part for part in tops}
    handouts = {one.id: _handout(library, module, one, lang, route, held) for one in meta.handouts}
    names = {one.id: handout.title for one, handout in zip(meta.handouts, handouts.values(), strict=True) if handout}
    single = {need.id for need in meta.materials if need.count == 1 and need.per == "session"}
    for name, material in library.materials.items():
        names[name] = (material.one if name in single else material.many)[lang]
    slots: dict[str, Slot] = {}
    start = 0
    for step in meta.steps:
        part = parts.get(step.id)
        title = plain(part.heading.text) if part else w("break") if step.kind == "break" else step.id
        purpose = plain(_purpose(part.text)[0]) if part else ""
        uses = tuple(names[name] for name in step.uses if name in names)
        icebreaker = library.icebreakers.get(step.icebreaker or "")
        slots[step.id] = Slot(step.id, title, purpose, start, step.minutes, uses, step.kind == "break", icebreaker)
        start += step.minutes
    lead = prepared(before.strip())
    sections = []
    for part in parts.values():
        slot = slots.get(part.heading.id)
        text = _purpose(part.text)[1] if slot else part.text
        title, behind = plain(part.heading.text), held.of("index", part.heading.id)
        sections.append(Section(part.heading.id, title, prepared(text).strip(), slot, behind))
    facts = cited.facts()
    # What the text itself calls pending has its date there, and would make every page look overdue.
    shown = (*facts, *(fact for one in handouts.values() if one for fact in one.facts))
    every = [fact.fact for fact in shown if not fact.pending]
    laws = [fact for fact in every if fact.basis == "law"]
    return Edition(
        module=module,
        lang=lang,
        text_lang=text_lang,
        title=page.front.title,
        summary=page.front.summary,
        objectives=tuple(page.front.objectives),
        lead_text=lead,
        agenda=tuple(slots.values()),
        sections=tuple(sections),
        handouts=tuple(one for one in handouts.values() if one),
        facts=facts,
        materials=tuple(
            material_line(library.materials[need.id], need, lang)
            for need in meta.materials
            if need.id in library.materials
        ),
        questions=tuple(library.questions[name] for name in meta.questions if name in library.questions),
        version=meta.version,
        changed=meta.changes[0].date,
        checked_on=min((fact.valid_as_of for fact in laws or every), default=None),
        check_again=min((fact.review_by for fact in every), default=None),
        address=page_address(library, f"modules/{module.id}/", lang),
        short_address=page_address(library, short_path(module), lang),
        translation=held,
    )


def material_line(material: Material, need: MaterialNeed, lang: str) -> str:
    """How much of a material is needed, for whom: "4 thick markers per table"."""
    name = (material.one if need.count == 1 else material.many)[lang]
    return words(lang)(f"material.per-{need.per}", n=need.count, name=name)


def _purpose(text: str) -> tuple[str, str]:
    """A step's first paragraph, which is its purpose, and the rest; no purpose where it starts with anything else."""
    first, _, rest = text.strip("\n").partition("\n\n")
    if first[:1] in (">", "#", "-", "*", "!", "|", "+") or first[:2].rstrip(".").isdigit():
        return "", text
    return first, rest


def _handout(
    library: Library, module: Module, meta: HandoutMeta, lang: str, route: Route, held: Standing
) -> Handout | None:
    pages = module.handouts.get(meta.id)
    if not pages:
        return None
    text_lang = lang if lang in pages else next(code for code in library.languages if code in pages)
    page = pages[text_lang]
    cited = Citations(library, lang)
    w = words(text_lang)
    folder = f"{module.path}/handouts"

    def prepared(text: str) -> str:
        return prepare(text, w, cited.mark, lambda link: route(module, lang, folder, link), cited.revise).strip()

    cards: tuple[Card, ...] = ()
    if meta.kind == "cards":
        cards = tuple(Card(prepared(front), prepared(back)) for front, back in split_cards(page.document.body))
    return Handout(
        id=meta.id,
        kind=meta.kind,
        title=page.front.title,
        text="" if cards else prepared(page.document.body),
        cards=cards,
        pages=meta.pages,
        copies=words(lang)(f"copies.{meta.copies}"),
        facts=cited.facts(),
        lang=text_lang,
        behind=held.of(f"handouts/{meta.id}", ""),
    )


def split_cards(body: str) -> list[tuple[str, str]]:
    """The cards of a handout of that kind: the rows of its one table (front, back), or the items of its one list."""
    lines = body.strip("\n").split("\n")
    rows = [line.strip() for line in lines if line.strip().startswith("|")]
    if rows:
        cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
        return [(row[0], row[1] if len(row) > 1 else "") for row in cells if any(row)]
    cards: list[list[str]] = []
    for line in lines:
        if line[:2] in ("- ", "* ", "+ "):
            cards.append([line[2:]])
        elif cards:
            cards[-1].append(line.removeprefix("  ").removeprefix("  "))
    return [("\n".join(card).strip(), "") for card in cards]
