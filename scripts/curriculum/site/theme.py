"""The page of a theme: who asks for it, what was said, why it stands where it does, its modules, what is missing."""

from __future__ import annotations

from curriculum.library import Library
from curriculum.model import Theme
from curriculum.needs import Row
from curriculum.site.chain import add_chain
from curriculum.site.coverage import gap_lines
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.page import Page
from curriculum.site.voice import voices
from curriculum.table import percent, points
from curriculum.words import Words


def theme_page(desk: Desk, theme: Theme, lang: str) -> Page:
    group = [edition for edition in desk.read_in(lang).values() if theme.id in edition.module.meta.themes]
    decisions = desk.decisions(theme)
    days = [decision.date for decision in decisions] + [edition.changed for edition in group]
    draft = Draft(
        desk=desk,
        place=f"themes/{theme.id}/",
        kind="theme",
        lang=lang,
        text_lang=lang,
        title=theme.title[lang],
        description=theme.summary[lang],
        source="data/themes.yml",
        version=str(desk.changed or ""),
        changed=max(days, default=None),
    )
    w = draft.w
    invented = any(decision.illustrative for decision in decisions) or bool(desk.held and desk.held.illustrative)
    trail = [("themes/", w("site.themes"), lang)]
    draft.begin(draft.title, draft.description, trail, desk.rank(theme) or "", w("site.rank.label"))
    if invented:
        draft.add(draft.part("illustrative"))
    _asked(draft, theme)
    if decisions:
        draft.head("site.theme.decisions", "decisions")
        draft.add(draft.part("decisions", decisions=decisions))
    draft.head("site.theme.modules-title", "modules")
    draft.add(draft.part("theme-modules", group=group))
    _gaps(draft, theme)
    add_chain(draft, "theme", theme.id)
    places = [("why/", w("site.why.link")), ("coverage/", w("site.coverage.link"))]
    if theme.id in desk.by_theme:
        places.insert(0, (f"results/themes/{theme.id}/", w("site.results.link")))
    draft.add(draft.part("further", places=places), draft.report())
    return draft.page()


def answers(desk: Desk, theme: Theme, w: Words) -> str:
    """What a module on a theme answers to: the theme's priority, and how many asked for it."""
    rank = desk.rank(theme)
    parts = [w("site.answers.rank", rank=rank) if rank else w("site.answers.unranked")]
    if desk.held:
        row = _row(desk, theme)
        organisations = sum(share > 0 for share in row.by_organisation.values()) if row else 0
        sectors = sum(share > 0 for share in row.by_sector.values()) if row else 0
        parts.append(
            w(
                "site.answers.asked",
                organisations=w("site.count.organisations", n=organisations),
                sectors=w("site.count.sectors", n=sectors),
            )
            if organisations
            else w("site.answers.nobody")
        )
        if row and row.breadth:
            parts.append(w("site.answers.top", n=row.breadth))
    return "; ".join(parts)


def _row(desk: Desk, theme: Theme) -> Row | None:
    """The theme's place in the ranking that readers see, if it has one."""
    rows = desk.held.ranking if desk.held else []
    return next((row for row in rows if row.theme == theme.id), None)


def _asked(draft: Draft, theme: Theme) -> None:
    held, w = draft.desk.held, draft.w
    if not held:
        return
    draft.head("site.theme.asked", "asked")
    row = _row(draft.desk, theme)
    if row and row.score > 0:
        draft.add(
            draft.part(
                "asked",
                facts=_facts(row, len(held.organisations), len(held.ranking), w),
                sectors=_sectors(draft.desk.library, row, w),
                invented=held.illustrative,
            )
        )
    else:
        draft.add(draft.part("say", text=w("site.theme.asked.nobody"), kind=""))
    draft.head("site.theme.evidence", "evidence")
    shown, kept = voices(draft.desk.library, held, theme.id, w)
    if shown:
        draft.add(draft.part("evidence", voices=shown))
    else:
        draft.add(draft.part("say", text=w("site.theme.evidence.none"), kind=""))
    if kept:
        draft.add(draft.part("say", text=w("site.theme.evidence.kept", n=kept), kind="small"))


def _facts(row: Row, voted: int, ranked: int, w: Words) -> list[tuple[str, str]]:
    breadth = w("site.count.of", part=row.breadth, whole=w("site.count.organisations", n=voted))
    facts = [
        (w("site.theme.rank"), w("site.count.of", part=row.rank, whole=ranked)),
        (w("needs.column.score"), percent(row.score, w)),
        (w("site.why.column.breadth"), breadth),
        (w("needs.column.disagreement"), w("site.why.points", number=w.number(row.disagreement * 100, 1))),
    ]
    if row.gap is not None:
        facts.append((w("site.why.column.gap"), w("site.why.points", number=points(row.gap, w))))
    return facts


def _sectors(library: Library, row: Row, w: Words) -> list[tuple[str, str, float]]:
    """Each sector that voted with its share, and the bar's width in a hundred; who asks most comes first."""
    shares = sorted(row.by_sector.items(), key=lambda item: -item[1])
    titles = {name: sector.title[w.lang] for name, sector in library.sectors.items()}
    return [(titles.get(name, name), percent(share, w), round(share * 100, 1)) for name, share in shares]


def _gaps(draft: Draft, theme: Theme) -> None:
    w, library = draft.w, draft.desk.library
    gaps = [gap for gap in draft.desk.covered.gaps if gap.theme == theme.id]
    draft.head("site.theme.gaps", "gaps")
    if gaps:
        draft.add(draft.part("gaps", gaps=gap_lines(library, gaps, w), linked=False))
    elif draft.desk.rank(theme):
        draft.add(draft.part("say", text=w("site.theme.gaps.none"), kind=""))
    else:
        draft.add(draft.part("say", text=w("site.theme.gaps.unprioritised"), kind=""))
