"""The lines of a table on a page, and how numbers of people and of dots are said there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.words import Words

FEW = 5  # fewer people than this are never counted in public


@dataclass(frozen=True)
class Line:
    """The cells of a line, all text; the first leads to `place` where there is one."""

    cells: tuple[str, ...]
    place: str = ""


def people(several: Iterable[int]) -> int:
    """A sum from which nobody can work out one of its parts that is too small to be told."""
    return sum(number for number in several if number >= FEW)


def count(number: int, w: Words) -> str:
    """A number of people or dots, unless it is so small that it shows who."""
    return w("site.count.few") if 0 < number < FEW else w.number(number)
