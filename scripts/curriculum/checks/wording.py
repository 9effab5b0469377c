"""Advice on the words of a text: its language, the glossary, how easily a sheet reads. It never stops anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from curriculum.legibility import EASY, legibility
from curriculum.library import Library
from curriculum.model import Term
from curriculum.numerals import bare
from curriculum.passage import Passage
from curriculum.problem import START, Place, Problem, problem
from curriculum.tongue import QUOTED, foreign, paragraphs
from curriculum.translation import Unit, every_section
from curriculum.words import words

SHOWN = 60  # characters of a paragraph in a message


def _texts(library: Library) -> Iterator[tuple[Unit, str, Passage]]:
    """Every passage that readers see, once; the glossary talks about words and is left out."""
    live = {"", *(module.id for module in library.live)}
    seen: set[tuple[str, str, str]] = set()
    for one in every_section(library):
        if one.unit.module in live and one.unit.label != "data/glossary":
            for lang, passage in one.texts.items():
                name = (one.unit.label, one.key, lang)
                if name not in seen:
                    seen.add(name)
                    yield one.unit, lang, passage


def _place(library: Library, unit: Unit, lang: str, passage: Passage, offset: int) -> Place:
    """Where in its file a place of a passage's text is."""
    line = passage.text[: passage.text.find("\n", offset)] if "\n" in passage.text[offset:] else passage.text
    start = line.rfind("\n") + 1
    needle = line[start:].strip().removeprefix("- ")
    lines = (library.root / unit.path(lang)).read_text("utf-8-sig").splitlines()
    for number in range(passage.line - 1, len(lines)):
        if (at := lines[number].find(needle)) >= 0:
            ahead = len(line[start:]) - len(line[start:].lstrip()) + (2 if line[start:].strip().startswith("- ") else 0)
            return Place(number + 1, at + 1 + max(offset - start - ahead, 0))
    return Place(passage.line, passage.column)


def mixed_language(library: Library) -> Iterator[Problem]:
    """Each paragraph is in the language of its page. Quotes, names and what is marked with `lang` may be in another.

    Passes: `“No nos vamos a mover”, they said.` in English. Fails: a whole paragraph of Spanish there.
    """
    for unit, lang, passage in _texts(library):
        for offset, text in paragraphs(passage.text):
            if other := foreign(text, lang, library.languages):
                shown = " ".join(bare(text).split())
                values = {"found": other, "lang": lang, "text": shown if len(shown) < SHOWN else f"{shown[:SHOWN]}…"}
                place = _place(library, unit, lang, passage, offset)
                yield problem(unit.path(lang), place, "mixed-language", "paragraph", "", **values)


@lru_cache(maxsize=1)
def _avoided(library: Library) -> dict[str, tuple[re.Pattern[str], dict[str, Term]]]:
    """By language, a pattern of all words to avoid and the term of each."""
    found = {}
    for lang in library.languages:
        terms = {word.casefold(): term for term in library.glossary.values() for word in term.avoid.get(lang, ())}
        if terms:
            choice = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(terms, key=len, reverse=True))
            found[lang] = re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE), terms
    return found


def glossary_avoid(library: Library) -> Iterator[Problem]:
    """A text does without the words that the glossary avoids; in quotation marks they may stand.

    Passes: `personas recicladoras`; `la ley dice “pepenador”`. Fails: `los pepenadores`.
    """
    avoided = _avoided(library)
    for unit, lang, passage in _texts(library):
        pattern, terms = avoided.get(lang, (None, {}))
        said = passage.text.casefold().replace("\n", " ")
        if pattern is None or not any(word in said for word in terms):
            continue
        unquoted = QUOTED.sub(lambda quote: " " * len(quote[0]), passage.text)
        for found in pattern.finditer(unquoted):
            term = terms[" ".join(found[0].casefold().split())]
            values = {"found": found[0], "prefer": term.text[lang], "note": term.note.get(lang, "")}
            place = _place(library, unit, lang, passage, found.start())
            yield problem(unit.path(lang), place, "glossary-avoid", "word", "", **values)


def glossary_pair(library: Library) -> Iterator[Problem]:
    """A term with `fixed: true` in the glossary is rendered by its pair wherever a section uses it.

    Passes: `protección social` and `social protection`. Fails: `protección social` and `welfare`.
    """
    fixed = [term for term in library.glossary.values() if term.fixed]
    for one in every_section(library):
        if len(one.texts) < 2 or one.state in ("ahead", "both") or one.unit.label == "data/glossary":
            continue
        said = {lang: " ".join(passage.text.casefold().split()) for lang, passage in one.texts.items()} if fixed else {}
        for term in fixed:
            for lang, other in (one.pair, one.pair[::-1]):
                own, pair = term.text[lang], term.text[other]
                both = {lang, other} <= set(term.text)
                if both and own.casefold() in said[lang] and pair.casefold() not in said[other]:
                    passage = one.texts[other]
                    values = {"term": own, "pair": pair, "title": one.title, "one": lang}
                    place = passage.line, passage.column
                    yield problem(one.unit.path(other), place, "glossary-pair", "fixed", "", **values)


def reading_level(library: Library) -> Iterator[Problem]:
    """A participants' sheet reads fairly easily: 65 points or more of reading ease.

    Passes: short sentences of short words. Fails: an article of a law, copied.
    """
    for module in library.live:
        for sheets in module.handouts.values():
            for lang, page in sheets.items():
                found = legibility(page.document.body, words(lang))
                if found and found.score < EASY:
                    hardest = " · ".join(f"“{sentence}”" for sentence in found.hardest)
                    values = {"score": round(found.score), "hardest": hardest, "easy": EASY}
                    yield problem(page.path, START, "reading-level", "hard", "", **values)
