"""The rest of a page that nothing came to stand on is ruled, to be written on: facilitators take notes on their guide.

A template says with an empty `<div class="rest">` where text may end early, since what follows begins on a new page or
was too tall for this one. It takes no room. Once all is laid out, lines are drawn where much of the page is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MILLIMETRE = 96 / 25.4  # pixels
ROOM = 40 * MILLIMETRE  # less than this is left white
FIRST, STEP = 14 * MILLIMETRE, 9.5 * MILLIMETRE  # room for a line written by hand
RULE = 4 / 3  # pixels: one point
FOOT = 4 * MILLIMETRE  # as much again lies between a page's text and the rule of its foot


def rule_rests(document: Any) -> None:
    """Draw the lines, and take away what marked their places."""
    for page in document.pages:
        root = page._page_box.children[0]
        bottom = page._page_box.content_box_y() + page._page_box.height
        last = _last(root)
        for parent, rest in list(_rests(root)):
            room = bottom - rest.position_y
            lines = _lines(rest, bottom) if rest is last and room >= ROOM else ()
            parent.children = [box for child in parent.children for box in (lines if child is rest else (child,))]


def _lines(rest: Any, bottom: float) -> Iterator[Any]:
    down = FIRST
    while rest.position_y + down <= bottom - FOOT:
        line = rest.copy()
        line.translate(0, down)
        line.border_bottom_width = RULE
        yield line
        down += STEP


def _is_rest(box: Any) -> bool:
    return box.element is not None and box.element_tag == "div" and box.element.get("class") == "rest"


def _rests(box: Any) -> Iterator[tuple[Any, Any]]:
    """The places in the `<main>` of a page, each with the box it is in."""
    for child in getattr(box, "children", ()):
        if _is_rest(child):
            yield box, child
        elif child.element_tag in ("body", "main"):
            yield from _rests(child)


def _last(box: Any) -> Any:
    """What stands last on a page."""
    while not _is_rest(box) and hasattr(box, "children") and box.children:
        box = box.children[-1]
    return box
