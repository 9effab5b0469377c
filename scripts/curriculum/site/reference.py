"""Pages made from one list of the data each: the glossary, the learning paths, the bank of icebreakers, all papers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from curriculum.edition import Edition, material_line
from curriculum.library import Module
from curriculum.site.desk import Desk
from curriculum.site.download import Download
from curriculum.site.draft import Draft
from curriculum.site.facilitator import KINDS
from curriculum.site.page import Page
from curriculum.site.parts import names
from curriculum.tally import quarter_name
from curriculum.words import Words, words

ENERGIES = ("calm", "medium", "lively")
SPACES = ("seated", "standing", "moving")
ORDER = (*KINDS, "book", "icebreakers", "wall", "poster", "briefing", "quarter", "brief")  # of papers


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
    here = desk.read_in(lang)
    for path in desk.library.paths.values():
        sessions = [[here[name] for name in session if name in here] for session in path.sessions]
        draft.add(draft.part("path", path=path, sessions=[session for session in sessions if session]))
    draft.add(draft.report())
    return draft.page()


def icebreakers_page(desk: Desk, lang: str) -> Page:
    draft = _draft(desk, "icebreakers", "site.icebreakers", lang, source="data/icebreakers.yml", extras=("filter",))
    library, w = desk.library, draft.w
    uses: dict[str, list[Edition]] = {}
    for edition in desk.read_in(lang).values():
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


@dataclass(frozen=True)
class Sheet:
    """A PDF as the table shows it: `title` is in `lang`, the reader's or the paper's own."""

    file: Download
    title: str
    lang: str


@dataclass(frozen=True)
class Stack:
    """The papers of a module, with its title in their language, or those of the whole curriculum."""

    module: Module | None
    title: str
    lang: str  # of the title
    themes: str
    sheets: list[Sheet]


def print_page(desk: Desk, lang: str) -> Page:
    """All PDFs, a table for each language; those in the reader's language come first."""
    draft = _draft(desk, "print", "site.papers", lang, extras=("filter",))
    library, w = desk.library, draft.w
    spoken = names(library, w)
    tables = []
    for code in [lang, *(code for code in library.languages if code != lang)]:
        stacks = [_stack(desk, name, code, lang) for name in ["", *(module.id for module in library.live)]]
        if found := [stack for stack in stacks if stack.sheets]:
            tables.append((code, spoken[code], found))
    stacks = [stack for _, _, found in tables for stack in found]
    files = [sheet.file for stack in stacks for sheet in stack.sheets]
    kinds, papers, themes = {one.kind for one in files}, {one.paper for one in files}, set[str]()
    themes.update(*(stack.themes.split() for stack in stacks))
    shown = {stack.module.id for stack in stacks if stack.module}
    modules = [edition for name, edition in desk.read_in(lang).items() if name in shown]
    choices = {
        "theme": [(one.id, one.title[lang]) for one in desk.themes if one.id in themes],
        "module": [
            (one.module.id, f"{one.label} {one.title}")
            for one in sorted(modules, key=lambda one: (one.module.meta.number or 0, one.module.id))
        ],
        "kind": [(kind, _kind(kind, w)) for kind in sorted(kinds, key=lambda kind: (_nth(kind), kind))],
        "language": [(code, name) for code, name, _ in tables],
        "paper": [(paper, w(f"site.paper.{paper}")) for paper in sorted(papers)],
    }
    draft.add(draft.part("papers", tables=tables, choices=choices), draft.report())
    return draft.page()


def _stack(desk: Desk, module: str, code: str, lang: str) -> Stack:
    files = sorted(desk.downloads.get((module, code), []), key=lambda one: (_nth(one.kind), one.path))
    sheets = [_sheet(desk, one, lang) for one in files]
    if not sheets or not module:
        return Stack(None, "", code, "", sheets)
    of = desk.library.modules[module]
    own = code if code in of.pages else next(one for one in desk.library.languages if one in of.pages)
    return Stack(of, of.pages[own].front.title, own, " ".join(of.meta.themes), sheets)


def _sheet(desk: Desk, file: Download, lang: str) -> Sheet:
    """A brief is called by its title, a report by its quarter, any other paper by its kind."""
    name = file.path.rpartition("/")[2].removesuffix(f"-{file.lang}.pdf").removeprefix(f"{file.kind}-")
    w = words(lang)
    if file.kind == "brief" and (texts := desk.library.docs.get(f"briefs/{name}")) and file.lang in texts:
        return Sheet(file, texts[file.lang].front.title, file.lang)
    if file.kind == "quarter" and name in desk.by_quarter:
        return Sheet(file, w("report.title", quarter=quarter_name(name, w)), lang)
    return Sheet(file, _kind(file.kind, w), lang)


def _nth(kind: str) -> int:
    """The place of a kind in the table: what is used in sessions first."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _kind(kind: str, w: Words) -> str:
    key = f"site.papers.kind.{kind}"
    key = key if key in w else f"site.download.{kind}"
    return w(key) if key in w else kind
