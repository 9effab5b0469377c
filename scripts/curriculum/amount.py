"""Amounts of money that a law or an office sets for a year: shown until their day, and a blank to fill in afterwards.

A person who counts on last year's pension loses money, and paper stays in the field for years. So an amount that a text
says beside a fact that lapses (`lapses: true`) is taken out once the fact's `review_by` has passed. Amounts of invented
examples stand in other paragraphs and stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from curriculum.markdown import CITATION

AMOUNT = re.compile(r"\$[ \u00a0]?\d[\d,]*(?:\.\d+)?")
BLANK = "$________"
# A citation speaks for its paragraph, item or row: what begins one, and what nothing follows on.
BEGINS = re.compile(r"^(?:[ \t>]*$|[ \t>]*(?:[-*+]|\d+\.)[ \t]|[ \t>]*\||#{1,6}[ \t]|---)")
ENDS = re.compile(r"^(?:[ \t>]*$|#{1,6}[ \t])")


def lapsing(text: str, until: Mapping[str, date], today: date) -> str:
    """The Markdown with the amounts beside lapsing facts marked with their day, or blanked where it has passed.

    `until` has the last day of each fact that lapses, by id.
    """
    if "$" not in text or not until:
        return text
    units: list[list[str]] = []
    for line in text.split("\n"):
        if not units or BEGINS.match(line) or ENDS.match(units[-1][-1]):
            units.append([])
        units[-1].append(line)
    return "\n".join(_unit("\n".join(lines), until, today) for lines in units)


def _unit(text: str, until: Mapping[str, date], today: date) -> str:
    days = [until[found[1]] for found in CITATION.finditer(text) if found[1] in until]
    if not days:
        return text
    day = min(days)
    if day < today:
        return AMOUNT.sub(BLANK, text)
    return AMOUNT.sub(lambda found: f'<span data-until="{day}">{found[0]}</span>', text)


def lapsed(text: str, day: date, today: date) -> str:
    """A fact's own sentence, its amounts blanked where its day has passed."""
    return AMOUNT.sub(BLANK, text) if day < today else text
