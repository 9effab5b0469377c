"""The project's Markdown dialect: what stands where in a text, and the one list of extensions for site and paper."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify, unique

from curriculum.problem import Place
from curriculum.sanitise import harmless
from curriculum.words import Words

EXTENSIONS = [
    "attr_list", "fenced_code", "md_in_html", "sane_lists", "tables", "toc",
    "pymdownx.quotes", "pymdownx.tasklist",
]  # fmt: skip
EXTENSION_CONFIGS: dict[str, dict[str, Any]] = {"pymdownx.quotes": {"callouts": True}}
CALLOUTS = ("say", "ask", "listen", "tip", "short", "care", "plan-b")

# [@F30], or [@F04 pending]: the text knows that the fact is past its review and says so.
CITATION = re.compile(r"\[@([^\]\n]{0,40}?)(?: +(pending))?\]")
CALLOUT = re.compile(r"^[ \t]*>[ ]*\[!([\w-]+)\][ \t]*$", re.MULTILINE)
# The sign first, then that it begins its line: to look for a sign is much cheaper than to try every line.
HEADING = re.compile(r"#(?<![^\n]#)#{0,5}[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
UNDERLINED = re.compile(r"\n(?:=+|-+)[ \t]*$", re.MULTILINE)
SETEXT = re.compile(r"^(?![#>\-*+|\s]|\d+\.)([^\n]+)\n(=+|-+)[ \t]*$", re.MULTILINE)
HEADING_ID = re.compile(r"[ \t]*\{:?[^{}\n]*#([\w-]+)[^{}\n]*\}$")
# Whatever may be long has a bound: without it a page of open brackets takes minutes, since each looks for its end.
LINK = re.compile(
    r"""(?P<bang>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]{0,400}\]){0,4000})\]"""
    r"""\([ \t]{0,40}(?:<(?P<angled>[^<>\n]{0,4000}+)>|(?P<target>[^)\s]{0,4000}+))"""
    r"""(?:[ \t\n]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\)"""
)
DEFINITION = re.compile(r"^[ ]{0,3}\[(?!@)[^\]\n]+\]:[ \t]*(?P<target>\S+)", re.MULTILINE)
AUTOLINK = re.compile(r"<(?P<target>[A-Za-z][\w+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
TAG = re.compile(r"<([/!?]?)([A-Za-z][\w:-]*)?([^<>]{0,400}>)?")
COMMENT = re.compile(r"<!--(?![->])[^<>]*?-->")
ATTRIBUTES = re.compile(r"\{:?[^\n]{0,4000}\}")
# Underscores in a row within a line are a place to write; alone on a line they are a rule.
BLANK = re.compile(r"(?<=[^\s_\\`])[^\S\n]*_{3,}|_{3,}(?=[^\S\n]*[^\s_`])")
# Typewriter signs, and before them in the choice what must keep its own: code, tags, braces, targets of links, rules.
TYPED = re.compile(
    r"""(?P<keep>^(?P<fence>```|~~~).*?(?:^(?P=fence)|\Z)|`[^`\n]*`|<[^<>\n]*>|\{:?[^{}\n]*\}|\]\([^()\n]*\)|^\[[^\]\n]+\]:.*$"""
    r"""|^[ \t|:-]+$|---+)|(?P<double>")|(?P<single>')|(?P<dots>(?<!\.)\.\.\.(?!\.))|(?P<dash>(?<!-)--(?!-))""",
    re.MULTILINE | re.DOTALL,
)
# An item right below a line of a quotation is read as the quotation going on.
SWALLOWED = re.compile(r"^ {0,3}>[^\n]*\n {0,3}(\d{1,9}[.)]|[-*+])(?=[ \t])", re.MULTILINE)
FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    id: str
    explicit: bool
    place: Place
    start: int
    end: int


