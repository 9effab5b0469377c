"""What goes to the printer and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """Something that must not reach a reader. `rule` is one of the rules of paper; `values` fill its message.

    glyph-missing: character, code · alt-missing: image · paper-warning: text
    handout-overflow: handout, pages, declared; or for a card that is too full: handout, card
    plan-overflow: pages
    paper-overflow: pages, most
    paper-overhang: page, text
    """

    rule: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF: its name, what it is, its content."""

    name: str
    title: str
    content: bytes


def rooted(html: str, roots: Sequence[Path]) -> str:
    """The document with its files named from its roots, `file:///root-0/images/x.png`.

    WeasyPrint names pictures in the PDF after their addresses: so they are the same wherever the curriculum stands.
    """
    for number, root in enumerate(roots):
        html = html.replace(f"{root.as_uri()}/", f"file:///root-{number}/")
    return html


@dataclass(frozen=True)
class Order:
    """One document to lay out. `handouts` are (anchor, name, pages declared); it may read from `roots` only.

    `shorter` are ever shorter ways of saying the same; where there are any, the first that fits one page is taken.
    What is `folded` is printed two pages to a sheet, to be folded into a booklet.
    """

    module: str
    lang: str
    kind: str
    paper: str
    html: str
    styles: tuple[Path, ...]
    roots: tuple[Path, ...]
    changed: date
    attached: tuple[Attached, ...]
    handouts: tuple[tuple[str, str, int], ...] = ()
    shorter: tuple[str, ...] = ()
    folded: bool = False
    most: int = 0  # pages it may have; 0 is as many as it takes


@dataclass(frozen=True)
class Layout:
    """A finished document. `pdf` is empty where it could not be laid out at all; then `faults` says why."""

    pdf: bytes
    pages: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Sheet:
    """One PDF on disk, or where `bytes` is 0 one that failed. `warnings` must stop a publication."""

    module: str
    lang: str
    kind: str
    paper: str
    path: Path
    pages: int
    bytes: int
    sha256: str
    warnings: tuple[Fault, ...]
