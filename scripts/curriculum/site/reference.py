"""Pages made from one list of the data each: the glossary, the learning paths, the bank of icebreakers, all papers."""

from __future__ import annotations

import unicodedata
from datetime import date

from curriculum.edition import Edition, material_line
from curriculum.site.desk import Desk
from curriculum.site.download import Download
from curriculum.site.draft import Draft
from curriculum.site.facilitator import KINDS
from curriculum.site.page import Page
from curriculum.site.parts import names
from curriculum.words import words

ENERGIES = ("calm", "medium", "lively")
SPACES = ("seated", "standing", "moving")


def _draft(desk: Desk, place: str, key: str, lang: str, *, source: str = "", extras: tuple[str, ...] = ()) -> Draft:
    w = words(lang)
    changed: date | None = desk.changed
    draft = Draft(
        desk=desk,
        place=f"{place}/",
        kind=place,
        lang=lang,
        text_lang=lang,
        title=w(key),
        description=w(f"{key}.summary"),
        source=source,
        version=str(changed or ""),
        nav=w(f"site.nav.{place}") if f"site.nav.{place}" in w else "",
        extras=extras,
    )
    draft.begin(draft.title, draft.description, [])
    return draft


def _alphabetical(text: str) -> str:
    """A key by which words sort as in a dictionary: without accents, quotation marks and capitals."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ")


def glossary_page(desk: Desk, lang: str) -> Page:
    """Every term in the reader's language first, beside what it is called in the others."""
    draft = _draft(desk, "glossary", "site.glossary", lang, source="data/glossary.yml", extras=("filter",))
    terms = sorted(desk.library.glossary.values(), key=lambda term: _alphabetical(term.text[lang]))
    draft.add(draft.part("glossary", terms=terms), draft.report())
    return draft.page()


def paths_page(desk: Desk, lang: str) -> Page:
    draft = _draft(desk, "paths", "site.paths", lang, source="data/paths.yml")
    here = {one.module.id: one for one in desk.read_in(lang)}
    for path in desk.library.paths.values():
        sessions = [[here[name] for name in session if name in here] for session in path.sessions]
        draft.add(draft.part("path", path=path, sessions=[session for session in sessions if session]))
    draft.add(draft.report())
    return draft.page()


def icebreakers_page(desk: Desk, lang: str) -> Page:
    draft = _draft(desk, "icebreakers", "site.icebreakers", lang, source="data/icebreakers.yml", extras=("filter",))
    library, w = desk.library, draft.w
    uses: dict[str, list[Edition]] = {}
    for edition in desk.read_in(lang):
        for name in dict.fromkeys(step.icebreaker for step in edition.module.meta.steps if step.icebreaker):
            uses.setdefault(name, []).append(edition)
    bank = [
        (
            one,
            [
                material_line(library.materials[need.id], need, lang)
                for need in one.materials
                if need.id in library.materials
            ],
            uses.get(one.id, []),
        )
        for one in library.icebreakers.values()
    ]
    choices = {
        "energy": [(name, w(f"site.energy.{name}")) for name in ENERGIES],
        "space": [(name, w(f"site.space.{name}")) for name in SPACES],
    }
    draft.add(draft.part("icebreakers", bank=bank, choices=choices), draft.report())
    return draft.page()


def print_page(desk: Desk, lang: str) -> Page:
    """All PDFs in one table; those in the reader's language come first."""
    draft = _draft(desk, "print", "site.papers", lang, extras=("filter",))
    library, w = desk.library, draft.w
    order = [lang, *(code for code in library.languages if code != lang)]
    numbers = {module.id: place for place, module in enumerate(library.live)}

    def place(sheet: Download) -> tuple[int, int, int, str, str]:
        kind = KINDS.index(sheet.kind) if sheet.kind in KINDS else len(KINDS)
        return order.index(sheet.lang), numbers.get(sheet.module, -1), kind, sheet.kind, sheet.paper

    sheets = sorted((one for several in desk.downloads.values() for one in several), key=place)

    def label(kind: str) -> str:
        return w(f"site.download.{kind}") if f"site.download.{kind}" in w else kind

    spoken = names(library, w)
    kinds = sorted({one.kind for one in sheets}, key=lambda kind: (KINDS.index(kind) if kind in KINDS else 99, kind))
    papers = sorted({one.paper for one in sheets})
    choices = {
        "kind": [(kind, label(kind)) for kind in kinds],
        "language": [(code, spoken[code]) for code in order],
        "paper": [(paper, w(f"site.paper.{paper}")) for paper in papers],
    }
    rows = [(one, label(one.kind), desk.editions.get((one.module, one.lang))) for one in sheets]
    draft.add(draft.part("papers", rows=rows, choices=choices), draft.report())
    return draft.page()
