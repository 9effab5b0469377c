"""How the languages of the curriculum stand to each other, section by section: what is equal, ahead, behind or missing.

No language is the source. Each section of a text is compared with what the lock says was found equal; the first of the
platform's languages that has the text is the one that the others are compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

from curriculum import collector
from curriculum.frontmatter import Document
from curriculum.library import Library, Module, Page
from curriculum.lock import Lock, Record, Records, read
from curriculum.passage import Passage, of_list, of_module, of_page, settled
from curriculum.problem import Problem

# equal: as they were found equal · ahead: one was changed since · both: each was changed since · never: nobody has
# compared them · only: one language does not have the section
State = Literal["equal", "ahead", "both", "never", "only"]
BEHIND: tuple[State, ...] = ("ahead", "both", "only")

# Files of data/ with texts in every language that people translate entry by entry.
DATA = ("themes", "sectors", "facts", "questions", "materials", "glossary", "icebreakers", "paths")
# Minutes of work, for an order of magnitude: words a minute when translating, and when reading two texts side by side.
TRANSLATING = 6
COMPARING = 60


@dataclass(frozen=True)
class Unit:
    """A text that exists in several languages. `name` is its name in the lock file of its folder.

    `kind` is "module", "handout", "doc" or "data"; `module` is the id of the module it belongs to, or "".
    """

    kind: str
    module: str
    name: str
    folder: str
    files: dict[str, Document]  # by language; those of a data file are one and the same
    languages: tuple[str, ...]  # those in which it should exist, in the platform's order

    def passages(self, lang: str) -> list[Passage]:
        """Its sections in a language; none where it does not exist in it."""
        file = self.files.get(lang)
        return passages_of(self, file, lang) if file else []

    def path(self, lang: str) -> str:
        """Its file in a language, or where it would be."""
        if lang in self.files:
            return self.files[lang].path
        return f"{self.folder}/{self.name}.{lang}.md"

    @property
    def shared(self) -> bool:
        """Whether all languages are in one file: a text that is not in one of them is a field left out."""
        return self.kind == "data" or self.name == "module"

    @property
    def label(self) -> str:
        """What `translation` calls it: the module, its handout, the page, the data file."""
        return f"{self.module}/{self.name}" if self.module else f"{self.folder}/{self.name}"


def passages_of(unit: Unit, document: Document, lang: str) -> list[Passage]:
    """The sections that a version of a text's file has in a language."""
    if unit.kind == "data":
        return of_list(document, lang)
    return of_module(document, lang) if unit.name == "module" else of_page(document)


@dataclass(frozen=True)
class Section:
    """One section in two languages. `texts` has those of them that exist, `record` is what the lock says of it.

    `ahead` is the language whose text is newer or the only one, "" where there is none such.
    """

    unit: Unit
    key: str
    pair: tuple[str, str]
    texts: dict[str, Passage]
    state: State
    ahead: str
    record: Record | None
    known: bool = True  # whether the lock knows any section of the text

    @property
    def title(self) -> str:
        return next((self.texts[lang].title for lang in self.pair if lang in self.texts), self.key)

    @property
    def since(self) -> date | None:
        """The day when both were last found equal; None where they never were."""
        return self.record.equal if self.record else None

    @property
    def behind(self) -> tuple[str, ...]:
        """The languages whose readers hold an older text, or none."""
        if self.state == "both":
            return self.pair
        return tuple(lang for lang in self.pair if lang != self.ahead) if self.state in BEHIND else ()

    @cached_property
    def minutes(self) -> int:
        """An estimate of the work: a missing text is translated; else both are read, and of a stale one a quarter is
        written anew."""
        words = max((passage.words for passage in self.texts.values()), default=0)
        if self.state == "equal":
            return 0
        if self.state == "only":
            return 1 + round(words / TRANSLATING)
        rewritten = words / 4 / TRANSLATING if self.state in ("ahead", "both") else 0
        return 1 + round(words / COMPARING + rewritten)


