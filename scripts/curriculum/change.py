"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Literal

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, was taken out or was added."""

    kind: Literal["same", "out", "in"]
    text: str


def changes(before: str, now: str) -> list[Piece]:
    """The pieces of both texts in order. A change takes whole words with it."""
    old, new = TOKEN.findall(before), TOKEN.findall(now)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[a:b])))
        else:
            found += [Piece("out", "".join(old[a:b]))] if b > a else []
            found += [Piece("in", "".join(new[c:d]))] if d > c else []
    return list(_joined(found))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Changes with nothing but a blank between them as one, so that a sentence does not fall to bits."""
    at = 0
    while at < len(pieces):
        out = into = ""
        end = at
        while end < len(pieces):
            piece = pieces[end]
            if piece.kind == "same" and not (
                (out or into) and not piece.text.strip() and "\n\n" not in piece.text and end + 1 < len(pieces)
            ):
                break
            out += piece.text if piece.kind in ("out", "same") else ""
            into += piece.text if piece.kind in ("in", "same") else ""
            end += 1
        if end == at:
            yield pieces[at]
            at += 1
            continue
        if out:
            yield Piece("out", out)
        if into:
            yield Piece("in", into)
        at = end


def as_text(pieces: list[Piece]) -> str:
    """[-taken out-] and {+added+} in the running text."""
    signs = {"same": ("", ""), "out": ("[-", "-]"), "in": ("{+", "+}")}
    return "".join(f"{signs[piece.kind][0]}{piece.text}{signs[piece.kind][1]}" for piece in pieces)


def as_html(pieces: list[Piece]) -> str:
    """The same with the elements <del> and <ins>."""
    tags = {"same": ("", ""), "out": ("<del>", "</del>"), "in": ("<ins>", "</ins>")}
    return "".join(f"{tags[piece.kind][0]}{escape(piece.text)}{tags[piece.kind][1]}" for piece in pieces)
