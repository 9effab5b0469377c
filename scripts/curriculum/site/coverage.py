"""What the modules cover and what is missing: first what to write next, then theme by sector."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.coverage import STANDARD, Cell, Gap
from curriculum.library import Library
from curriculum.model import Theme
from curriculum.site.data import path
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.grid import Line
from curriculum.site.page import Page
from curriculum.table import gap_sentence, percent, title
from curriculum.words import Words, words

STATES = ("full", "part", "none", "unasked", "unknown")


def coverage_page(desk: Desk, lang: str) -> Page:
    found, w = desk.covered, words(lang)
    draft = Draft(
        desk=desk,
        place="coverage/",
        kind="coverage",
        lang=lang,
        text_lang=lang,
        title=w("site.coverage"),
        description=w("site.coverage.summary"),
        source="data/themes.yml",
        version=str(desk.heard or ""),
        changed=desk.heard,
    )
    draft.begin(draft.title, draft.description, [("why/", w("site.why"), lang)])
    if found.illustrative:
        draft.add(draft.part("illustrative"))
    if desk.held is None:
        draft.add(draft.part("say", text=w("site.coverage.no-round"), kind=""))
    draft.head("site.coverage.next", "next")
    if found.gaps:
        draft.add(draft.part("say", text=w("site.coverage.next.text"), kind=""))
        draft.add(draft.part("gaps", gaps=gap_lines(desk.library, found.gaps, w), linked=True))
    else:
        draft.add(draft.part("say", text=w("coverage.complete"), kind=""))
    if found.whole is not None:
        draft.head("site.coverage.by-sector", "by-sector")
        draft.add(draft.part("say", text=w("site.coverage.by-sector.whole", share=percent(found.whole, w)), kind=""))
        silent = [one.title[lang] for one in found.sectors if found.by_sector(one.id) is None]
        if silent:
            draft.add(draft.part("say", text=w("site.why.sectors.silent", sectors=w.join(silent)), kind=""))
        header = [w("coverage.column.sector"), w("site.coverage.by-sector.share")]
        lines = [Line((one.title[lang], percent(found.by_sector(one.id), w))) for one in found.sectors]
        caption = w("site.coverage.by-sector.caption")
        draft.add(
            draft.part("grid", caption=caption, header=header, lines=lines, invented=found.illustrative, kind="pair")
        )
    if found.cells:
        _matrix(draft)
    places = [("why/", w("site.why.link")), ("themes/", w("site.themes")), ("modules/", w("site.modules"))]
    if "writing/" in desk.places:
        places.append(("writing/", w("site.coverage.write.link")))
    draft.add(draft.part("further", places=places), draft.report())
    return draft.page()


def gap_lines(library: Library, gaps: tuple[Gap, ...] | list[Gap], w: Words) -> list[tuple[str, str, str, str]]:
    """Each gap as (theme, sentence before the theme's title, the title, sentence after it)."""
    lines = []
    for gap in gaps:
        name = title(library, gap.theme, w)
        before, _, after = gap_sentence(library, gap, w).partition(name)
        lines.append((gap.theme, before, name, after))
    return lines


@dataclass(frozen=True)
class Shown:
    """A cell of the matrix in words; `state` is one of STATES."""

    state: str
    asked: str
    minutes: str


def _matrix(draft: Draft) -> None:
    found, w = draft.desk.covered, draft.w
    draft.head("site.coverage.matrix", "matrix")
    rows = [
        (
            theme,
            [w(f"site.depth.{depth}").lower() for depth in _lacking(draft.desk, theme)],
            [_shown(found.cells[theme.id, sector.id], w) for sector in found.sectors],
        )
        for theme in found.themes
    ]
    used = {cell.state for _, _, cells in rows for cell in cells}
    draft.add(
        draft.part(
            "legend",
            text=w("site.coverage.legend", minutes=w.minutes(STANDARD)),
            states=[state for state in STATES if state in used],
        ),
        draft.part(
            "matrix", rows=rows, sectors=[one.title[draft.lang] for one in found.sectors], invented=found.illustrative
        ),
        draft.part("csv", path=path("coverage", draft.lang)),
    )


def _lacking(desk: Desk, theme: Theme) -> list[str]:
    """The depths that a theme with modules has none of."""
    kinds = [gap.kind for gap in desk.covered.gaps if gap.theme == theme.id]
    return [depth for depth in ("starter", "tactical") if f"no-{depth}" in kinds]


def _shown(cell: Cell, w: Words) -> Shown:
    if cell.covered == 1:
        state = "full"
    elif cell.asked is None:
        state = "unknown"
    elif cell.asked == 0:
        state = "unasked"
    else:
        state = "part" if cell.minutes else "none"
    asked = "" if cell.asked is None else w("site.coverage.asked", share=percent(cell.asked, w))
    return Shown(state, asked, w.minutes(cell.minutes))