def pairs(languages: tuple[str, ...], held: set[str]) -> list[tuple[str, str]]:
    """The languages that are compared for a text: the first one that has it with every other in which it should be."""
    first = next(index for index, lang in enumerate(languages) if lang in held)
    return [
        (languages[min(first, other)], languages[max(first, other)])
        for other in range(len(languages))
        if other != first
    ]


def units(library: Library) -> Iterator[Unit]:
    """Every text of the curriculum that is translated: the modules with their handouts, the pages, the data."""
    for module in library.modules.values():
        yield from module_units(library, module)
    every = tuple(library.languages)
    for name, pages in library.docs.items():
        yield Unit("doc", "", name, "docs", _documents(pages), every)
    for name in DATA:
        if document := library.documents.get(name):
            yield Unit("data", "", name, "data", dict.fromkeys(every, document), every)


def module_units(library: Library, module: Module) -> Iterator[Unit]:
    """The body of a module, its handouts and the texts of its module.yml."""
    meant = module.meta.languages or library.languages

    def unit(kind: str, name: str, files: dict[str, Document]) -> Unit:
        wanted = tuple(lang for lang in library.languages if lang in meant or lang in files)
        return Unit(kind, module.id, name, module.path, files, wanted)

    yield unit("module", "index", _documents(module.pages))
    for name, sheets in module.handouts.items():
        yield unit("handout", f"handouts/{name}", _documents(sheets))
    yield unit("module", "module", dict.fromkeys(library.languages, module.document))


def _documents(pages: Mapping[str, Page[Any]]) -> dict[str, Document]:
    return {lang: page.document for lang, page in pages.items()}


def locks(library: Library) -> tuple[dict[str, Lock], list[Problem]]:
    """The lock of each folder that has one, and what is wrong in them."""
    found, problems = {}, []
    for folder, document in library.locks.items():
        found[folder], wrong = read(document)
        problems += wrong
    return found, problems


def lock_of(library: Library, folder: str) -> Lock:
    """The lock of a folder (modules/x, docs, data); empty where there is none."""
    document = library.locks.get(folder)
    return read(document)[0] if document else {}


def sections(unit: Unit, lock: Lock) -> list[Section]:
    """Every section of a text for every pair of languages, in the order of the text."""
    records = lock.get(unit.name, {})
    raw = {lang: unit.passages(lang) for lang in unit.languages}
    held = {lang for lang, passages in raw.items() if passages}
    found = []
    for pair in pairs(unit.languages, held) if held else []:
        texts = {lang: settled(raw[lang], _known(records, pair, lang)) for lang in pair}
        known = bool(_known(records, pair, pair[0]))
        for key in _keys(texts[pair[0]], texts[pair[1]]):
            here = {lang: texts[lang][key] for lang in pair if key in texts[lang]}
            record = _record(records, pair, key)
            found.append(Section(unit, key, pair, here, *_state(pair, here, record), record, known))
    return found


@lru_cache(maxsize=1)
def every_section(library: Library) -> tuple[Section, ...]:
    """Every section of every text of the curriculum. Found once: checks, site and paper all ask for it."""
    with collector.waiting():
        found, _ = locks(library)
        return tuple(one for unit in units(library) for one in sections(unit, found.get(unit.folder, {})))


@lru_cache(maxsize=1)
def _by_text(library: Library) -> dict[str, list[Section]]:
    """The sections by module; those of the data by "data/" and the name of the file."""
    found: dict[str, list[Section]] = {}
    for section in every_section(library):
        found.setdefault(section.unit.module or section.unit.label, []).append(section)
    return found


@dataclass(frozen=True)
class Standing:
    """What readers of one language hold of a module: its text in that language against that in another.

    `behind` are the sections in which theirs is older; `checked` is the oldest day on which a section was found equal.
    """

    state: Literal["equal", "ahead", "behind", "unchecked", "alone", "missing"]
    behind: tuple[Section, ...] = ()
    checked: date | None = None

    def of(self, unit: str, key: str) -> Section | None:
        """The section of a text ("index", "handouts/x") if it is behind; any of its sections where key is ""."""
        return next((one for one in self.behind if one.unit.name == unit and key in ("", one.key)), None)


