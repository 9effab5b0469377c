"""Mends the tags that WeasyPrint 70 writes, so that one file is PDF/UA-1 as well as PDF/A-3a.

Works on the objects of pydyf, just before they are written. Clauses are those of ISO 14289-1 (PDF/UA-1) and, where they
say so, of ISO 32000-1 (PDF 1.7). An object cannot be taken out of the file, since its place is its number; what is no
longer used is emptied.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

PIXEL = 0.75  # points in a CSS pixel
HOLLOW = {"/Span", "/NonStruct", "/Div", "/P", "/Sect", "/L", "/LI", "/LBody", "/Lbl", "/Part", "/Art", "/BlockQuote"}
HOLDERS = {"/LI": "/L", "/LBody": "/LI"}
SINGLE = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}
# The extension schema says what pdfuaid:part is: ISO 19005-3, 6.6.2.3 allows no property it does not know.
UA_METADATA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def claim_ua(document: Any) -> None:
    """Let the metadata say PDF/UA-1 (7.1, 5) beside PDF/A-3a; WeasyPrint knows one variant a file."""
    generate = document.metadata.generate_rdf_metadata

    def both(*arguments: Any, **options: Any) -> bytes:
        return bytes(generate(*arguments, **options).replace(b"</rdf:RDF>", UA_METADATA + b"</rdf:RDF>"))

    document.metadata.generate_rdf_metadata = both


def keep_languages() -> None:
    """Let WeasyPrint's tags say the language of a passage (7.2): it writes only that of the whole document."""
    build = tags._build_box_tree

    def with_language(box: Any, *arguments: Any) -> Iterator[Any]:
        source = getattr(box, "_box", box).element
        # The root's is the document's own.
        lang = source.get("lang") if source is not None and source.tag not in ("html", "body") else None
        for element in build(box, *arguments):
            if lang:
                element["Lang"] = pydyf.String(lang)
            yield element

    if build.__name__ != with_language.__name__:
        tags._build_box_tree = with_language


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's `finisher`: all mends, in an order in which none undoes another."""
    tree = _Tree(pdf)
    _links(tree)
    tiles = [number for number, page in enumerate(document.pages) if any("-tile-" in name for name in page.anchors)]
    _repeated(tree, tiles)
    _decoration(tree)
    _running(tree)
    _doubles(tree)
    _lists(tree)
    _headers(tree)
    _boxes(tree)
    _hollow(tree)
    _pack(pdf)


