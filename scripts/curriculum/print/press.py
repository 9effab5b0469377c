"""Prints modules: each kind of paper in each language a module is written in, from the cache where nothing changed."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from curriculum.edition import Edition, edition
from curriculum.library import Library, Module
from curriculum.needs import current
from curriculum.print import cache, images
from curriculum.print.bank import KIND as BANK
from curriculum.print.bank import bank_order
from curriculum.print.board import BOARDS, board_order
from curriculum.print.book import book
from curriculum.print.document import document
from curriculum.print.field import FIELD, field_names, field_order
from curriculum.print.guide import gather
from curriculum.print.packet import KIND as PACKET
from curriculum.print.packet import packet_order
from curriculum.print.pool import Begin, lay_out_all, workers
from curriculum.print.sheet import Attached, Layout, Order, Sheet
from curriculum.session import Session
from curriculum.words import words

# What a module is printed as, and the papers of the platform as a whole.
EDITIONS = ("guide", "handouts", "plan", "large", "booklet", "forms")
BOOK = "book"
KINDS = (*EDITIONS, BOOK, BANK, *BOARDS, *FIELD)
PAPERS = ("letter", "a4")
# A plan is tried with ever less on it until it fits its page: (size, questions a step, whether purposes are said).
PLANS = (("roomy", 3, True), ("", 3, True), ("", 2, True), ("", 1, True), ("tight", 1, True), ("tight", 0, False))

Report = Callable[[Sheet, int, int], None]
Wish = tuple[Module, str]  # a module in a language in which it has a page


@dataclass(frozen=True)
class _Job:
    """One paper to be had. `module` is None for the platform's own; `ticket` is a hash of all it may be made of."""

    module: Module | None
    lang: str
    kind: str
    ticket: str
    name: str = ""  # which of several papers of that kind


def wishes(library: Library) -> list[Wish]:
    """Every live module in every language in which it is written: a fallback's paper is the one in its own language."""
    return [(module, lang) for module in library.live for lang in library.languages if lang in module.pages]


def print_all(
    library: Library,
    wanted: Iterable[Wish],
    out: Path,
    kinds: Sequence[str] = KINDS,
    paper: str = "letter",
    jobs: int | None = None,
    report: Report | None = None,
    begin: Begin | None = None,
) -> list[Sheet]:
    """Write `<out>/<module>/<module>-<kind>-<lang>.pdf` for each wish; the result has their order.

    `begin(order)` is called as a paper is begun that is in no cache, `report(sheet, done, total)` as each is finished.
    ValueError: an unknown kind or paper. OSError: `out` cannot be written.
    """
    for name, known in ((paper, PAPERS), *((kind, KINDS) for kind in kinds)):
        if name not in known:
            raise ValueError(name)
    store = library.root / "build" / "cache" / "print"
    tickets = cache.Tickets(store)
    todo = list(_jobs(library, wanted, kinds, paper))
    sheets: dict[int, Sheet] = {}

    def finish(index: int, entry: cache.Entry | None, layout: Layout | None = None) -> None:
        job = todo[index]
        module = job.module.id if job.module else ""
        name = "-".join(filter(None, (job.kind, job.name, job.lang))) + ".pdf"
        path = out / module / f"{module}-{name}" if module else out / name
        if entry:
            cache.place(entry, path)
            about = (entry.pages, entry.bytes, entry.sha256, entry.faults)
        else:
            about = (0, 0, "", layout.faults if layout else ())
        sheets[index] = Sheet(module, job.lang, job.kind, paper, path, *about)
        if report:
            report(sheets[index], len(sheets), len(todo))

    changed = []
    for index, job in enumerate(todo):
        entry = cache.find(store, tickets.known.get(job.ticket, ""))
        if entry:
            finish(index, entry)
        else:
            changed.append(index)
    missing: list[tuple[int, Order, str]] = []
    with workers(store, len(changed), jobs) as pool:
        for index, one in zip(changed, orders(library, [todo[index] for index in changed], paper, store), strict=True):
            name = cache.key(one)
            tickets.known[todo[index].ticket] = name
            if entry := cache.find(store, name):
                finish(index, entry)
            else:
                missing.append((index, one, name))
        for position, layout in lay_out_all([one for _, one, _ in missing], store, pool, begin):
            index, _, name = missing[position]
            finish(index, cache.store(store, name, layout) if layout.pdf else None, layout)
    cache.prune(store)
    tickets.keep()
    return [sheets[index] for index in range(len(todo))]


def print_packet(library: Library, session: Session, name: str, lang: str, path: Path, paper: str) -> Sheet:
    """Write the packet of a session to `path`; `name` is that of its file, "" where it has none."""
    store = library.root / "build" / "cache" / "print"
    one = packet_order(library, session, name, lang, folder(library), paper)
    key = cache.key(one)
    entry = cache.find(store, key)
    if entry is None:
        ((_, layout),) = lay_out_all([one], store)
        if not layout.pdf:
            return Sheet("", lang, PACKET, paper, path, 0, 0, "", layout.faults)
        entry = cache.store(store, key, layout)
    path.parent.mkdir(parents=True, exist_ok=True)
    cache.place(entry, path)
    return Sheet("", lang, PACKET, paper, path, entry.pages, entry.bytes, entry.sha256, entry.faults)


