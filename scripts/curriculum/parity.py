"""What must be the same in two languages whatever the words: the build of a section, and what it shows and cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.address import external
from curriculum.markdown import scan

NUMBERED = re.compile(r"^[ \t>]*\d{1,3}[.)][ \t]+\S", re.MULTILINE)
TASK = re.compile(r"^[ \t>]*[-*+][ \t]+\[[ xX]\][ \t]", re.MULTILINE)
BULLET = re.compile(r"^[ \t>]*[-*+][ \t]+(?!\[[ xX]\][ \t])\S", re.MULTILINE)
ROW = re.compile(r"^[ \t>]*\|.*\|[ \t]*$", re.MULTILINE)
# map.es.svg and map.en.svg are one drawing with its words in two languages; so are two files of a text.
TONGUE = re.compile(r"\.[a-z]{2,3}(?=\.[a-z]+$)")


@dataclass(frozen=True)
class Build:
    """How a section is built: counts of what it consists of, and the drawings, callouts, facts and handouts in it."""

    numbered: int
    bullets: int
    tasks: int
    rows: int
    images: tuple[str, ...]
    callouts: tuple[str, ...]
    facts: tuple[str, ...]
    handouts: tuple[str, ...]
    headings: tuple[str, ...]


# What is told of a difference, the most telling first.
PARTS = ("numbered", "tasks", "rows", "callouts", "images", "facts", "handouts", "headings", "bullets")


def build(text: str) -> Build:
    found = scan(text)
    links = [TONGUE.sub("", one.target.partition("#")[0]) for one in found.links if not one.image]
    # Other links may lead elsewhere in each language; the handouts are the same.
    return Build(
        numbered=len(NUMBERED.findall(text)),
        bullets=len(BULLET.findall(text)),
        tasks=len(TASK.findall(text)),
        rows=len(ROW.findall(text)),
        images=tuple(sorted(TONGUE.sub("", one.target) for one in found.links if one.image)),
        callouts=tuple(one.name for one in found.callouts),
        facts=tuple(sorted({one.name for one in found.citations})),
        handouts=tuple(sorted({link for link in links if "handouts/" in link and not external(link)})),
        headings=tuple(one.id if one.explicit else str(one.level) for one in found.headings),
    )


def differences(first: str, second: str) -> Iterator[tuple[str, str, str]]:
    """In which parts two sections are built differently, as (part, what the first has, what the second has)."""
    one, other = build(first), build(second)
    for part in PARTS:
        a, b = getattr(one, part), getattr(other, part)
        if a != b:
            yield part, _told(a, b), _told(b, a)


def _told(own: int | tuple[str, ...], other: int | tuple[str, ...]) -> str:
    """A count as it is; of a list what the other one lacks, or all of it where only the order differs."""
    if isinstance(own, int) or isinstance(other, int):
        return str(own)
    spare = list(other)
    lacking = []
    for name in own:
        if name in spare:
            spare.remove(name)
        else:
            lacking.append(name)
    return ", ".join(lacking or (own if sorted(own) == sorted(other) else ())) or "–"
