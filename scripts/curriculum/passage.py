"""A passage: a part of a text that is compared with the same part in another language, and the hash of what it says."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from curriculum.frontmatter import Document
from curriculum.markdown import ATTRIBUTES, COMMENT, DEFINITION, headings, plain

FRONT = "front"
# What is layout and not content: comments, marks of quotes and tables, targets of links, attributes. Each with a sign
# without which it is not there.
TARGET = re.compile(
    r"""\]\([ \t]{0,40}(?:<[^<>\n]{0,4000}+>|[^)\s]{0,4000}+)(?:[ \t\n]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\)"""
)
RULED = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|?)+[ \t]*$", re.MULTILINE)
STEPS = (
    ("<!--", COMMENT, ""),
    (">", re.compile(r"^(?:[ \t]*>)+[ \t]?", re.MULTILINE), ""),
    ("--", RULED, ""),
    ("]:", DEFINITION, ""),
    ("](", TARGET, "]"),
    ("{", ATTRIBUTES, ""),
    ("* ", re.compile(r"^([ \t]*)[*](?=[ \t])", re.MULTILINE), r"\1-"),
    ("+ ", re.compile(r"^([ \t]*)[+](?=[ \t])", re.MULTILINE), r"\1-"),
)
# Signs of typewriters and those of printers are the same.
TYPED = (
    ("“", '"'), ("”", '"'), ("«", '"'), ("»", '"'), ("‘", "'"), ("’", "'"), ("\u00ad", ""),
    ("...", "…"), ("--", "–"), ("\\\n", "\n"), ("|", " | "),
)  # fmt: skip


@dataclass(frozen=True)
class Passage:
    """One section in one language; `line` is where it begins.

    `key` is the heading's id, FRONT for what stands before the first heading, the number of the section where it has
    no id; in a data file the entry's id. `head` is what its text begins with, as the heading; the rest is the `span` of
    the body of its file: thousands of passages would hold every text twice.
    """

    key: str
    heading: str
    head: str
    line: int
    column: int = 1
    named: bool = True  # whether the key is an id, so that it stays when a section is put in before it
    body: str = ""
    span: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        """Its Markdown, with the heading's own text first."""
        return f"{self.head}\n\n{self.body[slice(*self.span)].strip()}".strip()

    @cached_property
    def title(self) -> str:
        """The heading as a reader sees it."""
        return plain(self.heading)

    @cached_property
    def hash(self) -> str:
        """Twelve hexadecimal digits of what the passage says: layout, line ends and link targets do not count."""
        return hashlib.sha256(normal(self.text).encode()).hexdigest()[:12]

    @cached_property
    def words(self) -> int:
        """How many words it has, for an estimate of the work in it."""
        return len(re.findall(r"[^\W\d_]+", self.text))


