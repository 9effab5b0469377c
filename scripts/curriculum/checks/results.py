"""Results of sessions: every count belongs to a question that was asked, adds up, and shows nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from curriculum.checks.people import SMALLEST
from curriculum.library import Library
from curriculum.model import Question
from curriculum.problem import START, Problem, nearest, problem
from curriculum.results import WHEN, Row, asked, counted

# Groups that together are everyone; the others may overlap with them.
WHOLE = ("women", "men", "other")


def _path(name: str) -> str:
    return f"data/results/{name}.csv"


def results_mapping(library: Library) -> Iterator[Problem]:
    """A file of results is of a recorded session, and each line of a question that one of its modules asks.

    Passes: `hog-registro-imss,E01,before,all,…` where the session taught that module, which asks E01. Fails: another
    module; `E99`; a line twice; more columns than the question has options.
    """
    for name, rows in library.results.items():
        session = library.sessions.get(name)
        if session is None or session.record is None:
            held = {known for known, one in library.sessions.items() if one.record}
            yield problem(_path(name), START, "session-unknown", "unknown", nearest(name, held), name=name)
            continue
        seen: set[tuple[str, str, str, str]] = set()
        for row in rows:
            if row.module not in session.modules:
                values = {"name": row.module, "known": ", ".join(session.modules)}
                near = nearest(row.module, session.modules)
                yield problem(_path(name), row.place("module"), "module-unknown", "not-here", near, **values)
                continue
            key = (row.module, row.question, row.moment, row.group)
            if key in seen:
                yield problem(_path(name), row.place("question"), "field-invalid", "same-row", value=row.question)
            seen.add(key)
            yield from _question(library, name, row)


def _question(library: Library, name: str, row: Row) -> Iterator[Problem]:
    known = asked(library, row.module)
    question = library.questions.get(row.question)
    if question is None or row.question not in known:
        place, near = row.place("question"), nearest(row.question, known)
        values = {"name": row.question, "known": ", ".join(known)}
        yield problem(_path(name), place, "question-unknown", "unknown", near, **values)
        return
    if row.moment not in WHEN[question.moment]:
        choices = WHEN[question.moment]
        values = {"field": "moment", "value": row.moment, "choices": ", ".join(choices)}
        yield problem(_path(name), row.place("moment"), "field-invalid", "choice", "", **values)
    most = width(question)
    if len(row.counts) > most:
        place = row.place(str(len(row.counts)))
        yield problem(_path(name), place, "field-invalid", "no-option", field=row.question, value=len(row.counts))
    if row.sum is not None and question.scale != "number":
        yield problem(_path(name), row.place("sum"), "field-invalid", "no-sum", field=row.question)
    if not counted(question):
        yield problem(_path(name), row.place("total"), "field-invalid", "not-counted", field=row.question)


def width(question: Question) -> int:
    """How many options a question's answers are counted by."""
    return len(question.options) or (2 if question.expected and question.scale == "text" else 0)


def results_totals(library: Library) -> Iterator[Problem]:
    """Answers add up to their total, and nobody answers twice or without being there.

    Passes: 3, 5, 6 and 2 answers of 16, where 17 came. Fails: a total of 17; 18 answers; women's answers that are more
    than everybody's.
    """
    for name, rows in library.results.items():
        session = library.sessions.get(name)
        people = session.record.attendance.total if session and session.record else None
        everybody = {(row.module, row.question, row.moment): row for row in rows if row.group == "all"}
        for row in rows:
            if row.counts and sum(row.counts) != row.total:
                values = {"sum": sum(row.counts), "total": row.total}
                yield problem(_path(name), row.place("total"), "totals-mismatch", "people", "", **values)
            # Weeks later others may answer as well: whom they taught, who joined since.
            if people is not None and row.moment != "later" and row.total > people:
                values = {"total": row.total, "people": people}
                yield problem(_path(name), row.place("total"), "totals-mismatch", "answers", "", **values)
            every = everybody.get((row.module, row.question, row.moment))
            if row.group != "all" and (every is None or any(rest < 0 for rest in _rest(every, [row]))):
                yield problem(_path(name), row.place("group"), "totals-mismatch", "group", "", group=row.group)


def results_small(library: Library) -> Iterator[Problem]:
    """Nothing is written of fewer than five who answered, nor a part of the people in which one to four gave an answer.

    Passes: 16 answers; 8 women of whom 8 said the same; an empty line. Fails: 3 answers; `women` with a column of 2;
    what is left of a column once the women's answers are taken away.
    """
    for name, rows in library.results.items():
        parts: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        whole: dict[tuple[str, str, str], Row] = {}
        for row in rows:
            line = (row.module, row.question, row.moment)
            if 0 < row.total < SMALLEST:
                place = row.place("total")
                yield problem(_path(name), place, "small-count", "answers", "", count=row.total)
            elif row.group == "all":
                whole[line] = row
            elif row.total:  # a part with nobody in it tells nothing
                parts[line].append(row)
        for line, some in parts.items():
            for row in some:
                yield from _cells(name, row, row.counts)
                if line in whole:
                    yield from _cells(name, row, _rest(whole[line], [row]))
            split = [row for row in some if row.group in WHOLE]
            if line in whole and len(split) > 1:
                yield from _cells(name, split[-1], _rest(whole[line], split))


def _rest(whole: Row, parts: list[Row]) -> list[int]:
    """What is left of each column, and of the total, without some parts."""
    columns = max(len(row.counts) for row in (whole, *parts))

    def at(row: Row, column: int) -> int:
        return row.counts[column] if column < len(row.counts) else 0

    left = [at(whole, column) - sum(at(part, column) for part in parts) for column in range(columns)]
    return [*left, whole.total - sum(part.total for part in parts)]


def _cells(name: str, row: Row, counts: tuple[int, ...] | list[int]) -> Iterator[Problem]:
    small = [count for count in counts if 0 < count < SMALLEST]
    if small:
        values = {"group": row.group, "count": small[0]}
        yield problem(_path(name), row.place("group"), "small-count", "group", "", **values)
