"""What people answered, as counts: the table for a spreadsheet, and what comes back in it.

A file data/results/<session>.csv has a line for each question, each time it is asked (before, after, later) and each
group of people (`all`, or a part of them). Columns 1, 2, 3 … count the answers from the lowest option to the highest;
`sum` adds up numbers that were said; `total` is how many answered, to find slips of the pen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.frontmatter import read_text
from curriculum.model import Question
from curriculum.problem import START, Place, Problem, nearest, problem
from curriculum.words import Words

if TYPE_CHECKING:
    from curriculum.library import Library
    from curriculum.session import Session

FIXED = ("module", "question", "moment", "group", "total")
MOMENTS = ("before", "after", "later")
# A part of the people, by what consultations and attendance are split by as well.
GROUPS = ("all", "women", "men", "other", "age_60_plus", "indigenous_language")
WHEN = {"before-after": ("before", "after"), "after": ("after",), "later": ("later",)}
MOST = 100_000


@dataclass(frozen=True)
class Row:
    """One line of counts. `counts` are by option from low to high; `sum` is only for questions with a number.

    `cells` are those of its line by column, to say where in the file something is.
    """

    module: str
    question: str
    moment: str
    group: str
    total: int
    counts: tuple[int, ...]
    sum: int | None
    line: int = 1
    cells: tuple[tuple[str, str], ...] = ()

    def place(self, column: str) -> Place:
        """Where a column's cell is; the beginning of the line where there is no such column."""
        return _place(self.line, self.cells, column)


def options(question: Question, w: Words) -> list[str]:
    """What is counted in each column of a question, lowest first; empty where its answers are not counted by option."""
    if question.options:
        return [option.text.get(w.lang, "") for option in question.options]
    if question.scale == "text" and question.expected:
        return [w("results.not-expected"), w("results.expected")]
    return []


def counted(question: Question) -> bool:
    """Whether answers are counted at all; words said freely go into the record of the session."""
    return bool(question.options or question.expected or question.scale == "number")


def template(library: Library, session: Session, w: Words) -> str:
    """The table to fill in after a session: every question of its modules, with what each column means."""
    lines = list(_asked(library, session))
    width = max((len(options(question, w)) for _, question, _ in lines), default=0)
    numbers = [str(column) for column in range(1, width + 1)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*FIXED, *numbers, "sum", "guide"])
    for module, question, moment in lines:
        meanings = [f"{column} = {name}" for column, name in enumerate(options(question, w), 1)]
        if question.scale == "number":
            meanings = [w("results.guide.number")]
        guide = f"{question.text[w.lang]} {'; '.join(meanings)}"
        writer.writerow([module, question.id, moment, "all", *[""] * (width + 2), guide])
    return "\ufeff" + text.getvalue()


def asked(library: Library, module: str) -> list[str]:
    """The questions of a module, and those of the shared bank that are asked weeks after any session."""
    found = library.modules.get(module)
    own = found.meta.questions if found else []
    shared = [one.id for one in library.questions.values() if one.moment == "later" and one.id[:1].isupper()]
    return list(dict.fromkeys([*own, *shared]))


def _asked(library: Library, session: Session) -> Iterator[tuple[str, Question, str]]:
    for name in session.modules:
        for each in asked(library, name):
            question = library.questions.get(each)
            if question and counted(question):
                for moment in WHEN[question.moment]:
                    yield name, question, moment


def read_results(file: Path, path: str) -> tuple[list[Row], list[Problem]]:
    """The lines of a file that have any count in them; commas, semicolons or tabs may stand between its cells."""
    text, problems = read_text(file, path)
    if problems:
        return [], problems
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        return [], [problem(path, START, "field-invalid", "csv")]
    header = [name.strip().casefold() for name in table[0]] if table else []
    for name in FIXED:
        if name not in header:
            problems.append(problem(path, START, "field-missing", "column", field=name))
    for index, name in enumerate(header):
        if name and name not in (*FIXED, "sum", "guide") and not name.isdecimal():
            near, known = nearest(name, (*FIXED, "sum", "guide")), ", ".join((*FIXED, "1, 2, 3…", "sum", "guide"))
            place = Place(1, _column(table[0], index))
            problems.append(problem(path, place, "field-unknown", "field", near, field=name, known=known))
        elif name and name in header[:index]:
            place = Place(1, _column(table[0], index))
            problems.append(problem(path, place, "field-invalid", "same-id", field=path, value=name))
    if problems:
        return [], problems
    rows: list[Row] = []
    line = 2
    for cells in table[1:]:
        row, found = _row(header, cells, line, path)
        problems += found
        rows += [row] if row else []
        line += 1 + sum(cell.count("\n") for cell in cells)
    return rows, problems


def _row(header: Sequence[str], cells: Sequence[str], line: int, path: str) -> tuple[Row | None, list[Problem]]:
    """A line; None where nothing was counted in it."""
    given = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
    numbers = sorted(filter(str.isdecimal, given), key=int)
    if not any(given.get(name) for name in ("total", "sum", *numbers)):
        return None, []
    named = tuple(zip(header, cells, strict=False))
    problems = []
    found: dict[str, int] = {}
    for name in ("total", "sum", *numbers):
        text = given.get(name, "")
        if text and (not text.isdecimal() or not text.isascii() or int(text) > MOST):
            problems.append(problem(path, _place(line, named, name), "field-invalid", "number", field=name, value=text))
        elif text:
            found[name] = int(text)
    for name, choices in (("moment", MOMENTS), ("group", GROUPS)):
        value = given.get(name) or ("all" if name == "group" else "")
        if value not in choices:
            near, listed = nearest(value, choices) if name == "group" else "", ", ".join(choices)
            place = _place(line, named, name)
            values = {"field": name, "value": value, "choices": listed}
            problems.append(problem(path, place, "field-invalid", "choice", near, **values))
    if problems:
        return None, problems
    last = max((int(name) for name in numbers if name in found), default=0)
    counts = tuple(found.get(str(column), 0) for column in range(1, last + 1))
    row = Row(
        module=given.get("module", ""),
        question=given.get("question", ""),
        moment=given["moment"],
        group=given.get("group") or "all",
        total=found.get("total", sum(counts)),
        counts=counts,
        sum=found.get("sum"),
        line=line,
        cells=named,
    )
    return row, []


def _column(cells: Sequence[str], index: int) -> int:
    """Where a cell begins in its line, counted in characters from 1."""
    return 1 + sum(len(cell) + 1 for cell in cells[:index])


def _place(line: int, cells: tuple[tuple[str, str], ...], column: str) -> Place:
    names = [name for name, _ in cells]
    index = names.index(column) if column in names else 0
    return Place(line, _column([cell for _, cell in cells], index))
