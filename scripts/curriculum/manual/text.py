"""Reads a Markdown file from elsewhere as a manual: of its HTML, links and pictures only what is safe is kept."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from pathlib import Path

from curriculum.address import external
from curriculum.frontmatter import read_page
from curriculum.manual import Chapter, Left, Manual, Unreadable, tidy
from curriculum.markdown import CALLOUTS, COMMENT, DEFINITION, FENCED, Link, Mark, Scan, scan
from curriculum.picture import judge
from curriculum.problem import Problem
from curriculum.sanitise import SCHEMES, WRITTEN

MAX_FILE = 1_000_000  # bytes, as many as a book has
MAX_PICTURE = 30_000_000
FOOTNOTE = re.compile(r"^\[\^[^\]\n]+\]:.*$|(?<! ) ?\[\^[^\]\n]+\]", re.MULTILINE)
MAIL = re.compile(r"<([^<>\s]*@[^<>\s]*)>")
# The callouts of forges, as the nearest of our own.
ALERTS = {"note": "tip", "tip": "tip", "important": "care", "warning": "care", "caution": "care"}
SHOWN = 300

Edit = tuple[int, int, str]


def read_text(file: Path, facts: Collection[str]) -> Manual:
    """The file's chapters; `facts` are the ids that it may cite. Unreadable, with a sentence, where it is no text."""
    if not file.is_file() or file.stat().st_size > MAX_FILE:
        raise Unreadable("import.too-large", file=file.name, size=1)
    document, problems = read_page(file, file.name)
    if any(one.rule == "encoding" for one in problems):
        raise Unreadable("import.not-text", file=file.name)
    text, first = (document.body, document.body_line) if document.body else (_raw(file, problems), 1)
    # The sanitiser writes entities as their signs, and so do we; what they stand for is then looked at as well.
    text = re.sub(r"&(?!(?:amp|lt|gt);)#?\w{1,32};", lambda entity: html.unescape(entity[0]), text)
    text = tidy(text.expandtabs(4))
    manual = Manual()
    if isinstance(document.data, dict) and isinstance(title := document.data.get("title"), str):
        manual.title = title
    text = _apply(text, sorted(_edits(manual, text, scan(text, first), first, file, facts)))
    manual.left.sort(key=lambda one: one.line)
    found = scan(text)
    manual.chapters[0].blocks = _blocks(text[: found.headings[0].start] if found.headings else text)
    ends = [heading.start for heading in found.headings[1:]] + [len(text)]
    for heading, end in zip(found.headings, ends, strict=False):
        manual.chapters.append(Chapter(heading.level, " ".join(heading.text.split()), _blocks(text[heading.end : end])))
    return manual


def _raw(file: Path, problems: list[Problem]) -> str:
    return file.read_text("utf-8-sig").lstrip("-\n") if problems else ""


def _blocks(text: str) -> list[str]:
    """What blank lines part; code stays whole."""
    kept = FENCED.sub(lambda found: re.sub(r"\n(?=\n)", "\n\0", found[0]), text)
    return [block.replace("\0", "").strip("\n") for block in re.split(r"\n[ \t]*\n", kept) if block.strip()]


def _apply(text: str, edits: list[Edit]) -> str:
    pieces, at = [], 0
    for start, end, new in edits:
        if start < at:
            continue  # inside something that is replaced already
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _edits(manual: Manual, text: str, found: Scan, first: int, file: Path, facts: Collection[str]) -> Iterator[Edit]:
    """What is to be replaced; the text begins on line `first` of its file."""

    def leave(kind: str, what: str, line: int) -> None:
        manual.left.append(Left(kind, what[:SHOWN], line=line))

    newlines = [match.start() for match in re.finditer("\n", text)]
    uncoded = FENCED.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    for pattern, kind in ((COMMENT, "comment"), (FOOTNOTE, "footnote")):
        for match in pattern.finditer(uncoded):
            leave(kind, match[0], first + bisect_left(newlines, match.start()))
            yield (*match.span(), "")
    for match in MAIL.finditer(uncoded):
        yield (*match.span(), match[1])
    for tag in found.tags:
        names = {part.split("=")[0].strip().lower() for part in re.findall(r"[^\s/>=]+\s*=", tag.rest)}
        name = tag.name.lower()
        if name not in WRITTEN or not tag.rest or not names <= WRITTEN[name]:
            leave("html", text[tag.start : tag.end], tag.place.line)
            yield tag.start, tag.start + 1, "&lt;"
    for citation in found.citations:
        if citation.name not in facts:
            leave("citation", text[citation.start : citation.end], citation.place.line)
            yield citation.start, citation.end, ""
    for callout in found.callouts:
        if callout.name not in CALLOUTS:
            yield _callout(text, callout)
    for attributes in found.attributes:
        if "=" in attributes.name:
            leave("html", attributes.name, attributes.place.line)
            yield attributes.start, attributes.end, ""
    for link in found.links:
        yield from _link(manual, text, link, file)


def _callout(text: str, callout: Mark) -> Edit:
    known = ALERTS.get(callout.name.lower())
    whole = text[callout.start : callout.end]
    return callout.start, callout.end, re.sub(r"\[!.*", f"[!{known}]" if known else f"**{callout.name}**", whole)


def _link(manual: Manual, text: str, link: Link, file: Path) -> Iterator[Edit]:
    start, end = link.span
    whole = text[start:end]
    scheme = link.target.split(":", 1)[0].lower()
    safe = external(link.target) and not link.target.startswith("//") and scheme in SCHEMES and "&" not in scheme
    if link.image:
        if name := _picture(manual, link, file):
            yield link.start, link.end, f"images/{name}"
        else:
            manual.left.append(Left("picture", link.text or link.target, line=link.place.line))
            yield start, end, ""
        return
    if safe and scheme in ("http", "https"):
        return
    if whole.startswith("<"):
        yield start, end, link.target.removeprefix("mailto:")
    elif whole.startswith("[^"):
        return  # a footnote
    elif DEFINITION.match(whole):
        manual.left.append(Left("link", whole[:SHOWN], line=link.place.line))
        yield start, end, ""
    elif whole.startswith("["):
        # The brackets go, the words stay, with what is marked in them.
        if scheme not in ("mailto", "tel"):
            manual.left.append(Left("link", whole[:SHOWN], line=link.place.line))
        yield start, start + 1, ""
        yield start + 1 + len(link.text), end, ""


def _picture(manual: Manual, link: Link, file: Path) -> str:
    """The name of a picture that lies below the file's own folder, or ""."""
    if external(link.target) or link.target.startswith("/"):
        return ""
    home = file.parent.resolve()
    source = home / link.target.replace("%20", " ")
    try:
        inside = source.resolve().is_relative_to(home) and source.is_file() and not source.is_symlink()
        if not inside or source.stat().st_size > MAX_PICTURE:
            return ""
        if source.suffix.lower() == ".svg":
            verdict = judge(source)
            if verdict.usable or verdict.unsafe:
                return ""
            if str(source) not in manual.names:
                manual.names[str(source)] = manual.keep(".svg", source.read_bytes())
            return manual.names[str(source)]
        return manual.picture(str(source), source.read_bytes())
    except (OSError, ValueError):
        return ""