def _jobs(library: Library, wanted: Iterable[Wish], kinds: Sequence[str], paper: str) -> Iterator[_Job]:
    """Every paper to be had, with its ticket."""
    shared = cache.sources(library, folder(library))

    @functools.cache
    def own(folder: Path) -> bytes:
        return cache.folder_sources(folder)

    def ticket(parts: Iterable[bytes], *names: str) -> str:
        return hashlib.sha256(b"".join((shared, *parts, repr((*names, paper)).encode()))).hexdigest()

    for module, lang in wanted:
        for kind in EDITIONS:
            if kind in kinds and (kind != "handouts" or module.handouts):
                yield _Job(module, lang, kind, ticket([own(module.folder)], module.id, lang, kind))
    boards = BOARDS if current(library) else ()
    bank = (BANK,) if library.icebreakers and library.live else ()
    if own_kinds := [kind for kind in (BOOK, *bank, *boards, *FIELD) if kind in kinds]:
        every = [own(module.folder) for module in library.live] + [own(library.root / "docs")]
        for lang in library.languages:
            for kind in own_kinds:
                if kind in FIELD:
                    for name in field_names(library, kind, lang):
                        yield _Job(None, lang, kind, ticket(every, str(library.today), lang, kind, name), name)
                elif kind != BOOK or any(lang in module.pages for module in library.live):
                    yield _Job(None, lang, kind, ticket(every, str(library.today), lang, kind))


def fingerprints(library: Library, paper: str = "letter") -> dict[tuple[str, str, str], str]:
    """A hash of all that goes into each paper of the modules, by (module, language, kind). Nothing is laid out."""
    todo = list(_jobs(library, wishes(library), EDITIONS, paper))
    store = library.root / "build" / "cache" / "print"
    return {
        (job.module.id if job.module else "", job.lang, job.kind): cache.key(one)
        for job, one in zip(todo, orders(library, todo, paper, store), strict=True)
    }


def orders(library: Library, todo: Sequence[_Job], paper: str, store: Path) -> Iterator[Order]:
    """The order of each job; what the kinds of an edition share is gathered once."""
    templates = folder(library)
    last: tuple[str, str] | None = None
    parts: dict[str, Any] = {}
    one: Edition | None = None
    for job in todo:
        if job.kind == BOOK:
            yield book_order(library, job.lang, templates, paper, store)
            continue
        if job.kind == BANK:
            yield bank_order(library, job.lang, templates, paper)
            continue
        if job.kind in FIELD:
            yield field_order(library, job.kind, job.name, job.lang, templates, paper)
            continue
        if job.module is None:
            yield board_order(library, job.kind, job.lang, templates, paper)
            continue
        if last != (job.module.id, job.lang):
            last = job.module.id, job.lang
            one = edition(library, job.module, job.lang)
            parts = gather(library, one)
        assert one is not None
        yield order(one, parts, job.kind, templates, paper, store)


def order(one: Edition, parts: dict[str, Any], kind: str, templates: Path, paper: str, store: Path) -> Order:
    """Everything a worker needs to know of one paper of a module; `parts` are those of `gather`."""
    pictures = store / "images"
    variants: list[dict[str, object]] = [{}]
    if kind == "plan":
        variants = [{"size": size, "most": most, "purposes": purposes} for size, most, purposes in PLANS]
    first, *shorter = (images.presized(document(parts, kind, templates, **more), pictures) for more in variants)
    copied = kind in ("guide", "handouts")
    return Order(
        module=one.module.id,
        lang=one.lang,
        kind=kind,
        paper=paper,
        html=first,
        styles=styles(kind, templates, paper),
        roots=(one.module.folder, templates, pictures),
        changed=one.changed,
        attached=tuple(_sources(one)) if kind == "guide" else (),
        handouts=tuple((f"handout-{each.id}", each.id, each.pages) for each in one.handouts) if copied else (),
        shorter=tuple(shorter),
        folded=kind == "booklet",
    )


def book_order(library: Library, lang: str, templates: Path, paper: str, store: Path) -> Order:
    """The order of the book of a language: every module that is written in it."""
    pictures = store / "images"
    every = [edition(library, module, lang) for module in library.live if lang in module.pages]
    html = book(library, [gather(library, one) for one in every], lang, templates)
    return Order(
        module="",
        lang=lang,
        kind=BOOK,
        paper=paper,
        html=images.presized(html, pictures),
        styles=styles(BOOK, templates, paper),
        roots=(*(one.module.folder for one in every), templates, pictures),
        changed=max(one.changed for one in every),
        attached=tuple(
            replace(source, name=f"{one.module.id}.{source.name}") for one in every for source in _sources(one)
        ),
    )


def styles(kind: str, templates: Path, paper: str) -> tuple[Path, ...]:
    """The style sheets of a kind: the guide's, its own where it has some, the paper's."""
    own = templates / f"{kind}.css"
    size = f"half-{paper}.css" if kind == "booklet" else f"paper-{paper}.css"
    return tuple(dict.fromkeys((templates / "guide.css", *([own] if own.is_file() else []), templates / size)))


def folder(library: Library) -> Path:
    """The templates of this curriculum, or the tool's own where it has none."""
    own = library.root / "overrides" / "print"
    return own if own.is_dir() else Path(__file__).parents[3] / "overrides" / "print"


def _sources(edition: Edition) -> Iterable[Attached]:
    """The Markdown that the paper was made from."""
    w = words(edition.lang)
    files = [edition.module.pages[edition.lang].file]
    files += [pages[edition.lang].file for pages in edition.module.handouts.values() if edition.lang in pages]
    for file in files:
        yield Attached(file.name, w("print.source-file", name=file.name), file.read_bytes())
