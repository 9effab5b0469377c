"""The languages say the same: nothing is missing or behind unseen, and sections that pass for equal are built alike."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.library import Library
from curriculum.lock import read
from curriculum.numerals import Numeral, differing, grammar
from curriculum.parity import differences
from curriculum.problem import START, Problem, problem
from curriculum.translation import Section, Unit, every_section
from curriculum.words import words


def lock_invalid(library: Library) -> Iterator[Problem]:
    """What a translation.lock.yml says was written by `curriculum translation sync`, after a comparison.

    Passes: the line that sync wrote. Fails: the same line with a hash put in by hand.
    """
    for document in library.locks.values():
        yield from read(document)[1]


def translation_missing(library: Library) -> Iterator[Problem]:
    """A text of a live module, a page or the data is there in every language of the platform.

    Passes: `index.es.md` and `index.en.md`. Fails: `index.es.md` alone; `{es: "Salud"}` without `en`.
    """
    live = _live(library)
    for unit, lang, written in _absent(library):
        if unit.module in live:
            path = unit.path(lang).rpartition("/")[2]
            yield problem(unit.files[written].path, START, "translation-missing", "file", lang=lang, file=path)
    for (path, lang), places in library.missing.items():
        variant, first = ("text", places[0]) if len(places) == 1 else ("texts", min(places))
        yield problem(path, first, "translation-missing", variant, lang=lang, count=len(places))


def _live(library: Library) -> set[str]:
    """The modules whose texts readers see, and "" for what belongs to none; a draft is still being written."""
    return {"", *(module.id for module in library.live)}


def _absent(library: Library) -> Iterator[tuple[Unit, str, str]]:
    """Each text with a language in which it has no file, and one in which it has."""
    seen: dict[int, Unit] = {id(one.unit): one.unit for one in every_section(library)}
    for unit in seen.values():
        for lang in unit.languages:
            # One that is there but cannot be read has its own problem.
            if lang not in unit.files and not (library.root / unit.path(lang)).is_file():
                yield unit, lang, next(code for code in unit.languages if code in unit.files)


def translation_stale(library: Library) -> Iterator[Problem]:
    """What changed in one language after both were compared is brought into the other.

    Passes: both changed and `translation sync` was run. Fails: a section that changed in Spanish only; one that was
    added in one language or taken out of one.
    """
    live = _live(library)
    for one in every_section(library):
        if one.unit.module not in live or not one.behind or _unlocked(one):
            continue
        if one.state == "only" and (one.unit.shared or not all(lang in one.unit.files for lang in one.pair)):
            continue  # translation-missing
        behind = one.behind[-1]
        variant = one.state if one.state != "only" else "removed" if one.record else "added"
        text = one.texts.get(behind) or next(iter(one.texts.values()))
        path = one.unit.path(behind if behind in one.texts else next(iter(one.texts)))
        values = {"title": one.title, "lang": behind, "ahead": one.ahead, "date": one.since, "text": one.unit.label}
        yield problem(path, (text.line, text.column), "translation-stale", variant, "", **values, section=one.key)


def _unlocked(one: Section) -> bool:
    """Whether a section stands in one language only, in a text that nobody has compared yet."""
    return one.state == "only" and not one.known


def translation_structure(library: Library) -> Iterator[Problem]:
    """Sections that pass for equal, or that nobody has compared, are the same and built the same.

    Passes: six numbered items in both. Fails: six and five; another drawing; another fact cited; a section missing.
    """
    live = _live(library)
    for one in every_section(library):
        if one.unit.module not in live:
            continue
        if _unlocked(one) and not one.unit.shared and all(lang in one.unit.files for lang in one.pair):
            has = next(iter(one.texts))
            other = next(lang for lang in one.pair if lang != has)
            text, file = one.texts[has], one.unit.path(other).rpartition("/")[2]
            values = {"title": text.title, "file": file, "section": one.key}
            yield problem(
                one.unit.path(has), (text.line, text.column), "translation-structure", "section", "", **values
            )
        elif one.state in ("equal", "never"):
            yield from _built(one)


def _built(one: Section) -> Iterator[Problem]:
    a, b = one.pair
    for part, first, second in differences(one.texts[a].text, one.texts[b].text):
        values = {"title": one.title, "first": first, "second": second, **_names(one)}
        yield _at(one, "translation-structure", part, values)


def translation_numbers(library: Library) -> Iterator[Problem]:
    """Sections that pass for equal, or that nobody has compared, have the same numbers, each as its language writes it.

    Passes: `1 500 pesos` and `$1,500`; `a las 5 de la tarde` and `5 pm`. Fails: `4 gotas` and `2 drops`.
    """
    live = _live(library)
    for one in every_section(library):
        if one.unit.module in live and one.state in ("equal", "never"):
            yield from _numbered(one)


def _numbered(one: Section) -> Iterator[Problem]:
    a, b = one.pair
    left, right = differing(one.texts[a].text, grammar(words(a)), one.texts[b].text, grammar(words(b)))
    if left or right:
        values = {"first": _shown(left), "second": _shown(right), "title": one.title, **_names(one)}
        yield _at(one, "translation-numbers", "differ", values)


def unlike(one: Section) -> list[Problem]:
    """What keeps two texts of a section from being recorded as equal."""
    return [*_built(one), *_numbered(one)]


def _shown(numerals: list[Numeral]) -> str:
    return ", ".join(" ".join(one.shown.split()) for one in numerals) or "–"


def _names(one: Section) -> dict[str, str]:
    """What the two texts are called in a message: their files, or their languages where they share one."""
    a, b = one.pair
    if one.unit.path(a) == one.unit.path(b):
        return {"one": a, "other": b}
    return {"one": one.unit.path(a).rpartition("/")[2], "other": one.unit.path(b).rpartition("/")[2]}


def _at(one: Section, rule: str, variant: str, values: dict[str, str]) -> Problem:
    text = one.texts[one.pair[1]]
    return problem(one.unit.path(one.pair[1]), (text.line, text.column), rule, variant, "", **values)
