"""The numbers in a text, read as its language writes them: plain ones, percentages, money, dates and clock times.

What belongs to a language comes from its locale (separators, names of months) and from its catalogue (numbers in words,
scales, halves of the day, money), so that a further language needs no code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal

from babel import Locale

from curriculum.markdown import ATTRIBUTES, CITATION, COMMENT, DEFINITION, LINK
from curriculum.words import Words

MARKER = re.compile(r"^(?:[ \t]*>)*[ \t]*\d{1,2}[.)](?=\s)", re.MULTILINE)
# Each with a sign without which it is not there; links twice, since an image may stand inside one.
UNREAD = (
    ("<!--", COMMENT, ""),
    ("]:", DEFINITION, ""),
    ("[@", CITATION, ""),
    ("](", LINK, r" \g<text> "),
    ("](", LINK, r" \g<text> "),
    ("{", ATTRIBUTES, ""),
)
TOKEN = re.compile(r"[^\W\d_]+|[^\s\w]|\d+")
LETTERS = re.compile(r"[^\W\d_]+")
FIGURES = re.compile(r"\d+")
YEAR = re.compile(r",?\s+(\d{4})\b")
ORDINAL = r"(?:\.?[ºª°]|st\b|nd\b|rd\b|th\b)?"
# Up to two short words may stand between the parts of a date: 22 de julio del 2026, 22nd of July.
SHORT = r"(?:\s+[^\W\d]{1,3}(?=\s))?,?\s+"


@dataclass(frozen=True, order=True)
class Numeral:
    """A number with what it counts. `value` is written the same in every language: 1500, 2026-07-22, 17:30."""

    kind: Literal["number", "percent", "money", "date", "time"]
    value: str
    unit: str = ""
    shown: str = ""  # as it stands in the text

    @property
    def same(self) -> tuple[str, str, str]:
        """What must be found in the other language."""
        return self.kind, self.value, self.unit


@dataclass(frozen=True)
class Grammar:
    """How a language writes numbers. `values` are its number words, `scales` those that multiply the one before."""

    decimal: str
    group: str
    months: dict[str, int]
    values: dict[str, int]
    scales: dict[str, int]
    first: tuple[str, ...]
    morning: tuple[str, ...]
    afternoon: tuple[str, ...]
    percent: tuple[str, ...]
    money: dict[str, str]
    joint: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A number from its first figure on, with what belongs to it."""
        # A language that writes months with a capital has other words that look like them: May, may.
        capital = [name for name in self.months if name != name.casefold()]
        months = rf"(?:(?-i:{_any(capital)})|{_any(name for name in self.months if name not in capital)})"
        halves = _any((*self.morning, *self.afternoon))
        day = rf"(?:0?[1-9]|[12]\d|3[01])(?!\d){ORDINAL}|{_any(self.first)}"
        whole = rf"\d{{1,3}}(?:[{re.escape(self.group)} \u00a0\u202f\u2009]\d{{3}})+(?!\d)|\d+"
        scale, units = _any(self.scales), _any(name for name in self.money if name.isalpha())
        return re.compile(
            "|".join(
                (
                    r"(?P<iso>\d{4}-\d\d-\d\d\b)",
                    r"(?P<slash>\d{1,2}/\d{1,2}/\d{4})(?![\d/])",
                    rf"(?P<day>{day}){SHORT}(?P<month>{months})\b(?:{SHORT}(?P<year>\d{{4}})\b)?",
                    rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?!\d)(?:\s?(?P<half>{halves})(?!\w))?",
                    rf"(?P<hour2>\d{{1,2}})\s?(?P<half2>{halves})(?!\w)",
                    rf"(?P<whole>{whole})(?P<part>{re.escape(self.decimal)}\d+)?"
                    rf"(?:\s(?P<scale>{scale})\b(?:\s(?P<scale2>{scale})\b)?)?"
                    rf"(?:\s?(?P<percent>{_any(self.percent)})(?!\w))?(?:\s(?:de\s)?(?P<unit>{units})\b)?",
                )
            ),
            re.IGNORECASE,
        )

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """Signs of money that stand before a number, the longest first."""
        return tuple(sorted((name for name in self.money if not name.isalpha()), key=len, reverse=True))

    @cached_property
    def telling(self) -> dict[str, int]:
        """Number words of more than one: the others are articles as well."""
        return {name: value for name, value in (self.values | self.scales).items() if value > 1}

    def told(self, text: str) -> list[int]:
        """The values of the number words of a text, each by itself and in order of size: a look before reading."""
        telling = self.telling
        return sorted(telling[word] for word in LETTERS.findall(text.casefold()) if word in telling)

    def month(self, name: str) -> int:
        """The number of a month by its name, 0 where it is none."""
        return self.months.get(name) or self.months.get(name.casefold(), 0)