@dataclass(frozen=True)
class Link:
    """A link or an image; `start` and `end` are the span of its target in the text, `span` that of the whole."""

    target: str
    text: str
    image: bool
    place: Place
    start: int
    end: int
    span: tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A citation, callout, tag or list of attributes: its name, the rest of it, its place and span."""

    name: str
    rest: str
    place: Place
    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """A level-2 section: its heading and the text below it, up to the next one."""

    heading: Heading
    text: str
    line: int


@dataclass(frozen=True)
class Scan:
    """What stands where in a Markdown text. Code and comments do not count."""

    text: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    citations: tuple[Mark, ...]
    callouts: tuple[Mark, ...]
    tags: tuple[Mark, ...]
    attributes: tuple[Mark, ...]
    swallowed: tuple[Mark, ...]  # signs of list items that a quotation swallows

    @property
    def anchors(self) -> set[str]:
        return {heading.id for heading in self.headings}


def scan(text: str, first_line: int = 1) -> Scan:
    """Find headings, links, citations, callouts and HTML; the text's first line is line `first_line` of its file."""
    masked = _mask(text)
    newlines = [match.start() for match in re.finditer("\n", text)]

    def place(offset: int) -> Place:
        row = bisect_right(newlines, offset - 1)
        return Place(first_line + row, offset - (newlines[row - 1] if row else -1))

    def marks(pattern: re.Pattern[str], name: int, rest: int) -> tuple[Mark, ...]:
        return tuple(
            Mark(found[name] or "", found[rest] or "", place(found.start()), found.start(), found.end())
            for found in pattern.finditer(masked)
        )

    unlinked = AUTOLINK.sub(lambda found: " " * len(found[0]), masked)
    tags = tuple(
        Mark(found[2] or found[1], found[3] or "", place(found.start()), found.start(), found.end())
        for found in TAG.finditer(unlinked)
        if found[1] or found[2]
    )
    return Scan(
        text,
        tuple(_headings(masked, place)),
        tuple(sorted(_links(masked, place), key=lambda link: link.start)),
        marks(CITATION, 1, 2),
        marks(CALLOUT, 1, 0),
        tags,
        marks(ATTRIBUTES, 0, 0),
        tuple(
            Mark(found[1], "", place(found.start(1)), found.start(1), found.end(1))
            for found in SWALLOWED.finditer(masked)
        ),
    )


def headings(text: str, first_line: int = 1) -> tuple[Heading, ...]:
    """The headings alone, at a sixth of the cost of a scan."""
    return tuple(_headings(_mask(text), lambda offset: Place(first_line + text.count("\n", 0, offset), 1)))


def split(text: str, first_line: int = 1) -> tuple[str, list[Part]]:
    """The text before the first level-2 heading, and the parts under each of these, without a scan."""
    tops = [heading for heading in headings(text, first_line) if heading.level == 2]
    starts = [*(heading.start for heading in tops), len(text)]
    parts = [Part(top, text[top.end : end], top.place.line + 1) for top, end in zip(tops, starts[1:], strict=True)]
    return text[: starts[0]], parts


def cited(text: str) -> list[str]:
    """The facts that a text cites, in order, without a scan."""
    return [found[1] for found in CITATION.finditer(_mask(text))] if "[@" in text else []


