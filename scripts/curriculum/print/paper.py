"""An order becomes a PDF. Everything of WeasyPrint is imported here and in its neighbours, inside the workers only."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from curriculum.print.drawing import keep_drawings
from curriculum.print.engine import forgetting, hasten
from curriculum.print.fetch import Fetcher
from curriculum.print.finish import claim_ua, finish, keep_languages
from curriculum.print.fold import fold, folded_pages
from curriculum.print.overhang import overhangs
from curriculum.print.rest import rule_rests
from curriculum.print.sheet import Fault, Layout, Order, rooted
from curriculum.print.stroke import keep_strokes

Anchors = dict[str, tuple[float, float, float, float]]  # left, top, right and bottom in pixels

GLYPH = re.compile(r'\.notdef glyph .*"(.+)" \((U\+[0-9A-F]+)\)', re.DOTALL)
CARD = 53 / 25.4 * 96  # pixels; a card is 60 mm high and needs some white
FEW = 3  # lines
ALT = re.compile(r'Image "(.*)" has no required alt description', re.DOTALL)

keep_languages()
keep_strokes()
keep_drawings()
hasten()


def lay_out(order: Order) -> Layout:
    """The PDF of one order, with what WeasyPrint had to say and the handouts that came out too long."""
    style, faults = _style(order.styles)
    with _listen() as heard, forgetting():
        document = _best(order, style, heard)
        rule_rests(document)
        heard += [Fault("paper-overhang", (("page", str(page)), ("text", text))) for page, text in overhangs(document)]
        pages = len(document.pages)
        anchors = [page.anchors for page in document.pages]
        blank = [page._page_box.page_type.blank for page in document.pages]
        if order.folded:
            pdf = fold(document.write_pdf(), _first_notes(anchors))
        else:
            claim_ua(document)
            pdf = document.write_pdf(finisher=finish, pdf_variant="pdf/a-3a", attachments=_attachments(order))
    if order.shorter and pages > 1:
        heard.append(Fault("plan-overflow", (("pages", str(pages)),)))
    if order.most and pages > order.most:
        heard.append(Fault("paper-overflow", (("pages", str(pages)), ("most", str(order.most)))))
    if order.folded:
        pages = folded_pages(_first_notes(anchors))
    return Layout(pdf, pages, (*faults, *heard, *_overflows(anchors, blank, order.handouts)))


def _best(order: Order, style: CSS, heard: list[Fault]) -> Any:
    """The document in the first of its ways that is as it should be, else as it was made; of plans, the fullest.

    `heard` is left with what the engine said about that one.
    """
    if order.shorter:
        return _fullest(order, style, heard)
    found, said = None, []
    for html in (order.html, *_spaced(order)):
        document = _rendered(order, html, style, heard)
        if not sparse(document):
            return document
        if found is None:
            found, said = document, [*heard]
    heard[:] = said
    return found


def _fullest(order: Order, style: CSS, heard: list[Fault]) -> Any:
    """The fullest way that fits one page, else the shortest. Looked for from the middle, where it mostly is."""
    ways = (order.html, *order.shorter)
    place = len(ways) // 2
    document, said = _rendered(order, ways[place], style, heard), [*heard]
    while len(document.pages) > 1 and place + 1 < len(ways):
        place += 1
        document, said = _rendered(order, ways[place], style, heard), [*heard]
        if len(document.pages) == 1:
            return document
    while len(document.pages) == 1 and place:
        place -= 1
        fuller = _rendered(order, ways[place], style, heard)
        if len(fuller.pages) > 1:
            break
        document, said = fuller, [*heard]
    heard[:] = said
    return document


def _rendered(order: Order, html: str, style: CSS, heard: list[Fault]) -> Any:
    heard.clear()
    return HTML(string=rooted(html, order.roots), url_fetcher=Fetcher(order.roots)).render(
        font_config=_fonts(), stylesheets=[style], pdf_variant="pdf/a-3a"
    )


def _spaced(order: Order) -> Iterator[str]:
    """The document with its lines a little closer, then a little wider. The book is too long to be laid out again."""
    for space in ("closer", "wider") if order.module else ():
        yield order.html.replace("<html ", f'<html class="{space}" ', 1)


def sparse(document: Any) -> bool:
    """Whether a page holds nothing but one to three lines of text: nobody prints a sheet for these."""
    return any(0 < _lines(page._page_box.children[0]) <= FEW for page in document.pages)


def _lines(box: Any) -> int:
    """How many lines of text, rows and drawn lines there are in a box; a picture and a card count as many."""
    kind = box.element.get("class") if box.element is not None else None
    if isinstance(box, boxes.ReplacedBox) or kind == "face":
        return FEW + 1
    if isinstance(box, boxes.LineBox):
        return 1 + sum(_lines(child) for child in box.children if not isinstance(child, boxes.TextBox))
    own = isinstance(box, boxes.TableRowBox) or kind == "line"
    return own + sum(_lines(child) for child in getattr(box, "children", ()))


def _attachments(order: Order) -> list[Attachment]:
    day = datetime(order.changed.year, order.changed.month, order.changed.day)
    return [
        Attachment(
            string=one.content, name=one.name, description=one.title, created=day, modified=day, relationship="Source"
        )
        for one in sorted(order.attached, key=lambda one: one.name)
    ]


def _first_notes(pages: list[Anchors]) -> int:
    """How many pages come before those for notes, of which a booklet takes as many as fill its last sheet."""
    return next((number for number, anchors in enumerate(pages) if "notes" in anchors), len(pages))


@cache
def _fonts() -> FontConfiguration:
    """One a process: several at once corrupt memory, one a document is slow."""
    return FontConfiguration()


@cache
def _style(styles: tuple[Path, ...]) -> tuple[CSS, tuple[Fault, ...]]:
    """The style sheets of a kind of paper, parsed once a process, with what was wrong in them."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in styles)
    roots = [path.parent for path in styles]
    with _listen() as heard:
        style = CSS(string=text, base_url=styles[0].as_uri(), url_fetcher=Fetcher(roots), font_config=_fonts())
    return style, tuple(heard)