def _any(names: object) -> str:
    """A choice of words, the longest first; one that never matches where there are none."""
    ordered = sorted((str(name) for name in names if name), key=len, reverse=True)  # type: ignore[attr-defined]
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in ordered) or r"(?!)"


@cache
def grammar(w: Words) -> Grammar:
    """The grammar of the numbers of a language."""
    return _grammar(w.locale, *(w(f"numerals.{name}") for name in FIELDS))


FIELDS = ("words", "scales", "first", "morning", "afternoon", "percent", "money", "joint")


@cache
def _grammar(
    locale: str, words: str, scales: str, first: str, morning: str, afternoon: str, percent: str, money: str, joint: str
) -> Grammar:
    known = Locale.parse(locale)
    symbols = known.number_symbols.get("latn", {})
    months: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for form in ("format", "stand-alone"):
            for number, name in known.months[form][width].items():
                # "may" and "mar" are words too: short forms only with their stop.
                if width == "wide" or name.endswith("."):
                    months[name] = number
    return Grammar(
        decimal=symbols.get("decimal", "."),
        group=symbols.get("group", ","),
        months=months,
        values={name: int(value) for name, value in _table(words)},
        scales={name: int(value) for name, value in _table(scales)},
        first=_list(first),
        morning=_list(morning),
        afternoon=_list(afternoon),
        percent=_list(percent),
        money={name.casefold(): code for name, code in _table(money)},
        joint=_list(joint),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _table(text: str) -> Iterator[tuple[str, str]]:
    for part in _list(text):
        name, _, value = part.partition("=")
        yield name.strip(), value.strip()


def figures(text: str, known: Grammar) -> list[Numeral]:
    """Every number written with figures. Numbers of list items, ids and targets of links are no content."""
    return _figures(bare(text), known)


def _figures(text: str, known: Grammar) -> list[Numeral]:
    found: list[Numeral] = []
    end = 0
    for start in _starts(text, known):
        if start >= end and (match := known.pattern.match(text, start)):
            numeral, end = _numeral(match, known)
            found.append(numeral)
    return found


def _starts(text: str, known: Grammar) -> list[int]:
    """Where figures begin, and the word for the first of a month."""
    starts = [match.start() for match in FIGURES.finditer(text)]
    for name in known.first:
        at = text.find(name)
        while at >= 0:
            starts.append(at)
            at = text.find(name, at + 1)
    return sorted(starts) if known.first else starts


def bare(text: str) -> str:
    """The text without what is not read: citations, targets, attributes, comments and the numbers of list items."""
    for sign, pattern, instead in UNREAD:
        if sign in text:
            text = pattern.sub(instead, text)
    return MARKER.sub("", text).replace("*", "")


def spelt(text: str, known: Grammar) -> Counter[str]:
    """How often each number is written in words."""
    return _counted_words(bare(text), known)


def _counted_words(text: str, known: Grammar) -> Counter[str]:
    found: Counter[str] = Counter()
    row: list[str] = []
    for token in TOKEN.findall(text.casefold()):
        if token in known.values or token in known.scales:
            row.append(token)
        elif row and token != "-" and token not in known.joint:
            found.update(str(value) for value in _spelt(row, known))
            row = []
    found.update(str(value) for value in _spelt(row, known))
    return found


def _spelt(row: Sequence[str], known: Grammar) -> list[int]:
    """The numbers in a row of number words: "treinta y cinco" is one, "dos y tres" are two."""
    found: list[int] = []
    total = current = 0
    started = False
    for word in row:
        if word in known.scales:
            scale = known.scales[word]
            if total and not current and scale > total:
                total *= scale  # mil millones
            elif scale >= 1000:
                total, current = total + max(current, 1) * scale, 0
            else:
                current = max(current, 1) * scale
            started = True
        elif word in known.values:
            value = known.values[word]
            fits = (
                current == 0
                or (current >= 20 and value < 10 and not current % 10)
                or (current >= 100 and value < 100 and not current % 100)
            )
            if not fits:
                found.append(total + current)
                total = current = 0
            current += value
            started = True
    return [*found, total + current] if started else found


def _numeral(match: re.Match[str], known: Grammar) -> tuple[Numeral, int]:
    """The number of a match, and where it ends."""
    shown, end = match[0].strip(), match.end()
    if match["iso"]:
        return Numeral("date", match["iso"], "", shown), end
    if match["slash"]:
        day, month, year = match["slash"].split("/")
        return Numeral("date", f"{year}-{int(month):02}-{int(day):02}", "", shown), end
    if match["month"]:
        return Numeral("date", _date(match["year"], known.month(match["month"]), match["day"]), "", shown), end
    for suffix in ("", "2"):
        if match[f"hour{suffix}"]:
            half = (match[f"half{suffix}"] or "").casefold()
            minute = match["minute"] if not suffix else "00"
            return Numeral("time", _time(int(match[f"hour{suffix}"]), minute, half, known), "", shown), end
    return _after_month(match, known) or (_counted(match, known, shown), end)


def _after_month(match: re.Match[str], known: Grammar) -> tuple[Numeral, int] | None:
    """The date whose month stands before the number: julio de 2026, July 22, July 22, 2026."""
    before = match.string[max(match.start() - 24, 0) : match.start()].split()
    if not before or match["part"] or match["percent"] or match["unit"] or match["scale"]:
        return None
    is_year = len(match["whole"]) == 4
    if is_year and len(before) > 1 and len(before[-1]) <= 3 and not known.month(before[-1]):
        before.pop()  # de, of
    month = known.month(before[-1].strip(","))
    if not month or not (is_year or 1 <= int(re.sub(r"\D", "", match["whole"])) <= 31):
        return None
    shown = f"{before[-1]} {match['whole']}"
    if is_year:
        return Numeral("date", _date(match["whole"], month, ""), "", shown), match.end()
    year = YEAR.match(match.string, match.end())
    date = _date(year[1] if year else None, month, match["whole"])
    return Numeral("date", date, "", shown), year.end() if year else match.end()


def _date(year: str | None, month: int, day: str) -> str:
    figures = re.match(r"\d+", day)
    number = int(figures[0]) if figures else 1 if day else 0
    return "-".join(part for part in (year or "", f"{month:02}", f"{number:02}" if number else "") if part)


def _time(hour: int, minute: str, half: str, known: Grammar) -> str:
    if half in known.afternoon and hour < 12:
        hour += 12
    if half in known.morning and hour == 12:
        hour = 0
    return f"{hour}:{minute}"


def _counted(match: re.Match[str], known: Grammar, shown: str) -> Numeral:
    whole = re.sub(r"\D", "", match["whole"])
    part = (match["part"] or "").replace(known.decimal, ".", 1)
    text = str(int(whole))
    if part or match["scale"]:
        value = Decimal(f"{whole}{part}")
        for name in ("scale", "scale2"):
            if match[name]:
                value *= known.scales[match[name].casefold()]
        text = f"{value.normalize():f}"
    if match["percent"]:
        return Numeral("percent", text, "", shown)
    before = match.string[max(match.start() - 4, 0) : match.start()].rstrip()
    sign = next((name for name in known.symbols if before.casefold().endswith(name)), match["unit"] or "")
    unit = known.money.get(sign.casefold(), "")
    return Numeral("money", text, unit, shown) if unit else Numeral("number", text, "", shown)


def differing(first: str, one: Grammar, second: str, other: Grammar) -> tuple[list[Numeral], list[Numeral]]:
    """The numbers that only the first text has, and those that only the second has.

    A number with figures is the same as one in words; a sum of pesos the same as the bare number. Of numbers in words
    only those count to which the other text has another number: "los dos" may well be "both".
    """
    first, second = bare(first), bare(second)
    a, b = _figures(first, one), _figures(second, other)
    left, right = _bare_money(_unmatched(a, b), _unmatched(b, a))
    if not (left or right) and one.told(first) == other.told(second):
        return [], []
    words_a, words_b = _counted_words(first, one), _counted_words(second, other)
    extra_a, extra_b = words_a - words_b, words_b - words_a
    left, right = _in_words(left, extra_b), _in_words(right, extra_a)
    # What the other text has with figures is no difference either.
    told_a = _told(extra_a, b, a)
    told_b = _told(extra_b, a, b)
    if bool(left or told_a) and bool(right or told_b):
        left, right = left + told_a, right + told_b
    return left, right


def _told(extra: Counter[str], theirs: list[Numeral], own: list[Numeral]) -> list[Numeral]:
    """Numbers in words, above one, that the other text has neither in words nor with figures."""
    spare = Counter(one.value for one in theirs) - Counter(one.value for one in own)
    return [Numeral("number", value, "", value) for value in (extra - spare).elements() if int(value) > 1]


def _unmatched(some: list[Numeral], others: list[Numeral]) -> list[Numeral]:
    there = Counter(numeral.same for numeral in others)
    left = []
    for numeral in some:
        if there[numeral.same]:
            there[numeral.same] -= 1
        else:
            left.append(numeral)
    return left


def _bare_money(left: list[Numeral], right: list[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """Without pairs of which one names the money and the other leaves it out."""
    left, right = list(left), list(right)
    for one in list(left):
        twin = next(
            (two for two in right if two.value == one.value and {one.kind, two.kind} == {"money", "number"}), None
        )
        if twin:
            left.remove(one)
            right.remove(twin)
    return left, right


def _in_words(numerals: list[Numeral], extra: Counter[str]) -> list[Numeral]:
    """Those that the other text does not have in words either."""
    left = []
    for numeral in numerals:
        if numeral.kind in ("number", "money") and extra[numeral.value]:
            extra[numeral.value] -= 1
        else:
            left.append(numeral)
    return left
