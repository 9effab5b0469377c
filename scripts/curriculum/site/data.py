"""The ranking and the coverage to download: the same numbers as on the pages, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.coverage import coverage
from curriculum.evaluation import by_module
from curriculum.library import Library
from curriculum.needs import current
from curriculum.table import Table, matrix, ranking
from curriculum.tally import group_names, measured
from curriculum.words import Words, words


def path(name: str, lang: str) -> str:
    """Where a download is, below the root of the site: data/needs-es.csv."""
    return f"data/{name}-{lang}.csv"


def downloads(library: Library) -> Iterator[tuple[str, str]]:
    """Each file by its path; without consultations there is no ranking."""
    held, covered, groups = current(library), coverage(library), by_module(library)
    for lang in library.languages:
        w = words(lang)
        if held:
            yield path("needs", lang), _marked(ranking(library, held, w), held.illustrative, w).csv()
        if groups:
            names = group_names(library, "module", list(groups), w)
            invented = any(found.illustrative for found in groups.values())
            yield path("results", lang), _marked(measured(library, groups, names, w), invented, w).csv()
        yield path("coverage", lang), _marked(matrix(library, covered, w), covered.illustrative, w).csv()


def _marked(table: Table, illustrative: bool, w: Words) -> Table:
    """The table itself; invented numbers say so in every line, since a line is what gets copied."""
    if not illustrative:
        return table
    return Table((*table.header, w("site.csv.note")), tuple((*row, w("illustrative")) for row in table.rows))