class _Tree:
    """The structure tree of a document under repair."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        root = self.at(pdf.catalog["StructTreeRoot"])
        self.top = self.at(root["K"][0])
        # The parent tree: for a page its elements by the number of their marked content, for an annotation its element.
        numbers = self.at(root["ParentTree"])["Nums"]
        self.owners = {numbers[index]: index + 1 for index in range(0, len(numbers), 2)}
        self.numbers = numbers

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def children(self, element: Any) -> list[Any]:
        """Structure elements right below `element`, without content and references to annotations."""
        found = (self.at(kid) for kid in element["K"] if isinstance(kid, bytes))
        return [kid for kid in found if kid.get("Type") == "/StructElem"]

    def walk(self, element: Any | None = None) -> Iterator[Any]:
        """Every element below `element`, parents before children."""
        waiting = [self.top if element is None else element]
        while waiting:
            found = self.children(waiting.pop())
            yield from found
            waiting += found

    def parent(self, element: Any) -> Any:
        return self.at(element["P"])

    def pages(self) -> Iterator[tuple[Any, Any]]:
        """Each page with its drawing instructions."""
        for reference in self.pdf.page_references:
            page = self.at(reference)
            yield page, self.at(page["Contents"])

    def to_artifacts(self, doomed: dict[tuple[int, int], pydyf.Dictionary]) -> None:
        """Turn marked content, named by page and number, into artifacts with the given properties."""
        for page, stream in self.pages():
            number = page["StructParents"]
            owners = self.numbers[self.owners[number]]
            items = stream.stream
            for index, item in enumerate(items):
                if isinstance(item, pydyf.Dictionary) and (number, item.get("MCID")) in doomed:
                    key = (number, item["MCID"])
                    owners[item["MCID"]] = "null"
                    items[index - 1], items[index] = "/Artifact", doomed[key]


def _links(tree: _Tree) -> None:
    """A link annotation belongs to a Link element (7.18.5). WeasyPrint gives every child of a link one of its own."""
    for element in list(tree.walk()):
        references = [kid for kid in element["K"] if isinstance(kid, bytes) and tree.at(kid).get("Type") == "/OBJR"]
        if not references:
            continue
        above = tree.parent(element)
        while above is not tree.top and above.get("S") != "/Link":
            above = tree.parent(above)
        if above is tree.top:
            continue
        for reference in references:
            element["K"].remove(reference)
            above["K"].append(reference)
            annotation = tree.at(tree.at(reference)["Obj"])
            tree.numbers[tree.owners[annotation["StructParent"]]] = above.reference
        if element["S"] == "/Link":
            element["S"] = "/Span"


def _decoration(tree: _Tree) -> None:
    """A picture without a description is decoration, and that is an artifact (7.3)."""
    pages = {reference: tree.at(reference)["StructParents"] for reference in tree.pdf.page_references}
    doomed = {}
    for element in list(tree.walk()):
        if element["S"] == "/Figure" and "Alt" not in element:
            for kid in element["K"]:
                if isinstance(kid, int):
                    doomed[pages[element["Pg"]], kid] = pydyf.Dictionary({"Type": "/Layout"})
            element["K"] = pydyf.Array()
            element["S"] = "/NonStruct"
    if doomed:
        tree.to_artifacts(doomed)


def _repeated(tree: _Tree, pages: list[int]) -> None:
    """The tiles of a poster repeat what its own page says, so they are artifacts and nobody hears them twice."""
    references = [tree.pdf.page_references[index] for index in pages]
    numbers = {reference: tree.at(reference)["StructParents"] for reference in references}
    doomed = {}
    for element in list(tree.walk()) if pages else ():
        number = numbers.get(element.get("Pg"))
        if number is not None:
            marks = [kid for kid in element["K"] if isinstance(kid, int)]
            doomed.update({(number, mark): pydyf.Dictionary({"Type": "/Layout"}) for mark in marks})
            element["K"] = pydyf.Array(kid for kid in element["K"] if not isinstance(kid, int))
            element["S"] = "/NonStruct"
    if doomed:
        tree.to_artifacts(doomed)


def _running(tree: _Tree) -> None:
    """Running headers and footers are pagination artifacts (7.8). WeasyPrint leaves their elements outside the tree."""
    inside = {id(tree.top), *(id(element) for element in tree.walk())}
    doomed = {}
    for page, stream in tree.pages():
        number = page["StructParents"]
        owners = tree.numbers[tree.owners[number]]
        middle = page["MediaBox"][3] / PIXEL / 2
        for mark, owner in enumerate(owners):
            if owner == "null" or id(tree.at(owner)) in inside:
                continue
            below = _height(stream.stream, mark) > middle
            kind, edge = ("/Footer", "[/Bottom]") if below else ("/Header", "[/Top]")
            doomed[number, mark] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": kind, "Attached": edge})
    tree.to_artifacts(doomed)
    for item in tree.pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem" and id(item) not in inside:
            item.clear()


def _height(items: list[Any], mark: int) -> float:
    """How far below the top edge, in pixels, the first text of a piece of marked content stands."""
    marked = iter(items)
    for item in marked:
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") == mark:
            break
    for item in marked:
        if isinstance(item, bytes) and item.endswith(b" Tm"):
            return float(item.split()[5])
    return 0.0


def _doubles(tree: _Tree) -> None:
    """A heading or paragraph holds no other of its kind, a list item stands in a list (ISO 32000-1, 14.8.4.3).

    WeasyPrint names the boxes that it makes up itself after the element around them.
    """
    for element in tree.walk():
        kind, above = element["S"], tree.parent(element)
        stray = above["S"] != HOLDERS.get(kind, above["S"])
        while above["S"] == "/NonStruct":
            above = tree.parent(above)
        if stray or (kind == above["S"] and kind in SINGLE):
            element["S"] = "/NonStruct"


def _lists(tree: _Tree) -> None:
    """A list item holds a label and one body (14.8.4.3.3). WeasyPrint leaves the blocks of loose lists outside."""
    for item in [element for element in tree.walk() if element["S"] == "/LI"]:
        kids = [(kid, tree.at(kid)) for kid in item["K"] if isinstance(kid, bytes)]
        rest = [(reference, kid) for reference, kid in kids if kid.get("S") != "/Lbl"]
        if not rest or (len(rest) == 1 and rest[0][1].get("S") == "/LBody"):
            continue
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"], "P": item.reference}
        )
        tree.pdf.add_object(body)
        for reference, kid in rest:
            # A body among them is dissolved into the new one.
            for moved in kid["K"] if kid.get("S") == "/LBody" else [reference]:
                body["K"].append(moved)
                if isinstance(moved, bytes) and "P" in tree.at(moved):
                    tree.at(moved)["P"] = body.reference
        item["K"] = pydyf.Array([reference for reference, kid in kids if kid.get("S") == "/Lbl"] + [body.reference])


def _headers(tree: _Tree) -> None:
    """A header cell says what it heads (7.5): its column in the table's head, its row elsewhere."""
    for element in tree.walk():
        if element["S"] == "/TH":
            above = tree.parent(element)
            while above["S"] not in ("/THead", "/Table"):
                above = tree.parent(above)
            element["A"]["Scope"] = "/Column" if above["S"] == "/THead" else "/Row"


def _boxes(tree: _Tree) -> None:
    """A figure's box is in points from below (ISO 32000-1, 14.8.5.4.5). WeasyPrint counts pixels from the top."""
    for element in tree.walk():
        if element["S"] == "/Figure":
            height = tree.at(element["Pg"])["MediaBox"][3]
            left, top, right, bottom = element["A"]["BBox"]
            box = (left * PIXEL, height - bottom * PIXEL, right * PIXEL, height - top * PIXEL)
            element["A"]["BBox"] = pydyf.Array(round(side, 2) for side in box)


def _hollow(tree: _Tree) -> None:
    """Elements without content say nothing (7.1): boxes to tick, lines to write on, what became an artifact above."""

    def hollow(element: Any) -> bool:
        for child in tree.children(element):
            if hollow(child):
                element["K"].remove(child.reference)
                child.clear()
        return element["S"] in HOLLOW and not element["K"]

    hollow(tree.top)


def _pack(pdf: Any) -> None:
    """Streams are packed once. The engine does it twice, for the file and for its identifier, and at zlib's slowest."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            packed = zlib.compress(b"\n".join(_bytes(part) for part in item.stream), 9)
            item.extra["Filter"] = "/FlateDecode"
            item.stream, item.compress = [packed], False


def _bytes(part: Any) -> bytes:
    return part if type(part) is bytes else bytes(pydyf._to_bytes(part))