@contextmanager
def _listen() -> Iterator[list[Fault]]:
    """Collects WeasyPrint's warnings and errors, each once."""
    heard: list[Fault] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            fault = _fault(record.getMessage())
            if fault not in heard:
                heard.append(fault)

    logger = logging.getLogger("weasyprint")
    ear = Ear(logging.WARNING)
    logger.addHandler(ear)
    try:
        yield heard
    finally:
        logger.removeHandler(ear)


def _fault(message: str) -> Fault:
    if found := GLYPH.search(message):
        return Fault("glyph-missing", (("character", found[1]), ("code", found[2])))
    if found := ALT.search(message):
        return Fault("alt-missing", (("image", found[1].rsplit("/", 1)[-1]),))
    return Fault("paper-warning", (("text", message),))


def _overflows(pages: list[Anchors], blank: list[bool], handouts: tuple[tuple[str, str, int], ...]) -> Iterator[Fault]:
    """Handouts that take more pages than they declare, measured from first anchor to last, and overfull cards.

    Pages that are `blank`, so that what follows begins on a leaf, are not counted.
    """
    page = {name: number for number, anchors in reversed(list(enumerate(pages))) for name in anchors}
    heights = {name: box[3] - box[1] for anchors in pages for name, box in anchors.items()}
    for anchor, name, declared in handouts:
        for card, height in heights.items():
            if card.startswith((f"{anchor}-front-", f"{anchor}-back-")) and height > CARD:
                yield Fault("handout-overflow", (("handout", name), ("card", card.rpartition("-")[2])))
        taken = blank[page[anchor] : page[f"{anchor}-end"] + 1].count(False)
        if taken > declared:
            values = (("handout", name), ("pages", str(taken)), ("declared", str(declared)))
            yield Fault("handout-overflow", values)
