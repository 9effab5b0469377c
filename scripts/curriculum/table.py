"""The ranking and the coverage as tables and sentences, the same for commands, downloads, pages and paper."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from curriculum.coverage import Coverage, Gap
from curriculum.library import Library
from curriculum.model import Criteria
from curriculum.needs import Difference, Round, Row, decisions
from curriculum.words import Words

CRITERIA = tuple(Criteria.model_fields)


@dataclass(frozen=True)
class Table:
    """A header and rows of the same length, all text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        """Comma-separated, with a byte order mark so that spreadsheets read the accents."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        columns = list(zip(*self.rows, strict=True)) or [()] * len(self.header)
        units = [" (%)" if any(cell.endswith("%") for cell in column) else "" for column in columns]
        writer.writerow(name + unit for name, unit in zip(self.header, units, strict=True))
        writer.writerows([_harmless(_number(cell)) for cell in row] for row in self.rows)
        return "\ufeff" + text.getvalue()


def _number(cell: str) -> str:
    """A number as spreadsheets read it: without the sign of per cent, with a plain minus."""
    found = re.fullmatch(r"([+−-]?)([\d,]*\d(?:\.\d+)?)[ \u00a0]?%?", cell)
    return ("-" if found[1] in ("−", "-") else "") + found[2].replace(",", "") if found and found[2] else cell


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "@", "\t") or (cell[:1] in "+-" and not cell[1:2].isdigit()) else cell


def ranking(library: Library, one: Round, w: Words) -> Table:
    """The ranking beside the decisions; the coordinator's criteria in columns of their own."""
    made = decisions(library, one.name)
    proposed = {theme: place for place, theme in enumerate(one.proposal, 1)}
    header = [
        w(f"needs.column.{name}") for name in ("rank", "theme", "score", "breadth", "gap", "disagreement", "quotes")
    ]
    header += [w("needs.column.members"), w("needs.column.dots"), w("needs.column.proposed"), w("needs.column.decided")]
    header += [w(f"needs.criteria.{name}") for name in CRITERIA]
    rows = []
    for row in one.ranking:
        decision = made.get(row.theme)
        decided = w("needs.undecided") if decision is None else str(decision.rank or w("needs.not-taken"))
        rows.append(
            (
                str(row.rank),
                title(library, row.theme, w),
                percent(row.score, w),
                str(row.breadth),
                points(row.gap, w),
                percent(row.disagreement, w),
                str(row.quotes),
                percent(row.by_members, w),
                percent(row.by_dots, w),
                str(proposed.get(row.theme, w("none"))),
                decided,
                *(str((getattr(decision.criteria, name) if decision else None) or w("none")) for name in CRITERIA),
            )
        )
    return Table(tuple(header), tuple(rows))


def matrix(library: Library, found: Coverage, w: Words) -> Table:
    """Theme by sector: what was asked for, minutes and modules of each cell, a row a cell."""
    names = ("theme", "sector", "asked", "minutes", "modules", "covered")
    rows = []
    for (theme, sector), cell in found.cells.items():
        rows.append(
            (
                title(library, theme, w),
                library.sectors[sector].title[w.lang],
                percent(cell.asked, w),
                str(cell.minutes),
                " ".join(cell.modules),
                percent(cell.covered, w),
            )
        )
    return Table(tuple(w(f"coverage.column.{name}") for name in names), tuple(rows))


def gap_sentence(library: Library, gap: Gap, w: Words) -> str:
    """What is missing and why it matters, in one sentence."""
    return w(
        f"coverage.gap.{gap.kind}",
        theme=title(library, gap.theme, w),
        sectors=w.join([library.sectors[sector].title[w.lang] for sector in gap.sectors]),
        share=percent(gap.weight, w),
        module=gap.module,
    )


def difference_sentence(difference: Difference, w: Words) -> str:
    """How a decision differs from the ranking, and its reason or that it has none."""
    kind = "added" if difference.proposed is None else "dropped" if difference.decided is None else "moved"
    text = w(
        f"needs.difference.{kind}",
        theme=difference.theme.title[w.lang],
        proposed=difference.proposed or "",
        decided=difference.decided or "",
    )
    reason = difference.decision.reason.get(w.lang, "") if difference.decision else ""
    return f"{text} {reason or w('needs.no-reason')}"


def weightings(one: Round) -> dict[str, list[Row]]:
    """The ranking under each way of counting; the one by members only where all are known."""
    ways = {"shares": list(one.ranking), "dots": sorted(one.ranking, key=lambda row: -row.by_dots)}
    if all(row.by_members is not None for row in one.ranking):
        ways["members"] = sorted(one.ranking, key=lambda row: -(row.by_members or 0.0))
    return ways


def contested(one: Round) -> list[Row]:
    """The themes whose place depends on the way of counting, most wanted first."""
    places = [{row.theme: place for place, row in enumerate(rows)} for rows in weightings(one).values()]
    return [row for row in one.ranking if len({way[row.theme] for way in places}) > 1]


def title(library: Library, theme: str, w: Words) -> str:
    return library.themes[theme].title[w.lang] if theme in library.themes else theme


def percent(share: float | None, w: Words) -> str:
    """A share as a percentage with one decimal; the sign for nothing where it is not known."""
    return w("none") if share is None else w("percent", number=w.number(share * 100, 1))


def points(share: float | None, w: Words) -> str:
    """A difference of shares in percentage points, with its sign."""
    if share is None:
        return w("none")
    rounded = round(share * 100, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + w.number(abs(rounded), 1)


def summary(library: Library, one: Round, w: Words) -> str:
    """Who was asked, in one line."""
    return w(
        "needs.summary",
        n=len(one.consultations),
        round=one.name,
        voted=len(one.voted),
        organisations=len({each.organisation for each in one.consultations}),
        sectors=len({sector for each in one.consultations for sector in one.sectors.get(each.organisation, ())}),
    )
