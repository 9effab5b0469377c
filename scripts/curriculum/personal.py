"""Traces of a person in a text: telephones, addresses, the numbers that states and banks give to one person alone.

Numbers that carry check digits count only where these are right, so that amounts, articles of laws and dates pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from typing import NamedTuple


class Trace(NamedTuple):
    """What was found, of which kind, and where it begins in the text."""

    kind: str
    text: str
    start: int


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: bank cards; the social security number (NSS) of IMSS uses the same sum."""
    doubled = [int(digit) * factor for digit, factor in zip(reversed(digits), cycle((1, 2)), strict=False)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _clabe(digits: str) -> bool:
    """The 18 digits of a Mexican bank account: weights 3, 7, 1, each product modulo 10, the last digit makes ten."""
    total = sum(int(digit) * weight % 10 for digit, weight in zip(digits[:-1], cycle((3, 7, 1)), strict=False))
    return -total % 10 == int(digits[-1])


def _account(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    if len(set(digits)) == 1:
        return False
    return (len(digits) in (15, 16) and _luhn(digits)) or (len(digits) == 18 and _clabe(digits))


def _nss(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    return len(digits) == 11 and len(set(digits)) > 1 and _luhn(digits)


def _dated(found: str) -> bool:
    """Whether the six digits of a CURP or RFC are a day: these are given by date of birth."""
    year, month, day = (int(part) for part in re.findall(r"\d\d", re.sub(r"^\D+", "", found)[:6]))
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def _telephone(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    # Two years side by side, or a day and a time, are written with the same signs.
    years = re.fullmatch(r"(?:19|20)\d\d\W(?:19|20)?\d\d.*", found.strip())
    return 10 <= len(digits) <= 13 and len(set(digits)) > 1 and not years and not _nss(found)


def _any(found: str) -> bool:
    return bool(found)


STREET = (
    "[Cc]alle|CALLE|[Aa]venida|[Aa]v\\.|[Cc]alzada|[Cc]alz\\.|[Cc]errada|[Aa]ndador|[Ss]treet|[Aa]venue|[Cc]allejón"
)
TITLE = (
    r"don|doña|sr\.|sra\.|srta\.|señora?|lic\.|licenciad[oa]|mr\.?|mrs\.?|ms\.?|miss|me llamo"
    r"|mi nombre es|my name is|se llama|is called"
)
UPPER, NUMBER = "A-ZÁÉÍÓÚÑ", "(?:[Nn][úu]m(?:ero)?\\.?|[Nn]o\\.|#)"
PATTERNS: dict[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "email": (re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w.-]{1,190}\.[A-Za-z]{2,24}"), _any),
    "curp": (re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE), _dated),
    "rfc": (re.compile(r"\b[A-ZÑ&]{4}\d{6}[A-Z0-9]{3}\b"), _dated),
    "account": (re.compile(r"(?<![\w.,-])\d{3,6}(?:[ -]?\d{2,6}){2,5}(?![\w-])"), _account),
    "nss": (re.compile(r"(?<![\w.,$-])\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{4}[ -]?\d(?![\w-])"), _nss),
    "phone": (
        re.compile(r"(?<![\w$.,/-])(?<!\d )(?:\+?\d{1,3}[ .-]?)?\(?\d{2,3}\)?[ .-]?\d{3,4}[ .-]?\d{4}(?![\w%-]| \d)"),
        _telephone,
    ),
    "address": (
        re.compile(
            rf"\b(?:{STREET})\s+[{UPPER}][^.;,\n]{{2,40}}?,?\s+(?:{NUMBER}\s*)?\d{{1,4}}\b"
            rf"|(?<!\w){NUMBER}\s*\d+\s*,?\s*[Cc]ol(?:onia|\.)"
        ),
        _any,
    ),
    "name": (
        re.compile(rf"\b(?i:{TITLE})\s+[{UPPER}][a-záéíóúñ]+"),
        _any,
    ),
}
# Digits in an address of the web belong to a page, not to a person.
WEB = re.compile(r"https?://\S+")
# Most texts hold no such thing. One quick look for what each kind cannot do without spares them the patterns; it begins
# with letters, not with a boundary, because the engine then leaps from one such letter to the next.
TEN_DIGITS = re.compile(r"\d(?:[ ().-]{0,2}\d){9}")
BIRTHDAY = re.compile(r"\d{6}(?<=[A-Za-zÑñ&]\d{6})")


def _without_first(words: str) -> str:
    """The alternatives of a pattern, each without the letter it begins with."""
    return "|".join(re.sub(r"^(?:\[\w+\]|\w)", "", word) for word in words.split("|"))


STREET_AND_NAME = re.compile(rf"[CcAaSs](?<!\w.)(?:{_without_first(STREET)})\s+[{UPPER}]")
TITLE_AND_NAME = re.compile(rf"[DdSsLlMmIi](?<!\w.)(?i:{_without_first(TITLE)})\s+[{UPPER}]")
QUARTER = ("colonia", "Colonia", "col.", "Col.")


def worth_looking(text: str, kinds: tuple[str, ...]) -> set[str]:
    """Those of the kinds of which a text may hold a trace; the others are certainly not there."""
    found = set()
    if "@" in text.replace("[@", ""):
        found.add("email")
    if BIRTHDAY.search(text):
        found |= {"curp", "rfc"}
    if TEN_DIGITS.search(text):
        found |= {"account", "nss", "phone"}
    if any(word in text for word in QUARTER) or STREET_AND_NAME.search(text):
        found.add("address")
    if "name" in kinds and TITLE_AND_NAME.search(text):
        found.add("name")
    return found.intersection(kinds)


def traces(text: str, kinds: tuple[str, ...] = tuple(PATTERNS)) -> Iterator[Trace]:
    """Every trace of those kinds, in the order of the text; where two kinds see the same letters, the first kind's."""
    text = WEB.sub(lambda found: " " * len(found[0]), text)
    seen: list[tuple[int, int]] = []
    found = []
    worth = worth_looking(text, kinds)
    for kind in (kind for kind in kinds if kind in worth):
        pattern, really = PATTERNS[kind]
        for match in pattern.finditer(text):
            start, end = match.span()
            if really(match[0]) and not any(start < last and first < end for first, last in seen):
                seen.append((start, end))
                found.append(Trace(kind, match[0].strip(), start + len(match[0]) - len(match[0].lstrip())))
    yield from sorted(found, key=lambda trace: trace.start)
