"""The evaluation sheet: the questions of a module as rows and columns to write counts into."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.edition import Edition
from curriculum.model import Question
from curriculum.words import Words

CUPS = 3  # questions on a sheet for tokens


@dataclass(frozen=True)
class Asked:
    """An evaluation question with a row for each time it is asked."""

    id: str
    text: str
    scale: str
    options: tuple[str, ...]
    rows: tuple[str, ...]
    expected: str


def evaluation(edition: Edition, w: Words) -> list[tuple[str, list[Asked]]]:
    """The questions by the moment at which they are asked, without empty moments."""
    before, after = w("print.evaluation.before"), w("print.evaluation.after")
    how_many = w("print.evaluation.answers")
    moments = [
        ("before-after", w("print.evaluation.at-start-and-end"), (before, after)),
        ("after", w("print.evaluation.at-end"), (how_many,)),
        ("later", w("print.evaluation.later"), (how_many,)),
    ]
    return [
        (title, [_asked(edition, one, rows) for one in edition.questions if one.moment == moment])
        for moment, title, rows in moments
        if any(one.moment == moment for one in edition.questions)
    ]


def tokens(edition: Edition, w: Words) -> list[list[Asked]]:
    """The questions that are answered with tokens or hands, a page at a time: those with levels."""
    before, after = w("print.evaluation.before"), w("print.evaluation.after")
    rows = {"before-after": (before, after), "after": (after,)}
    asked = [
        _asked(edition, one, rows[one.moment])
        for one in edition.questions
        if one.scale == "levels" and len(one.options) > 1 and one.moment in rows
    ]
    return [asked[start : start + CUPS] for start in range(0, len(asked), CUPS)]


def _asked(edition: Edition, question: Question, rows: tuple[str, ...]) -> Asked:
    """A question of all modules has a number; those of a module are counted, M1-1, M1-2."""
    lang = edition.lang
    own = [one for one in edition.questions if not one.id[:1].isupper()]
    options = tuple(option.text[lang] for option in question.options)
    return Asked(
        id=question.id if question.id[:1].isupper() else f"{edition.label}-{own.index(question) + 1}",
        text=question.text[lang],
        scale=question.scale,
        options=options,
        rows=rows if options or len(rows) > 1 else ("",),
        expected=question.expected.get(lang, ""),
    )