def _mask(text: str) -> str:
    """The text with code and comments blanked out, offsets and lines kept."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    masked = FENCED.sub(blank, text) if "```" in text or "~~~" in text else text
    if "<!--" in masked:
        masked = COMMENT.sub(blank, masked)
    if "`" not in masked:
        return masked
    # A run of backticks closes with the next run of its length in the same paragraph.
    runs = [(found.start(), found.end()) for found in re.finditer("`+", masked)]
    later: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        start, end = runs[index]
        closing[index] = later.get(end - start)
        later[end - start] = index
    pieces, at, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        last = closing[index]
        if last is None or masked.find("\n\n", end, runs[last][0]) >= 0:
            index += 1
            continue
        stop = runs[last][1]
        pieces += [masked[at:start], re.sub(r"[^\n]", " ", masked[start:stop])]
        at, index = stop, last + 1
    return "".join([*pieces, masked[at:]])


def _headings(masked: str, place: Callable[[int], Place]) -> Iterator[Heading]:
    found = [(*m.span(), len(m[0]) - len(m[0].lstrip("#")), m["text"]) for m in HEADING.finditer(masked)]
    if UNDERLINED.search(masked):
        found += [(m.start(), m.end(), 1 if m[2][0] == "=" else 2, m[1]) for m in SETEXT.finditer(masked)]
    used: set[str] = set()
    for start, end, level, text in sorted(found):
        explicit = HEADING_ID.search(text)
        title = text[: explicit.start()] if explicit else text
        name = explicit[1] if explicit else unique(slugify(plain(title), "-"), used)
        used.add(name)
        yield Heading(level, title.strip(), name, bool(explicit), place(start), start, end)


def _links(masked: str, place: Callable[[int], Place]) -> Iterator[Link]:
    for found in LINK.finditer(masked):
        group = "angled" if found["angled"] is not None else "target"
        start, end = found.span(group)
        yield Link(found[group], found["text"], bool(found["bang"]), place(found.start()), start, end, found.span())
        # An image may stand inside the text of a link.
        for inner in LINK.finditer(found["text"]):
            shift = found.start("text")
            start, end, first, last = (shift + offset for offset in (*inner.span("target"), *inner.span()))
            at = place(first)
            yield Link(inner["target"] or "", inner["text"], bool(inner["bang"]), at, start, end, (first, last))
    for pattern in (DEFINITION, AUTOLINK):
        for found in pattern.finditer(masked):
            start, end = found.span("target")
            target = found["target"]
            if pattern is AUTOLINK and ":" not in target:
                target = f"mailto:{target}"
            yield Link(target, target, False, place(found.start()), start, end, found.span())


def plain(markdown: str) -> str:
    """A line of Markdown without its marks: what a reader sees."""
    text = LINK.sub(lambda found: found["text"], CITATION.sub("", markdown))
    text = re.sub(r"\{:?[^{}\n]*\}", "", text)
    text = re.sub(r"(\*\*|__|\*|`)", "", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^<>]*>", "", text))).strip()


def prepare(
    text: str,
    w: Words,
    cite: Callable[[Mark], str],
    route: Callable[[Link], str | None],
    revise: Callable[[str], str] | None = None,
) -> str:
    """The text as the generators read it: callouts titled, citations numbered and linked, targets and type made right.

    `cite` gives the HTML in place of a citation; `route` the address of a link or image where the page will be,
    or None where nothing can be reached, so that only the link's text stays. `revise` changes the text
    before, with the citations still in it.
    """
    text = harmless(text, render)
    if revise:
        text = revise(text)
    found = scan(text)
    edits: list[tuple[int, int, str]] = []
    for callout in found.callouts:
        if callout.name in CALLOUTS:
            title = w(f"callout.{callout.name}")
            edits.append((callout.start, callout.end, f"{text[callout.start : callout.end].rstrip()} {title}"))
    edits += [(citation.start, citation.end, cite(citation)) for citation in found.citations]
    for target in found.links:
        address = route(target)
        if address is None:
            edits.append((*target.span, target.text))
        elif address != target.target:
            edits.append((target.start, target.end, address))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    # Two blanks to write on in one cell would be taken for the signs of bold type.
    text = BLANK.sub(lambda blank: blank[0].replace("_", "\\_"), text)
    return typeset(text)


def typeset(text: str) -> str:
    """Typewriter quotation marks, apostrophes, dashes and dots as printed ones; “ ” as in Mexican Spanish.

    The library's own extension for it would read every text a second time, for two fifths of the time of a page.
    """
    if not any(sign in text for sign in ('"', "'", "...", "--")):
        return text

    def printed(found: re.Match[str]) -> str:
        before = text[found.start() - 1] if found.start() else " "
        opening = before.isspace() or before in "([{—–¿¡*_“‘\"'"
        if found["double"]:
            return "“" if opening else "”"
        if found["single"]:
            return "‘" if opening else "’"
        return found[0] if found["keep"] else "…" if found["dots"] else "–"

    return TYPED.sub(printed, text)


@cache
def _renderer() -> Markdown:
    return Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS)


def render(text: str) -> str:
    """A prepared text as HTML. Not for several threads at once."""
    return str(_renderer().reset().convert(text))
