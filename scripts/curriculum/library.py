"""The whole curriculum in memory: the data, the modules and the pages of one root, with what could not be read."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from curriculum import collector
from curriculum.brief import Brief
from curriculum.consultation import Consultation
from curriculum.frontmatter import Document, read_page, read_yaml
from curriculum.lock import NAME as LOCK
from curriculum.markdown import Scan, scan
from curriculum.model import (
    Fact,
    HandoutFront,
    Icebreaker,
    LearningPath,
    Material,
    Model,
    ModuleFront,
    ModuleMeta,
    Organisation,
    PageFront,
    Platform,
    Public,
    Question,
    Sector,
    Source,
    Term,
    Theme,
    Waiver,
    texts,
)
from curriculum.outcome import Outcome
from curriculum.problem import START, Place, Problem, nearest, problem
from curriculum.results import Row, read_results
from curriculum.session import Session
from curriculum.validate import validate
from curriculum.words import settle

M = TypeVar("M", bound=Model)
F = TypeVar("F", ModuleFront, HandoutFront, PageFront)

IMAGES = {".svg", ".png", ".jpg", ".jpeg"}
LISTS: dict[str, type[Any]] = {
    "sectors": Sector,
    "themes": Theme,
    "organisations": Organisation,
    "materials": Material,
    "glossary": Term,
    "icebreakers": Icebreaker,
    "paths": LearningPath,
    "public": Public,
    "waivers": Waiver,
    "questions": Question,
    "sources": Source,
    "facts": Fact,
    "outcomes": Outcome,
    "briefs": Brief,
}
# Folders of data/ with a file an object: its model, and where the library keeps them.
FOLDERS: dict[str, tuple[type[Any], str]] = {
    "needs": (Consultation, "consultations"),
    "sessions": (Session, "sessions"),
}
REQUIRED = ("platform", "sectors", "themes")
# What operating systems leave behind.
LITTER = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Page(Generic[F]):
    """One Markdown file: its front matter, its body and where everything in it stands."""

    path: str
    file: Path
    lang: str
    document: Document
    front: F

    @cached_property
    def scan(self) -> Scan:
        return scan(self.document.body, self.document.body_line)


@dataclass(frozen=True)
class Module:
    """One folder of modules/. `pages` and each of `handouts` are by language."""

    id: str
    folder: Path
    path: str
    document: Document
    meta: ModuleMeta
    pages: dict[str, Page[ModuleFront]]
    handouts: dict[str, dict[str, Page[HandoutFront]]]

    @property
    def label(self) -> str:
        """What the module is called in one word: M8, or its id."""
        return f"M{self.meta.number}" if self.meta.number else self.id


@dataclass(eq=False)
class Library:
    """Everything that was read below `root`; `problems` says what could not be."""

    root: Path
    today: date
    platform: Platform
    sectors: dict[str, Sector] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    materials: dict[str, Material] = field(default_factory=dict)
    glossary: dict[str, Term] = field(default_factory=dict)
    icebreakers: dict[str, Icebreaker] = field(default_factory=dict)
    paths: dict[str, LearningPath] = field(default_factory=dict)
    public: dict[str, Public] = field(default_factory=dict)
    waivers: dict[str, Waiver] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    briefs: dict[str, Brief] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)  # of data/, by name without suffix
    # By file name without suffix; their documents are in `documents` as needs/<name>.
    consultations: dict[str, Consultation] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)  # in the same way, as sessions/<name>
    results: dict[str, list[Row]] = field(default_factory=dict)  # by session
    modules: dict[str, Module] = field(default_factory=dict)
    module_names: set[str] = field(default_factory=set)  # also those that could not be read
    orphans: list[Text] = field(default_factory=list)  # texts of modules whose module.yml could not be read
    docs: dict[str, dict[str, Page[PageFront]]] = field(default_factory=dict)
    missing: dict[tuple[str, str], list[Place]] = field(default_factory=dict)  # by file and language, what has no text
    locks: dict[str, Document] = field(default_factory=dict)  # translation.lock.yml by folder: modules/x, docs, data
    problems: list[Problem] = field(default_factory=list)
    drafts: bool = False  # whether drafts are shown as well

    @property
    def languages(self) -> list[str]:
        """Language codes; the first is the default."""
        return [language.code for language in self.platform.languages]

    @property
    def live(self) -> list[Module]:
        """Modules that readers see, in order of number, then id."""
        shown = ("pilot", "published", "draft") if self.drafts else ("pilot", "published")
        modules = [module for module in self.modules.values() if module.meta.status in shown]
        return sorted(modules, key=lambda module: (module.meta.number or 1000, module.id))

    @cached_property
    def lapsing(self) -> dict[str, date]:
        """The last day of each fact that lapses."""
        return {fact.id: fact.review_by for fact in self.facts.values() if fact.lapses}

    @property
    def prioritised(self) -> list[Theme]:
        """Themes with a rank, first priority first."""
        return sorted((theme for theme in self.themes.values() if theme.rank), key=lambda theme: (theme.rank, theme.id))


EMPTY = Platform.model_validate(
    {
        "name": {"es": "?"},
        "short_name": {"es": "?"},
        "publisher": {"es": "?"},
        "languages": [{"code": "es", "locale": "es_MX", "name": "Español"}],
    }
)


def load(root: Path, today: date | None = None, *, drafts: bool = False) -> Library:
    """Read the curriculum below `root`. What is wrong is in `.problems`; the rest is there all the same.

    Without `today` it is the day that it is now in the platform's time zone.
    """
    library = Library(root, today or date.min, EMPTY, drafts=drafts)
    with collector.waiting():
        return _load(library, today)


def _load(library: Library, today: date | None) -> Library:
    _load_data(library)
    if today is None:
        library.today = datetime.now(ZoneInfo(library.platform.timezone)).date()
    _load_modules(library)
    _load_docs(library)
    return library


def _load_data(library: Library) -> None:
    folder = library.root / "data"
    for name in REQUIRED:
        if not (folder / f"{name}.yml").is_file():
            library.problems.append(problem(f"data/{name}.yml", START, "field-missing", "file"))
    _load_lock(library, folder, "data")
    for file in visible(folder):
        path = f"data/{file.name}"
        name = file.stem
        if file.name == LOCK:
            continue
        if file.is_dir() and file.name in FOLDERS:
            _load_folder(library, file)
            continue
        if file.is_dir() and file.name == "results":
            _load_results(library, file)
            continue
        if file.is_dir() or file.suffix != ".yml" or name not in {*LISTS, "platform"}:
            near = nearest(file.name, [f"{known}.yml" for known in (*LISTS, "platform")])
            library.problems.append(problem(path, START, "file-unexpected", "data", near))
            continue
        document, problems = read_yaml(file, path)
        library.problems += problems
        if problems and document.data is None:
            continue
        library.documents[name] = document
        if name == "platform":
            platform, problems = validate(document, Platform)
            library.problems += problems
            library.platform = platform or EMPTY
        else:
            getattr(library, name).update(_entries(library, document, LISTS[name]))
    settle(((one.code, one.locale) for one in library.platform.languages), library.root)
    if any(not made.illustrative for theme in library.themes.values() for made in theme.decisions):
        # Once something was really decided, what was invented to show how it works is no decision any more.
        for name, theme in library.themes.items():
            real = [decision for decision in theme.decisions if not decision.illustrative]
            library.themes[name] = theme.model_copy(update={"decisions": real})
    for name, document in library.documents.items():
        kind, _, stem = name.partition("/")
        if stem:
            if one := getattr(library, FOLDERS[kind][1]).get(stem):
                library.problems += _languages(library, document, one)
            continue
        if name == "platform":
            library.problems += _languages(library, document, library.platform)
            continue
        entries = getattr(library, name)
        for index, entry in enumerate(document.data if isinstance(document.data, list) else []):
            known = entries.get(str(entry.get("id"))) if isinstance(entry, dict) else None
            if known:
                library.problems += _languages(library, document, known, index)


def _load_folder(library: Library, folder: Path) -> None:
    """Read a folder of data/ in which each file is one object of its model."""
    model, attribute = FOLDERS[folder.name]
    for file in visible(folder):
        path = f"data/{folder.name}/{file.name}"
        if file.suffix != ".yml" or not file.is_file() or file.is_symlink():
            library.problems.append(problem(path, START, "file-unexpected", folder.name))
            continue
        document, problems = read_yaml(file, path)
        library.problems += problems
        if problems and document.data is None:
            continue
        one, problems = validate(document, model)
        library.problems += problems
        if one:
            library.documents[f"{folder.name}/{file.stem}"] = document
            getattr(library, attribute)[file.stem] = one


def _load_results(library: Library, folder: Path) -> None:
    for file in visible(folder):
        path = f"data/results/{file.name}"
        if file.suffix != ".csv" or not file.is_file() or file.is_symlink():
            library.problems.append(problem(path, START, "file-unexpected", "results"))
            continue
        library.results[file.stem], problems = read_results(file, path)
        library.problems += problems


def _entries(library: Library, document: Document, model: type[M]) -> dict[str, M]:
    """The entries of a list file by id."""
    entries: dict[str, M] = {}
    if not isinstance(document.data, list):
        if document.data is not None:
            library.problems.append(problem(document.path, document.place(), "field-invalid", "not-list", field=""))
        return entries
    for index in range(len(document.data)):
        entry, problems = validate(document, model, (index,))
        library.problems += problems
        if entry is None:
            continue
        name = entry.id  # type: ignore[attr-defined]
        if name in entries:
            place = document.place(index, "id")
            library.problems.append(problem(document.path, place, "field-invalid", "same-id", field="id", value=name))
        entries[name] = entry
    return entries


def _languages(library: Library, document: Document, item: Model, *start: int) -> Iterator[Problem]:
    """Text of the data, of the item at `start` of a file, in a language of the platform and in no other.

    What is not in all of them is noted as missing; readers get it in the first language that has it.
    """
    for where, text in texts(item):
        if not any(lang in text for lang in library.languages):
            place = document.place(*start, *where, key=True)
            yield problem(document.path, place, "field-missing", "language", lang=library.languages[0])
        else:
            for lang in library.languages:
                if lang not in text:
                    place = document.place(*start, *where, key=True)
                    library.missing.setdefault((document.path, lang), []).append(place)
            text.settle(library.languages)
        for lang in text:
            if lang not in library.languages:
                place = document.place(*start, *where, lang, key=True)
                near, known = nearest(lang, library.languages), ", ".join(library.languages)
                yield problem(document.path, place, "field-unknown", "field", near, field=lang, known=known)


def _load_modules(library: Library) -> None:
    for folder in visible(library.root / "modules"):
        path = f"modules/{folder.name}"
        if not folder.is_dir():
            library.problems.append(problem(path, START, "file-unexpected", "not-a-module"))
            continue
        library.module_names.add(folder.name)
        module = _load_module(library, folder, path)
        if module:
            library.modules[folder.name] = module


def _load_module(library: Library, folder: Path, path: str) -> Module | None:
    problems = library.problems
    _load_lock(library, folder, path)
    known = {"module.yml", LOCK, *(f"index.{lang}.md" for lang in library.languages)}
    for file in visible(folder):
        if file.is_symlink():
            problems.append(problem(f"{path}/{file.name}", START, "asset-outside", "symlink"))
        elif file.name not in known and file.name not in ("handouts", "images"):
            near = nearest(file.name, [*known, "handouts", "images"])
            problems.append(problem(f"{path}/{file.name}", START, "file-unexpected", "module", near))
    for file in visible(folder / "images"):
        if file.is_symlink():
            problems.append(problem(f"{path}/images/{file.name}", START, "asset-outside", "symlink"))
        elif file.suffix.lower() not in IMAGES:
            problems.append(problem(f"{path}/images/{file.name}", START, "file-unexpected", "image"))
    pages = {}
    for lang in library.languages:
        page = _page(library, folder / f"index.{lang}.md", f"{path}/index.{lang}.md", lang, ModuleFront)
        if page:
            pages[lang] = page
    document, meta = _meta(library, folder / "module.yml", f"{path}/module.yml")
    if meta is None:
        library.orphans += [Text(page, path, None) for page in pages.values()]
        return None
    if not any((folder / f"index.{lang}.md").is_file() for lang in library.languages):
        missing = f"{path}/index.{library.languages[0]}.md"
        problems.append(problem(missing, START, "field-missing", "file"))
    return Module(folder.name, folder, path, document, meta, pages, _handouts(library, folder, path, document, meta))


def _meta(library: Library, file: Path, path: str) -> tuple[Document, ModuleMeta | None]:
    if not file.is_file():
        library.problems.append(problem(path, START, "field-missing", "file"))
        return Document(path), None
    document, problems = read_yaml(file, path)
    library.problems += problems
    if problems and document.data is None:
        return document, None
    meta, problems = validate(document, ModuleMeta)
    library.problems += problems
    if meta:
        library.problems += _languages(library, document, meta)
    return document, meta


def _handouts(
    library: Library, folder: Path, path: str, document: Document, meta: ModuleMeta
) -> dict[str, dict[str, Page[HandoutFront]]]:
    handouts: dict[str, dict[str, Page[HandoutFront]]] = {}
    ids = [handout.id for handout in meta.handouts]
    expected = {f"{name}.{lang}.md": (name, lang) for name in ids for lang in library.languages}
    for file in visible(folder / "handouts"):
        where = f"{path}/handouts/{file.name}"
        if file.is_symlink():
            library.problems.append(problem(where, START, "asset-outside", "symlink"))
        elif file.name not in expected:
            library.problems.append(problem(where, START, "file-unexpected", "handout", nearest(file.name, expected)))
        else:
            name, lang = expected[file.name]
            page = _page(library, file, where, lang, HandoutFront)
            if page:
                handouts.setdefault(name, {})[lang] = page
    for index, name in enumerate(ids):
        if not any((folder / "handouts" / f"{name}.{lang}.md").is_file() for lang in library.languages):
            place = document.place("handouts", index, "id")
            lang = library.languages[0]
            library.problems.append(problem(document.path, place, "field-missing", "handout", name=name, lang=lang))
    return handouts


def _load_lock(library: Library, folder: Path, path: str) -> None:
    file = folder / LOCK
    if file.is_file() and not file.is_symlink():
        document, problems = read_yaml(file, f"{path}/{LOCK}")
        library.problems += problems
        library.locks[path] = document


def _load_docs(library: Library, below: str = "") -> None:
    """Pages of docs/ by their name, and those of its folder briefs/ as briefs/<name>."""
    if not below:
        _load_lock(library, library.root / "docs", "docs")
    for file in visible(library.root / "docs" / below):
        path = f"docs/{below}{file.name}"
        parts = file.name.split(".")
        if len(parts) == 3 and parts[2] == "md" and parts[1] in library.languages:
            page = _page(library, file, path, parts[1], PageFront)
            if page:
                library.docs.setdefault(f"{below}{parts[0]}", {})[parts[1]] = page
        elif file.name == "briefs" and file.is_dir() and not below:
            _load_docs(library, "briefs/")
        elif file.name not in ("images", LOCK):
            library.problems.append(problem(path, START, "file-unexpected", "docs"))


def _page(library: Library, file: Path, path: str, lang: str, model: type[F]) -> Page[F] | None:
    if not file.is_file() or file.is_symlink():
        return None
    document, problems = read_page(file, path)
    library.problems += problems
    if document.data is None:
        if not problems:
            library.problems.append(problem(path, START, "yaml-syntax", "no-front-matter"))
        return None
    front, problems = validate(document, model)
    library.problems += problems
    return Page(path, file, lang, document, front) if front else None


class Text(NamedTuple):
    """A Markdown file with the folder that its links are relative to.

    `module` is None in docs/, and where module.yml could not be read.
    """

    page: Page[Any]
    folder: str
    module: Module | None


def every_text(library: Library) -> Iterator[Text]:
    """Every Markdown file of the curriculum that could be read."""
    yield from library.orphans
    for module in library.modules.values():
        for page in module.pages.values():
            yield Text(page, module.path, module)
        for handout in module.handouts.values():
            for sheet in handout.values():
                yield Text(sheet, f"{module.path}/handouts", module)
    for pages in library.docs.values():
        for doc in pages.values():
            yield Text(doc, posixpath.dirname(doc.path), None)


def visible(folder: Path) -> list[Path]:
    """What people put into a folder, in order; nothing where there is no such folder."""
    if not folder.is_dir():
        return []
    names = sorted(os.listdir(folder))
    return [folder / name for name in names if name[0] != "." and name.lower() not in LITTER]
