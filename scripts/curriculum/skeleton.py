"""A new module: the files of a draft that passes the check, ready to be filled in."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from markdown.extensions.toc import slugify

from curriculum.coverage import coverage
from curriculum.library import Library
from curriculum.words import words

# Evaluation that suits any session: what people knew before and know after, and what they take with them.
QUESTIONS = ("E01", "E02", "E04", "E07")
LICENCE = "CC-BY-SA-4.0"
LONGEST = 40  # letters of an id made from a title
# The shares of the whole that opening, practice and agreement take, in that order.
STEPS = (("apertura", 0.15), ("practica", 0.65), ("acuerdo", 0.2))


class Written(NamedTuple):
    """What a module says in one language; `body` is Markdown with a level-2 heading for each step."""

    title: str
    summary: str
    objectives: Sequence[str]
    body: str


class Origin(NamedTuple):
    """Where a module comes from: `kind` is own, adapted or partner; the other two are empty for one's own."""

    kind: str = "own"
    source: str = ""
    licence: str = ""


OWN = Origin()


@dataclass(frozen=True)
class Skeleton:
    """Everything of a new module that is not the same in all; `steps` are ids with minutes, in order."""

    id: str
    theme: str
    sector: str
    steps: Sequence[tuple[str, int]]
    pages: Mapping[str, Written]
    origin: Origin = OWN
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def draft(
    library: Library, name: str, title: str, theme: str, sector: str, minutes: int, objectives: Mapping[str, str]
) -> Skeleton:
    """A module of that many minutes in every language of the platform, with the words that say what goes where."""
    lengths = [round(minutes * share / 5) * 5 or 5 for _, share in STEPS]
    lengths[1] += minutes - sum(lengths)
    steps = [(step, length) for (step, _), length in zip(STEPS, lengths, strict=True)]
    pages = {}
    for lang in library.languages:
        w = words(lang)
        pages[lang] = Written(title, w("new.summary"), [objectives.get(lang, w("new.objective"))], w("new.index"))
    return Skeleton(name, theme, sector, steps, pages)


def folder_names(library: Library) -> list[str]:
    """The folders below modules/, and the ids that modules had before: their addresses lead on to the new ones."""
    moved = [old for module in library.modules.values() for old in module.meta.moved_from]
    return [*(folder.name for folder in (library.root / "modules").iterdir()), *moved]


def most_missing(library: Library) -> str:
    """The theme for which a module is most missing; "" where there is no theme."""
    themes = [theme.id for theme in library.prioritised] or list(library.themes)
    return next((gap.theme for gap in coverage(library).gaps if gap.theme in themes), next(iter(themes), ""))


def write(library: Library, made: Skeleton) -> Path:
    """Write the module whole or not at all; there must be none of that id. OSError where it cannot be written."""
    folder = library.root / "modules" / made.id
    # A name with a dot is no module yet.
    aside = folder.with_name(f".{made.id}-{os.getpid()}")
    try:
        (aside / "images").mkdir(parents=True)
        (aside / "module.yml").write_text(module_text(library, made), "utf-8")
        for lang, page in made.pages.items():
            (aside / f"index.{lang}.md").write_text(page_text(page), "utf-8")
        for name, content in made.pictures.items():
            (aside / "images" / name).write_bytes(content)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def module_text(library: Library, made: Skeleton) -> str:
    """The file module.yml."""
    number = max((module.meta.number or 0 for module in library.modules.values()), default=0) + 1
    author = next((one.id for one in library.organisations.values() if one.kind == "platform"), None)
    first = ", ".join(f"{lang}: {quoted(words(lang)('new.change'))}" for lang in library.languages)
    steps = "\n".join(f"  - {{id: {name}, minutes: {minutes}}}" for name, minutes in made.steps)
    origin = f"kind: {made.origin.kind}"
    if made.origin.kind != "own":
        origin += f", from: {quoted(made.origin.source)}, licence: {quoted(made.origin.licence)}"
    return f"""# yaml-language-server: $schema=../../schema/module.schema.json
number: {number}
themes: [{made.theme}]
sectors: [{made.sector}]
depth: starter
steps:
{steps}
group: {{min: 6, max: 30}}
materials: []
equipment: []
handouts: []
literacy: any
care: 0
status: draft
changes:
  - {{version: 0.1.0, date: {library.today}, {first}}}
provenance: {{{origin}}}
licence: {LICENCE}
authors: [{author or next(iter(library.organisations))}]
questions: [{", ".join(name for name in library.questions if name in QUESTIONS)}]
"""


def page_text(page: Written) -> str:
    """The file index.<lang>.md."""
    front = f"---\ntitle: {quoted(page.title)}\nsummary: {quoted(page.summary)}\nobjectives:\n"
    front += "".join(f"  - {quoted(objective)}\n" for objective in page.objectives)
    return f"{front}---\n\n{page.body.strip()}\n"


def quoted(text: str) -> str:
    """The text as a YAML scalar in double quotes, on one line."""
    return '"' + re.sub(r"\s+", " ", text).strip().replace("\\", "\\\\").replace('"', '\\"') + '"'


def short_name(title: str, taken: Sequence[str] = (), otherwise: str = "modulo") -> str:
    """An id made from a title: lower-case letters without accents, cut between words, a number added if it is taken."""
    name = re.sub(r"[^a-z0-9]+", "-", slugify(title, "-")).strip("-")
    if len(name) > LONGEST:
        name = name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    name = name or otherwise
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)
