"""Prints editions: every kind of paper of every edition in its own language, from the cache where nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from curriculum.edition import Edition
from curriculum.library import Library
from curriculum.print import cache, images
from curriculum.print.board import BOARDS, board_orders
from curriculum.print.guide import document
from curriculum.print.pool import lay_out_all
from curriculum.print.sheet import Attached, Layout, Order, Sheet
from curriculum.words import words

# What a module is printed as, and the papers of the platform as a whole.
EDITIONS = ("guide",)
KINDS = (*EDITIONS, *BOARDS)
PAPERS = ("letter", "a4")

Report = Callable[[Sheet, int, int], None]


def print_all(
    library: Library,
    editions: Iterable[Edition],
    out: Path,
    kinds: Sequence[str] = KINDS,
    paper: str = "letter",
    jobs: int | None = None,
    report: Report | None = None,
) -> list[Sheet]:
    """Write `<out>/<module>/<module>-<kind>-<lang>.pdf` for each edition; the result has the order of the editions.

    A fallback edition is not printed: its PDF is the one in the language it is written in. `report(sheet, done, total)`
    is called as each is finished. ValueError: an unknown kind or paper. OSError: `out` cannot be written.
    """
    for name, known in ((paper, PAPERS), *((kind, KINDS) for kind in kinds)):
        if name not in known:
            raise ValueError(name)
    store = library.root / "build" / "cache" / "print"
    wanted = [(one, kind) for one in editions if not one.is_fallback for kind in EDITIONS if kind in kinds]
    orders = [order(library, edition, kind, paper, store) for edition, kind in wanted]
    if set(kinds) & set(BOARDS):
        orders += [one for one in board_orders(library, folder(library), paper) if one.kind in kinds]
    keys = [cache.key(one) for one in orders]
    sheets: dict[int, Sheet] = {}

    def finish(index: int, layout: Layout) -> None:
        sheets[index] = _write(orders[index], layout, out)
        if report:
            report(sheets[index], len(sheets), len(orders))

    missing = []
    for index, name in enumerate(keys):
        layout = cache.find(store, name)
        if layout:
            finish(index, layout)
        else:
            missing.append(index)
    for position, layout in lay_out_all([orders[index] for index in missing], store, jobs):
        index = missing[position]
        if layout.pdf:
            cache.store(store, keys[index], layout)
        finish(index, layout)
    cache.prune(store)
    return [sheets[index] for index in range(len(orders))]


def order(library: Library, edition: Edition, kind: str, paper: str, store: Path) -> Order:
    """Everything a worker needs to know of one paper."""
    templates = folder(library)
    pictures = store / "images"
    html = images.presized(document(library, edition, kind, templates), pictures)
    return Order(
        module=edition.module.id,
        lang=edition.lang,
        kind=kind,
        paper=paper,
        html=html,
        styles=(templates / f"{kind}.css", templates / f"paper-{paper}.css"),
        roots=(edition.module.folder, templates, pictures),
        changed=edition.changed,
        attached=tuple(_sources(edition)),
        handouts=tuple((f"handout-{one.id}", one.id, one.pages) for one in edition.handouts),
    )


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


def _write(order: Order, layout: Layout, out: Path) -> Sheet:
    name = f"{order.kind}-{order.lang}.pdf"
    path = out / order.module / f"{order.module}-{name}" if order.module else out / name
    if layout.pdf:
        path.parent.mkdir(parents=True, exist_ok=True)
        cache.write(path, layout.pdf)
    return Sheet(
        order.module, order.lang, order.kind, order.paper, path, layout.pages, len(layout.pdf),
        hashlib.sha256(layout.pdf).hexdigest() if layout.pdf else "", layout.faults,
    )  # fmt: skip
