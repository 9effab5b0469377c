"""The tool's own words in each language, and how that language writes dates, numbers and times."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, eq=False)
class Words:
    """One language's catalogue. Call it with a key: `w("cli.building", n=5)`.

    `texts` are its own; what it lacks it says in the words of `base`.
    """

    lang: str
    locale: str
    texts: dict[str, tuple[str, ...]]
    plural: Callable[[int], int]
    base: Words | None = None

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, its `{name}` places filled in; `n` chooses the plural form. KeyError if missing."""
        if key not in self.texts and self.base:
            return self.base(key, **values)
        forms = self.texts[key]
        n = values.get("n")
        form = forms[self.plural(n)] if isinstance(n, int) and len(forms) > 1 else forms[0]
        return form.format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self.texts or (self.base is not None and key in self.base)

    def forms(self, key: str) -> tuple[str, ...]:
        """The forms of a text for one and for several, their `{name}` places open: for a script to fill in."""
        return self.base.forms(key) if key not in self.texts and self.base else self.texts[key]

    def weekday(self, day: date) -> str:
        """A date with its day of the week: domingo 6 de diciembre de 2026."""
        return format_date(day, "full", locale=self.locale)

    def date(self, day: date) -> str:
        """A long date: 21 de noviembre de 2026, 21 November 2026."""
        return _long(day, self.locale)

    def dated(self, day: str) -> str:
        """The date of a source as a reader says it: 2026-05-14, 2026-05 or 2026 in ISO 8601; anything else as it is."""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return self.date(date.fromisoformat(day))
        if re.fullmatch(r"\d{4}-\d\d", day):
            return format_skeleton("yMMMM", date.fromisoformat(f"{day}-01"), locale=self.locale)
        return day

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as this language writes it: 1,500 or 1.5; with that many decimals, or as many as it has."""
        form = None if decimals is None else f"#,##0.{'0' * decimals}".rstrip(".")
        return format_decimal(value, format=form, locale=self.locale)

    def minutes(self, minutes: int) -> str:
        """A duration in minutes, with a no-break space: 15 min."""
        return self("minutes", minutes=minutes)

    def elapsed(self, minutes: int) -> str:
        """Minutes since the start as hours and minutes: 75 is 1:15."""
        return f"{minutes // 60}:{minutes % 60:02}"

    def join(self, parts: list[str]) -> str:
        """A list in a sentence: a, b y c."""
        if len(parts) < 2:
            return "".join(parts)
        return self("and", first=", ".join(parts[:-1]), last=parts[-1])


def languages() -> list[str]:
    """The languages for which the tool has words."""
    return sorted({path.suffixes[-2].lstrip(".") for path in FOLDER.glob("*.*.po")})


@cache
def _long(day: date, locale: str) -> str:
    return format_date(day, "long", locale=locale)


@dataclass(frozen=True)
class Setting:
    """What a curriculum says of its languages: codes and locales in order, and where it keeps words of its own."""

    locales: tuple[tuple[str, str], ...] = ()
    folder: Path | None = None


_setting = Setting()
_known: dict[str, Words] = {}  # of the present setting, by language


def settle(locales: Iterable[tuple[str, str]], root: Path) -> None:
    """From now on speak for the curriculum in `root`: its `overrides/words/*.<lang>.po` add languages to those of the
    tool and say things otherwise; dates and numbers are written as its locales do."""
    global _setting
    _known.clear()
    _setting = Setting(tuple(locales), root / "overrides" / "words")


def words(lang: str) -> Words:
    """The catalogue of `lang`; what it lacks is said in the first language of the curriculum that the tool speaks."""
    if lang not in _known:
        _known[lang] = _words(lang, _setting)
    return _known[lang]


@cache
def _words(lang: str, setting: Setting) -> Words:
    texts: dict[str, tuple[str, ...]] = {}
    plural = "n != 1"
    for folder in (FOLDER, setting.folder):
        for path in sorted(folder.glob(f"*.{lang}.po")) if folder else ():
            with path.open("rb") as file:
                catalog = read_po(file, locale=None, ignore_obsolete=True)
            plural = catalog.plural_expr
            for message in catalog:
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                    if all(forms):  # what a translator left open
                        texts[key] = forms
    spoken = languages()
    base = None
    if lang not in spoken:
        known = [code for code, _ in setting.locales if code in spoken and code != lang]
        base = _words(known[0] if known else "es", setting)
    wish = dict(setting.locales).get(lang) or texts.get("locale", (lang,))[0]
    try:
        locale = str(Locale.parse(wish))
    except (UnknownLocaleError, ValueError):
        # A language that the tables of dates and numbers do not have writes them as its neighbour does.
        locale = base.locale if base else "es_MX"
    return Words(lang, locale, texts, gettext.c2py(plural), base)


def spoken(wish: str | None) -> Words:
    """The words of a command: the language wished for, else the locale's, else Spanish."""
    if wish:
        return words(wish)
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    lang = locale[:2].lower()
    return words(lang if lang in languages() else "es")