def standing(library: Library, module: Module, lang: str) -> Standing:
    """How the module in a language stands to its other languages; `alone` where it exists in no other."""
    if lang not in module.pages:
        return Standing("missing")
    if len(module.pages) == 1:
        return Standing("alone")
    held = set(module.pages)
    found = [one for one in _by_text(library).get(module.id, ()) if lang in one.pair and held >= set(one.pair)]
    behind = tuple(one for one in found if lang in one.behind)
    days = [one.since for one in found if one.since]
    checked = min(days, default=None)
    if behind:
        return Standing("behind", behind, checked)
    if any(one.state == "never" for one in found):
        return Standing("unchecked", (), checked)
    return Standing("ahead" if any(one.state in BEHIND for one in found) else "equal", (), checked)


def sections_behind(library: Library, label: str, lang: str) -> list[Section]:
    """The sections of a page or data file ("docs/about", "data/facts") whose text in a language is older or missing."""
    return [one for one in _by_text(library).get(label, ()) if lang in one.behind]


def entry(library: Library, name: str, key: str, lang: str) -> Section | None:
    """An entry of a data file whose text in a language is older than in another; None where it is not."""
    return _stale_entries(library).get((name, key, lang))


@lru_cache(maxsize=1)
def _stale_entries(library: Library) -> dict[tuple[str, str, str], Section]:
    every = (one for name in DATA for one in _by_text(library).get(f"data/{name}", ()))
    return {(one.unit.name, one.key, lang): one for one in every for lang in one.behind}


def _state(pair: tuple[str, str], texts: dict[str, Passage], record: Record | None) -> tuple[State, str]:
    """The state of a section, and the language that is ahead."""
    changed = [lang for lang in texts if record and texts[lang].hash != record.hashes[lang]]
    if len(texts) == 1:
        has = next(iter(texts))
        # What was equal and has not changed since was taken out of the other language: that one is ahead.
        taken_out = record is not None and not changed
        return "only", next(lang for lang in pair if (lang == has) != taken_out)
    if record is None:
        return "never", ""
    if len(changed) == 2:
        return "both", ""
    return ("ahead", changed[0]) if changed else ("equal", "")


def _record(records: Records, pair: tuple[str, str], key: str) -> Record | None:
    return next((one for one in records.get(key, ()) if set(one.hashes) == set(pair)), None)


def _known(records: Records, pair: tuple[str, str], lang: str) -> dict[str, str]:
    """The hashes of one language in the records of a pair, by section."""
    return {key: one.hashes[lang] for key in records if (one := _record(records, pair, key))}


def _keys(first: dict[str, Passage], other: dict[str, Passage]) -> list[str]:
    """The keys of both, in the order of the first, each that only the other has after the one it follows there."""
    keys = list(first)
    before = ""
    for key in other:
        if key not in first:
            keys.insert(keys.index(before) + 1 if before else 0, key)
        before = key
    return keys


def synced(unit: Unit, lock: Lock, done: list[Section], day: date, reason: str) -> Records:
    """The records of a text after a person found the sections `done` equal on a day; the others stay as they are.

    Sections without ids are numbered anew, in their order.
    """
    kept = {(section.key, section.pair): section for section in done}
    records: Records = {}
    for section in sections(unit, lock):
        record = section.record
        if (section.key, section.pair) in kept and len(section.texts) == 2:
            hashes = {lang: section.texts[lang].hash for lang in section.pair}
            still = next((lang for lang in section.pair if section.state == "ahead" and lang != section.ahead), "")
            record = Record(hashes, day, still, reason)
        if record:
            records.setdefault(section.key, []).append(record)
    number = 0
    numbered: Records = {}
    for key, some in records.items():
        loose = key.replace(".", "").isdigit()
        number += loose
        numbered[str(number) if loose else key] = some
    return numbered
