"""Blocks that are HTML from end to end, carried past Markdown: they are most of a page, and stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

BEGINS = re.compile(r"<(aside|details|div|dl|figure|header|nav|ol|p|section|table|ul)\b")
FENCE = re.compile(r"^ *(?:```|~~~)", re.MULTILINE)
MARK = "\ue000lifted:"
LIFTED = re.compile(rf'<div>{MARK}(\d+);(?:<i id="[^"]*"></i>)*</div>')
ID = re.compile(r'\sid="([^"]+)"')


def lifted(markdown: str) -> tuple[str, list[str]]:
    """The text with a mark in the place of each such block, and the blocks.

    A mark has the ids of its block, so that the generator knows where links may lead. Code is left alone.
    """
    blocks: list[str] = []
    if FENCE.search(markdown):
        return markdown, blocks
    pieces = markdown.split("\n\n")
    for nth, piece in enumerate(pieces):
        begins = BEGINS.match(piece)
        if begins and piece.rstrip().endswith(f"</{begins[1]}>") and " markdown=" not in piece:
            ids = "".join(f'<i id="{name}"></i>' for name in ID.findall(piece))
            pieces[nth] = f"<div>{MARK}{len(blocks)};{ids}</div>"
            blocks.append(piece)
    return "\n\n".join(pieces), blocks


def put_back(html: str, blocks: Sequence[str]) -> str:
    """What Markdown made of the text, with the blocks in the places of their marks."""
    return LIFTED.sub(lambda mark: blocks[int(mark[1])], html)