def normal(text: str) -> str:
    """The text without what a reader does not see: two texts that say the same in another layout come out equal.

    Most texts have few of these signs, and looking for one is much cheaper than replacing it.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    for sign, pattern, instead in STEPS:
        if sign in text:
            text = pattern.sub(instead, text)
    for sign, printed in TYPED:
        text = text.replace(sign, printed)
    line = text.replace("\n", " ")
    if not line.isprintable():  # a blank of another kind
        return " ".join(text.split())
    while "  " in line:
        line = line.replace("  ", " ")
    return line.strip()


def of_page(document: Document) -> list[Passage]:
    """The passages of a Markdown file: its metadata with the text before the first section, then each section."""
    body = document.body
    tops = [heading for heading in headings(body, document.body_line) if heading.level == 2]
    ends = [*(heading.start for heading in tops), len(body)]
    data = document.data if isinstance(document.data, dict) else {}
    lines: list[str] = []
    for value in data.values():
        lines += [f"- {item}" for item in value if isinstance(item, str)] if isinstance(value, list) else [str(value)]
    title = str(data.get("title") or "")
    passages = [Passage(FRONT, title, "\n\n".join(lines), 1, body=body, span=(0, ends[0]))]
    for number, (heading, end) in enumerate(zip(tops, ends[1:], strict=True), 1):
        key = heading.id if heading.explicit else str(number)
        line, span = heading.place.line, (heading.end, end)
        passages.append(Passage(key, heading.text, heading.text, line, 1, heading.explicit, body, span))
    return _unlike(passages)


def of_list(document: Document, lang: str) -> list[Passage]:
    """The passages of a data file in one language: each entry's texts under the entry's id."""
    entries = document.data if isinstance(document.data, list) else []
    passages = []
    for index, entry in enumerate(entries):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str) and (text := _in(entry, lang)):
            place = document.place(index, key=True)
            own = document.place(index, lang, key=True)
            place = own if own.line > place.line else place
            passages.append(Passage(str(entry["id"]), text.split("\n")[0], text, place.line, place.column))
    return _unlike(passages)


def of_module(document: Document, lang: str) -> list[Passage]:
    """The texts that module.yml itself has in a language, as one passage."""
    data = document.data if isinstance(document.data, dict) else {}
    text = _in([data.get(name) for name in IN_MODULE], lang)
    return [Passage("texts", "module.yml", text, 1)] if text else []


# What words to avoid are belongs to each language alone.
OWN = ("avoid",)
# Fields of module.yml that hold texts.
IN_MODULE = ("changes", "reason")


def _in(data: Any, lang: str) -> str:
    """The texts in a language inside parsed data, in order, a paragraph each."""
    texts: list[str] = []
    if isinstance(data, list):
        texts = [_in(item, lang) for item in data]
    elif isinstance(data, dict):
        for name, value in data.items():
            if name == lang and isinstance(value, str):
                texts.append(value)
            elif name not in OWN and isinstance(value, (dict, list)):
                texts.append(_in(value, lang))
    return "\n\n".join(text for text in texts if text)


def _unlike(passages: Iterable[Passage]) -> list[Passage]:
    """The passages, each with a key of its own: a second heading with the same id is not lost."""
    seen: set[str] = set()
    unlike = []
    for passage in passages:
        key, number = passage.key, 1
        while key in seen:
            number += 1
            key = f"{passage.key}-{number}"
        seen.add(key)
        unlike.append(replace(passage, key=key) if key != passage.key else passage)
    return unlike


def settled(passages: Sequence[Passage], known: dict[str, str]) -> dict[str, Passage]:
    """The passages by key. Those without an id are known by the hash they had at their place (`known`: key → hash).

    So a section put in between does not make all that follow it look changed: it gets a key of its own, "2.1" after
    section 2, the same in either language.
    """
    places = [key for key in known if key.isdigit()]
    loose = [passage for passage in passages if not passage.named]
    if not places or not loose:
        return {passage.key: passage for passage in passages}
    keys: list[str] = [""] * len(loose)
    left = 0
    for index, passage in enumerate(loose):
        same = next((at for at in range(left, len(places)) if known[places[at]] == passage.hash), None)
        if same is not None:
            keys[index] = places[same]
            left = same + 1
    _fill(keys, places)
    by_passage = {id(passage): key for passage, key in zip(loose, keys, strict=True)}
    return {by_passage.get(id(passage), passage.key): passage for passage in passages}


def _fill(keys: list[str], places: list[str]) -> None:
    """Give keys to sections that changed (the place they are at) or are new (a number below the one before)."""
    start = 0
    while start < len(keys):
        if keys[start]:
            start += 1
            continue
        end = next((index for index in range(start, len(keys)) if keys[index]), len(keys))
        before = keys[start - 1] if start else "0"
        low = places.index(before) + 1 if before in places else 0
        high = places.index(keys[end]) if end < len(keys) else len(places)
        free = places[low:high]
        for offset in range(end - start):
            taken = offset < len(free)
            keys[start + offset] = free[offset] if taken else f"{(free or [before])[-1]}.{offset - len(free) + 1}"
        start = end
