"""What reaches beyond the area of its page that is written on: the printer cuts it off, or the fold runs through it."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes

SLACK = 2.0  # pixels, half a millimetre: cards to be cut are drawn with their lines outside
WORDS = 40  # characters that say where it is


def overhangs(document: Any) -> Iterator[tuple[int, str]]:
    """The number of each page on which something stands out, with the first words of what does."""
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        left, top = box.content_box_x(), box.content_box_y()
        area = left - SLACK, left + box.width + SLACK, top + box.height + SLACK
        if found := next(_beyond(box.children[0], *area), None):
            yield number, _words(found)


def _beyond(box: Any, left: float, right: float, bottom: float) -> Iterator[Any]:
    """What is inside the box and reaches beyond the area. Marks of lists stand outside their lines."""
    for child in getattr(box, "children", ()):
        if child.element_tag.endswith("::marker"):
            continue
        x, y = child.border_box_x(), child.border_box_y()
        low = y + child.border_height() > bottom and child.style["position"] == "static"
        if child.border_height() and (x < left or x + child.border_width() > right or low):
            yield child
        # A window shows part of what is larger, as on the sheets of a poster.
        elif child.style["overflow"] == "visible":
            yield from _beyond(child, left, right, bottom if child.style["position"] == "static" else inf)


def _words(box: Any) -> str:
    inner = box.descendants() if isinstance(box, boxes.ParentBox) else (box,)
    text = " ".join(child.text.strip() for child in inner if isinstance(child, boxes.TextBox))
    return (text or box.element_tag)[:WORDS].strip()
