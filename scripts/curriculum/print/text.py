"""Rendered Markdown made ready for paper: boxes, blanks and pictures that a pen and a photocopier can work with."""

from __future__ import annotations

import re
from functools import cache

from curriculum.words import Words, words

TASK = re.compile(r'<input type="checkbox"[^>]*>\s*')
BLANK = re.compile(r"_{4,}([^\s\w]*)")
SPACED = re.compile(r" (<(?:strong|em|b|i|code)>)")
CITED = re.compile(r"\s+(?=<sup class=\"cite\">)")
TAGS = re.compile(r"<[^>]*>")
ID = re.compile(r' id="([^"]*)"')
CALLOUT = re.compile(r'<div class="admonition ([\w-]+)">(.*?)</div>', re.DOTALL)
EMPTY_CELL = re.compile(r"<td([^>]*)>\s*</td>")
START = re.compile(r'<ol start="(\d+)"')
# Words in bold alone above a list, a table or lines to write on stand for a heading, and stay with what they head.
LEAD = re.compile(r"<p>(<strong>(?:(?!</strong>).)*</strong>)</p>(?=\s*<(?:ul|ol|table|hr)\b)", re.DOTALL)
PICTURES = re.compile(r"<p>((?:\s*<img\b[^>]*>(?:\s*<br ?/?>)?)+\s*)</p>")
BODY = re.compile(r"<table>((?:(?!</table>).)*<tbody>(?:\s|</?tr>|<td[^>]*></td>)*</tbody>)", re.DOTALL)
# The parts of a numeral of law, and of a multiplication, stay on one line.
NUMERAL = re.compile(r"(?<![\w-])\d+-[IVXLCDM]+\b")
TIMES = re.compile(r"(?<=\d) × (?=\d)")
HEADING = re.compile(r"(</?h)([2-5])\b")
INWARD = re.compile(r'<a\b[^>]*?href="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
LINE = 78  # characters on a line of a callout
KEPT = 6  # lines, with the label, up to which a callout is not split over two pages
HALF = 9  # lines up to which it is about half a page, in large print and on small pages


def tidy(html: str, seen: set[str], w: Words) -> str:
    """`seen` collects the anchors of the whole document; a second one of the same name is dropped."""
    html = TASK.sub('<span class="tick"></span>', html)
    html = EMPTY_CELL.sub(r"<td\1></td>", html)
    html = BODY.sub(r'<table class="fields">\1', html)
    html = LEAD.sub(r'<p class="heads">\1</p>', html)
    html = PICTURES.sub(r'<p class="picture">\1</p>', html)
    # A mark belongs to its word. And where a space stands before an inline element that does not fit the line,
    # WeasyPrint 70 may break the line after its first word; a space inside the element does no harm.
    html = SPACED.sub(r"\1 ", CITED.sub("", html))
    html = START.sub(lambda found: f'<ol style="counter-reset:list-item {int(found[1]) - 1}"', html)
    # Not inside tags: an address may hold underscores.
    parts = re.split(r"(<[^>]*>)", html)
    html = "".join(part if part.startswith("<") else whole(_blanks(tied(part, w))) for part in parts)
    html = CALLOUT.sub(_keep, html)

    def anchor(found: re.Match[str]) -> str:
        if found[1] in seen:
            return ""
        seen.add(found[1])
        return found[0]

    return ID.sub(anchor, html)


def inside(html: str, prefix: str) -> str:
    """The HTML of a handout as a part of the guide: anchors of its own, headings one level below its title."""
    html = ID.sub(rf' id="{prefix}-\1"', html)
    html = re.sub(r'href="#(?!handout-)', f'href="#{prefix}-', html)
    return HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", html)


def reachable(html: str) -> str:
    """The HTML without its links to anchors that are in another paper; their text stays."""
    anchors = set(ID.findall(html))
    return INWARD.sub(lambda found: found[0] if found[1] in anchors else found[2], html)


def tied(text: str, w: Words) -> str:
    """A number stays on the line of its unit, and of the abbreviation before it."""
    after, before = _ties(w.lang)
    text = TIMES.sub("\u00a0×\u00a0", text)
    return before.sub("\\1\u00a0", after.sub("\u00a0", text))


@cache
def _ties(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    w = words(lang)
    units, abbreviations = (re.escape(w(key)).replace(r"\|", "|") for key in ("print.units", "print.abbreviations"))
    return re.compile(rf"(?<=\d) (?=(?:{units})(?!\w))"), re.compile(rf"\b({abbreviations}) (?=\d)")


def whole(text: str) -> str:
    """Text whose numerals of law, like 2-IX, are not broken at their hyphen.

    By a word joiner: WeasyPrint 70 breaks the words before an element early if it may not be broken and does not fit.
    """
    return NUMERAL.sub(lambda found: found[0].replace("-", "-\u2060"), text)


def _blanks(text: str) -> str:
    """A run of underscores becomes a line to write on, as long as it was typed; what follows stays with it."""

    def drawn(found: re.Match[str]) -> str:
        line = f'<span class="blank" style="width:{found[0].count("_") * 0.6:.1f}em"></span>'
        return f'<span class="nowrap">{line}{found[1]}</span>' if found[1] else line

    return BLANK.sub(drawn, text)


def _keep(found: re.Match[str]) -> str:
    """Short callouts stay whole; where pages hold less, those of half a page too."""
    kind, content = found[1], found[2]
    blocks = re.split(r"</(?:p|li|h\d|tr)>|<br", content)
    lines = sum(1 + len(TAGS.sub("", block).strip()) // LINE for block in blocks if TAGS.sub("", block).strip())
    keep = " keep half" if lines <= KEPT else " half" if lines <= HALF else ""
    return f'<div class="admonition {kind}{keep}">{content}</div>'
