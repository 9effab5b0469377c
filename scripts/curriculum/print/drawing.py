"""Drawings that were drawn before: the same icon in the same size is put on the page again as it was."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint.images import SVGImage

MOST = 1000  # drawings kept a process
COLOURS = ("_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke")

_drawn: dict[tuple[object, ...], tuple[bytes, list[tuple[str, Any]]]] = {}


def keep_drawings() -> None:
    """Let WeasyPrint draw each SVG once in every size and at every scale, which decides how fine its lines may be."""
    draw = SVGImage.draw

    def once(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        colours = [getattr(stream, name) for name in COLOURS]
        key = (_digest(image), width, height, abs(stream.ctm.determinant), *colours)
        states = stream._resources["ExtGState"]
        if kept := _drawn.get(key):
            content, used = kept
            stream.stream.append(content)
            for name, state in used:
                states.setdefault(name, state)
            # As after the last `pop_state` of a drawing.
            for name in (*COLOURS, "_current_font"):
                setattr(stream, name, None)
            return
        start, others = len(stream.stream), _others(stream)
        draw(image, stream, width, height, style)
        items = [pydyf._to_bytes(item) for item in stream.stream[start:]]
        # What has letters in it, or shades, or groups, names things that belong to this one document.
        if items and b"BT" not in items and others == _others(stream):
            if len(_drawn) >= MOST:
                _drawn.clear()
            names = dict.fromkeys(item[1:-3].decode() for item in items if item.endswith(b" gs"))
            _drawn[key] = b"\n".join(items), [(name, states[name]) for name in names]

    if draw.__name__ != once.__name__:
        SVGImage.draw = once


def _digest(image: Any) -> bytes:
    found = image.__dict__.get("digest")
    if found is None:
        found = image.digest = sha256(ElementTree.tostring(image._svg.tree._etree_node)).digest()
    return bytes(found)


def _others(stream: Any) -> tuple[int, ...]:
    """How many things of each kind the page has for its drawings, beside transparencies."""
    return tuple(len(stream._resources[kind]) for kind in ("XObject", "Pattern", "Shading"))
