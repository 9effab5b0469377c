"""A brief is whole: it compares options, recommends one, says what it does not know, and fits two pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.brief import MOST, SECTIONS
from curriculum.checks.mapping import named_in
from curriculum.heard import allowed, evidence_of
from curriculum.library import Library
from curriculum.markdown import Part, plain, split
from curriculum.problem import START, Problem, problem

FOLDER = "briefs/"


def brief_mapping(library: Library) -> Iterator[Problem]:
    """Themes, modules and evidence of a brief exist, what it quotes may be quoted, and it has a text.

    Passes: `evidence: [2026-05-17-ejemplo-hogar-b#1]`, a quote with consent. Fails: a theme that does not exist; the
    ninth of eight quotes; an entry without docs/briefs/<id>.es.md; a text without an entry.
    """
    document = library.documents.get("briefs")
    entries = document.data if document and isinstance(document.data, list) else []
    for index, entry in enumerate(entries):
        brief = library.briefs.get(str(entry.get("id"))) if isinstance(entry, dict) else None
        if document is None or brief is None:
            continue
        for number, name in enumerate(brief.themes):
            yield from named_in(document, name, library.themes, "theme-unknown", index, "themes", number)
        for number, name in enumerate(brief.modules):
            yield from named_in(document, name, library.module_names, "module-unknown", index, "modules", number)
        for number, (name, evidence) in enumerate(evidence_of(library, brief)):
            place = document.place(index, "evidence", number)
            if evidence is None:
                yield problem(document.path, place, "brief-incomplete", "evidence", "", name=brief.evidence[number])
            elif evidence.kind == "quote" and not allowed(library.consultations[name], evidence):
                yield problem(document.path, place, "quote-without-consent", "quote")
        if f"{FOLDER}{brief.id}" not in library.docs:
            place = document.place(index, "id")
            yield problem(
                document.path, place, "brief-incomplete", "text", "", name=brief.id, lang=library.languages[0]
            )
    for name, pages in library.docs.items():
        if name.startswith(FOLDER) and name.removeprefix(FOLDER) not in library.briefs:
            for page in pages.values():
                yield problem(page.path, START, "brief-incomplete", "entry", "", name=name.removeprefix(FOLDER))


def brief_incomplete(library: Library) -> Iterator[Problem]:
    """A brief has its sections in order, compares at least two options in a table, and is short enough.

    Passes: sections changed, sectors, heard, options, recommendation, risks, open; a table of three options with what
    speaks for and against each. Fails: no recommendation; one option; 1,200 words.
    """
    for name, pages in library.docs.items():
        if not name.startswith(FOLDER):
            continue
        for page in pages.values():
            parts = {part.heading.id: part for part in split(page.document.body, page.document.body_line)[1]}
            for section in SECTIONS:
                if section not in parts:
                    yield problem(page.path, START, "brief-incomplete", "section", "", name=section)
                elif section != "heard" and not parts[section].text.strip():
                    yield problem(
                        page.path, parts[section].heading.place, "brief-incomplete", "empty", "", name=section
                    )
            order = [section for section in parts if section in SECTIONS]
            if order != [section for section in SECTIONS if section in parts]:
                place = parts[order[0]].heading.place
                yield problem(page.path, place, "brief-incomplete", "order", "", known=", ".join(SECTIONS))
            if "options" in parts and not _compares(parts["options"]):
                yield problem(page.path, parts["options"].heading.place, "brief-incomplete", "options")
            count = len(plain(re.sub(r"\|[-: |]+\|", " ", page.document.body)).split())
            if count > MOST:
                yield problem(page.path, START, "brief-incomplete", "length", "", words=count, most=MOST)
            if not page.front.summary:
                yield problem(page.path, START, "brief-incomplete", "summary")


def _compares(part: Part) -> bool:
    """Whether a section has a table of at least two options with at least two things said of each."""
    rows = [line.strip().strip("|").split("|") for line in part.text.splitlines() if line.strip().startswith("|")]
    return len(rows) >= 4 and all(len(row) >= 3 and all(cell.strip() for cell in row) for row in (rows[0], *rows[2:]))
