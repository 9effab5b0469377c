"""Reads a Word document (Office Open XML, ECMA-376) as a manual, in bounded time and memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from lxml import etree

from curriculum.manual import Chapter, Left, Manual, Unreadable, begun, escaped, tidy

MAX_FILE = 60_000_000  # bytes of the file
MAX_WHOLE = 250_000_000  # bytes of all that is in it
MAX_XML = 30_000_000  # bytes of its text alone; a manual of 300 pages has three million
MAX_TAGS = 600_000
MAX_PARTS = 5_000

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADING = re.compile(r"(?:heading|título|titulo|encabezado|überschrift|titre) ?([1-9])", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|tdc|table of contents|contents)\b", re.IGNORECASE)
# Paragraphs that people make bold by hand are headings where the document has none of its own.
BOLD = re.compile(r"\*\*[^*]{2,90}[^*.;,:]:?\*\*")
BULLETS = re.compile(r"^[•·▪◦●○■□☐–]\s*(?=\S)")
BOXES = "☐□"
# Of the fonts of signs, what stands for a box to tick, a bullet or a tick.
SYMBOLS = {"F0A8": "☐", "F06F": "☐", "F071": "☐", "F0B7": "•", "F0A7": "•", "F0FC": "✓", "F0E0": "→", "F0D8": "•"}
SHOWN = 300  # letters kept of what could not be placed


def read_word(file: Path) -> Manual:
    """The document's chapters. Unreadable, with a sentence, where it is malformed, a bomb, or no document at all."""
    content = _opened(file)
    try:
        return _Reader(docx.Document(io.BytesIO(content))).read()
    except Exception as error:  # the library raises whatever it meets in a file that is not what it should be
        raise Unreadable("import.not-word", file=file.name) from error


def _opened(file: Path) -> bytes:
    """The bytes of a package whose contents are bounded."""
    try:
        if file.stat().st_size > MAX_FILE:
            raise Unreadable("import.too-large", file=file.name, size=MAX_FILE // 1_000_000)
        content = file.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
            whole, text = sum(part.file_size for part in parts), sum(part.file_size for part in texts)
            # Reading stops at the size that a part declares, so what is declared is a bound.
            if len(parts) > MAX_PARTS or whole > MAX_WHOLE or text > MAX_XML:
                raise Unreadable("import.bomb", file=file.name)
            tags = 0
            for part in texts:
                xml = package.read(part)
                if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
                    raise Unreadable("import.not-word", file=file.name)
                tags += xml.count(b"<")
            if tags > MAX_TAGS:
                raise Unreadable("import.bomb", file=file.name)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error) as error:
        raise Unreadable("import.not-word", file=file.name) from error
    return content


def _name(element: Any) -> str:
    """The local name of an element; "" for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: Any, path: str, attribute: str = "val") -> str | None:
    """An attribute of the first element at a path of w: names below."""
    found = element.find("/".join(f"{{{W}}}{part}" for part in path.split("/")))
    return None if found is None else found.get(f"{{{W}}}{attribute}")


def _letters(element: Any) -> str:
    """The text below an element, without what was deleted; paragraphs are parted by a space."""
    parts = []
    for one in element.iter(f"{{{W}}}t", f"{{{W}}}p", f"{{{W}}}tab", "{*}t"):
        parts.append(one.text or "" if _name(one) == "t" else " ")
    return re.sub(r"\s+", " ", tidy("".join(parts))).strip()


class _Reader:
    """Walks through one document. `chapter` is the last one begun, `count` the paragraphs seen in it."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.part = document.part
        self.manual = Manual()
        self.count = 0
        self.styles = {style.get(f"{{{W}}}styleId"): style for style in self.part.styles.element.iter(f"{{{W}}}style")}
        self.formats = self._formats()
        self.numbers: dict[tuple[str, int], int] = {}
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote", "comment")}
        self.is_list = False  # whether the last block is a list that the next item goes on with
        self.in_table = False
        self.changes = 0

    @property
    def chapter(self) -> Chapter:
        return self.manual.chapters[-1]

    def read(self) -> Manual:
        body = self.document.element.body
        headings = any(self._heading(one) for one in body.iter(f"{{{W}}}p"))
        for element in self._flat(body):
            self._block(element, headings)
        self._margins()
        if self.changes:
            self.manual.left.append(Left("changes", str(self.changes)))
        return self.manual

    def leave(self, kind: str, text: str = "") -> None:
        self.manual.left.append(Left(kind, text[:SHOWN], self.chapter.title, self.count))

    # What the document says about itself

    def _related(self, kind: str) -> Iterator[Any]:
        for relation in self.part.rels.values():
            if relation.reltype.rpartition("/")[2] == kind and not relation.is_external:
                yield relation.target_part

    def _notes(self, kind: str) -> dict[str, str]:
        """Footnotes, endnotes or comments by id."""
        found = {}
        for part in self._related(f"{kind}s"):
            for note in parse_xml(part.blob).iter(f"{{{W}}}{kind}"):
                found[note.get(f"{{{W}}}id")] = _letters(note)
        return found

    def _formats(self) -> dict[tuple[str, int], str]:
        """How the levels of each list are numbered: "bullet", "decimal", …"""
        formats: dict[tuple[str, int], str] = {}
        for part in self._related("numbering"):
            root = parse_xml(part.blob)
            kinds = {one.get(f"{{{W}}}abstractNumId"): one for one in root.iter(f"{{{W}}}abstractNum")}
            for number in root.iter(f"{{{W}}}num"):
                kind = kinds.get(_value(number, "abstractNumId"))
                for level in () if kind is None else kind.iter(f"{{{W}}}lvl"):
                    depth = int(level.get(f"{{{W}}}ilvl") or 0)
                    formats[number.get(f"{{{W}}}numId"), depth] = _value(level, "numFmt") or "decimal"
        return formats

    def _margins(self) -> None:
        for kind in ("header", "footer"):
            for part in self._related(kind):
                if text := _letters(parse_xml(part.blob)):
                    self.manual.left.append(Left(kind, text[:SHOWN]))

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The properties of a paragraph, then those of its style and the styles that is made from."""
        own = paragraph.find(f"{{{W}}}pPr")
        if own is not None:
            yield own
        name = None if own is None else _value(own, "pStyle")
        for _ in range(10):
            style = self.styles.get(name)
            if style is None:
                return
            yield style
            name = _value(style, "basedOn")

    def _style(self, paragraph: Any) -> str:
        names = [_value(one, "name") for one in self._chain(paragraph) if _name(one) == "style"]
        return names[0] or "" if names else ""

    def _heading(self, paragraph: Any) -> int:
        """0 where it is none; -1 for the title of the document."""
        for one in self._chain(paragraph):
            name = (_value(one, "name") or "") if _name(one) == "style" else ""
            if name.lower() in ("title", "título", "titulo"):
                return -1
            if found := HEADING.fullmatch(name):
                return int(found[1])
            level = _value(one, "outlineLvl") or _value(one, "pPr/outlineLvl") or ""
            if level.isdecimal() and int(level) < 9:
                return int(level) + 1
        return 0

    def _item(self, paragraph: Any) -> tuple[str, int] | None:
        """The list a paragraph belongs to and its depth there."""
        for one in self._chain(paragraph):
            base = "pPr/numPr/" if _name(one) == "style" else "numPr/"
            number = _value(one, f"{base}numId")
            if number:
                depth = _value(one, f"{base}ilvl") or "0"
                return None if number == "0" else (number, min(int(depth) if depth.isdecimal() else 0, 5))
        return None

    # Blocks

    def _flat(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables in order, also those inside content controls and insertions."""
        for element in parent:
            name = _name(element)
            if name == "sdt":
                gallery = element.find(f"{{{W}}}sdtPr/{{{W}}}docPartObj/{{{W}}}docPartGallery")
                if gallery is not None and CONTENTS.match(gallery.get(f"{{{W}}}val") or ""):
                    continue
                for inner in element.findall(f"{{{W}}}sdtContent"):
                    yield from self._flat(inner)
            elif name in ("ins", "moveTo", "customXml", "smartTag"):
                self.changes += name in ("ins", "moveTo")
                yield from self._flat(element)
            elif name == "altChunk":
                self.leave("embedded")
            elif name in ("p", "tbl"):
                yield element
            elif name in ("del", "moveFrom"):
                self.changes += 1

    def _block(self, element: Any, headings: bool) -> None:
        if _name(element) == "tbl":
            self._table(element)
            return
        level = self._heading(element)
        style = self._style(element)
        if CONTENTS.match(style):
            return
        self.count += 1
        pictures: list[str] = []
        text = self._inline(element, pictures).strip()
        if level == -1 and not self.manual.title:
            self.manual.title = _letters(element)
        elif level and _letters(element):
            self._begin(abs(level), element)
        elif not headings and BOLD.fullmatch(text) and not self._item(element):
            self._begin(1, element)
        else:
            self._paragraph(element, text)
        for picture in pictures:
            self._add(picture)

    def _begin(self, level: int, element: Any) -> None:
        self.manual.chapters.append(Chapter(level, escaped(_letters(element))))
        self.count, self.is_list = 0, False
        self.numbers.clear()

    def _paragraph(self, element: Any, text: str) -> None:
        if not text:
            return
        item = self._item(element)
        typed = BULLETS.match(text)
        if item or typed:
            number, depth = item or ("", 0)
            if typed:
                text = text[typed.end() :]
            if typed and typed[0][0] in BOXES:
                sign = "- [ ]"
            elif item and self.formats.get(item, "decimal") not in ("bullet", "none"):
                self.numbers[item] = self.numbers.get(item, 0) + 1
                sign = f"{self.numbers[item]}."
            else:
                sign = "-"
            for deeper in [key for key in self.numbers if key[0] == number and key[1] > depth]:
                del self.numbers[deeper]
            self._add_item("    " * depth + f"{sign} {text}", depth)
        elif re.fullmatch(r"_{3,}", text):
            self._add("---")
        else:
            self._add(begun(text))

    def _add(self, block: str) -> None:
        self.chapter.blocks.append(block)
        self.is_list = False

    def _add_item(self, line: str, depth: int) -> None:
        sign = "." if re.match(r"\s*\d", line) else "-"
        last = self.chapter.blocks[-1] if self.is_list and self.chapter.blocks else ""
        same = last and (depth or ("." if re.match(r"\d", last) else "-") == sign)
        if same:
            self.chapter.blocks[-1] = f"{last}\n{line}"
        else:
            # A list does not begin with a deeper item.
            self.chapter.blocks.append(line.strip())
        self.is_list = True

    def _table(self, table: Any) -> None:
        rows: list[list[str]] = []
        merged = 0
        pictures: list[str] = []
        self.count += 1
        for row in table.iter(f"{{{W}}}tr"):
            if next(row.iterancestors(f"{{{W}}}tbl")) is not table:
                continue
            cells: list[str] = []
            for cell in row.iter(f"{{{W}}}tc"):
                if next(cell.iterancestors(f"{{{W}}}tr")) is not row:
                    continue
                span = int(_value(cell, "tcPr/gridSpan") or 1)
                going_on = cell.find(f"{{{W}}}tcPr/{{{W}}}vMerge")
                continued = going_on is not None and going_on.get(f"{{{W}}}val") != "restart"
                merged += (span > 1) + continued
                cells += ["" if continued else self._cell(cell, pictures), *[""] * (min(span, 60) - 1)]
            rows.append(cells)
        if merged:
            self.leave("merged", next((cell for row in rows for cell in row if cell), ""))
        self.is_list = False
        rows = [row for row in rows if any(row)]
        if len(rows) == 1 and len(rows[0]) == 1:
            # A table of one cell is a box around a text.
            self._add("\n>\n".join(f"> {begun(line)}" for line in rows[0][0].split("<br>") if line.strip()))
        elif rows:
            width = max(map(len, rows))
            padded = [[cell.replace("|", "\\|") for cell in (*row, *[""] * (width - len(row)))] for row in rows]
            lines = [padded[0], ["---"] * width, *padded[1:]]
            self._add("\n".join(f"| {' | '.join(line)} |" for line in lines))
        for picture in pictures:
            self._add(picture)

    def _cell(self, cell: Any, pictures: list[str]) -> str:
        lines = []
        self.in_table = True
        for element in self._flat(cell):
            if _name(element) == "tbl":
                self.leave("nested", _letters(element))
            elif text := self._inline(element, pictures).strip():
                item = self._item(element) is not None and not BULLETS.match(text)
                lines.append(f"• {text}" if item else text)
        self.in_table = False
        return "<br>".join(lines)

    # What stands in a line

    def _inline(self, paragraph: Any, pictures: list[str]) -> str:
        """The Markdown of a paragraph; its pictures are put aside, to stand below it."""
        pieces: list[tuple[str, str]] = []  # (marks, text)
        self._pieces(paragraph, pieces, pictures, "")
        joined: list[tuple[str, str]] = []
        for marks, text in pieces:
            # A space alone takes the marks of what it follows.
            if joined and (joined[-1][0] == marks or (not text.strip() and "](" not in marks)):
                joined[-1] = (joined[-1][0], joined[-1][1] + text)
            elif text:
                joined.append((marks, text))
        return "".join(_marked(marks, text) for marks, text in joined)

    def _pieces(self, parent: Any, pieces: list[tuple[str, str]], pictures: list[str], link: str) -> None:
        for element in parent:
            name = _name(element)
            if name == "r":
                self._run(element, pieces, pictures, link)
            elif name == "hyperlink":
                self._pieces(element, pieces, pictures, self._target(element))
            elif name in ("ins", "moveTo"):
                self.changes += 1
                self._pieces(element, pieces, pictures, link)
            elif name in ("del", "moveFrom"):
                self.changes += 1
            elif name in ("smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo", "customXml"):
                self._pieces(element, pieces, pictures, link)
            elif name in ("oMath", "oMathPara"):
                self.leave("formula", _letters(element))

    def _target(self, element: Any) -> str:
        relation = self.part.rels.get(element.get(f"{{{_R}}}id") or "")
        target = relation.target_ref if relation is not None and relation.is_external else ""
        if re.match(r"https?://[^\s()<>\"]+$", target):
            return str(target)
        if target and not target.startswith(("mailto:", "tel:")):
            self.leave("link", target)
        return ""

    def _run(self, run: Any, pieces: list[tuple[str, str]], pictures: list[str], link: str) -> None:
        properties = run.find(f"{{{W}}}rPr")
        marks = ""
        if properties is not None:
            if _on(properties, "vanish"):
                if text := _letters(run):
                    self.leave("hidden", text)
                return
            marks = "**" * _on(properties, "b") + "*" * _on(properties, "i")
        if link:
            marks += f"]({link})"
        for element in run:
            name = _name(element)
            if name == "t":
                pieces.append((marks, escaped(tidy(element.text or ""))))
            elif name in ("tab", "ptab"):
                pieces.append((marks, " "))
            elif name in ("br", "cr"):
                if element.get(f"{{{W}}}type") not in ("page", "column"):
                    pieces.append((marks, "<br>"))
            elif name == "noBreakHyphen":
                pieces.append((marks, "-"))
            elif name == "sym":
                sign = SYMBOLS.get((element.get(f"{{{W}}}char") or "").upper(), "")
                pieces.append((marks, sign))
                if not sign:
                    self.leave("sign")
            elif name.endswith("Reference") and name[:-9] in self.notes:
                self.leave(name[:-9], self.notes[name[:-9]].get(element.get(f"{{{W}}}id") or "", ""))
            elif name == "object":
                self.leave("embedded", _letters(element))
            elif name in ("drawing", "pict", "AlternateContent"):
                self._drawing(element, pictures)

    def _drawing(self, element: Any, pictures: list[str]) -> None:
        """Pictures are kept; text boxes, charts, diagrams and shapes are left with their words."""
        if _name(element) == "AlternateContent":
            # The same thing twice, for newer and for older programs.
            choices = list(element)
            if choices:
                for inner in choices[0].iter(f"{{{W}}}drawing", f"{{{W}}}pict"):
                    self._drawing(inner, pictures)
            return
        alt = ""
        for one in element.iter("{*}docPr", "{*}shape"):
            alt = alt or one.get("descr") or one.get("alt") or ""
        found = False
        for box in element.iter(f"{{{W}}}txbxContent"):
            if text := _letters(box):
                found = True
                self.leave("text-box", text)
        for data in element.iter("{*}graphicData"):
            kind = (data.get("uri") or "").rpartition("/")[2]
            if kind in ("chart", "chartex", "diagram"):
                found = True
                self.leave("chart" if kind != "diagram" else "diagram", tidy(alt))
        for picture in element.iter("{*}blip", "{*}imagedata"):
            if next(picture.iterancestors(f"{{{W}}}txbxContent"), None) is not None:
                continue
            found = True
            name = picture.get(f"{{{_R}}}embed") or picture.get(f"{{{_R}}}id") or ""
            relation = self.part.rels.get(name)
            if relation is None or relation.is_external:
                self.leave("picture", tidy(alt))
                continue
            blob = relation.target_part.blob
            if file := self.manual.picture(str(relation.target_part.partname), blob):
                words = re.sub(r"[][\s]+", " ", tidy(alt)).strip()
                pictures.append(f"![{escaped(words)}](images/{file})")
            else:
                old = str(relation.target_part.partname).lower().endswith((".wmf", ".emf"))
                self.leave("metafile" if old else "picture", tidy(alt))
        if not found:
            self.leave("shape", tidy(alt))


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _on(properties: Any, name: str) -> bool:
    found = properties.find(f"{{{W}}}{name}")
    return found is not None and found.get(f"{{{W}}}val") not in ("0", "false", "off", "none")


def _marked(marks: str, text: str) -> str:
    """Text between its marks, spaces outside: `**word** `."""
    sign, _, link = marks.partition("](")
    if not text.strip() or not marks:
        return text
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    # A mark does not reach over the end of a line.
    middle = text.strip()
    if sign:
        middle = "<br>".join(f"{sign}{one.strip()}{sign}" if one.strip() else one for one in middle.split("<br>"))
    return f"{head}[{middle}]({link}{tail}" if link else f"{head}{middle}{tail}"
