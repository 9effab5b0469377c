"""Why these themes: what was asked for, what was decided and why, who is left out, how it is counted."""

from __future__ import annotations

import re

from markupsafe import Markup

from curriculum.chart import breadth_and_disagreement, heat_map
from curriculum.model import Decision, Theme
from curriculum.needs import SET, Difference, Round, Row, decisions, differences
from curriculum.site.data import path
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.facilitator import downloads
from curriculum.site.grid import Line, count
from curriculum.site.left_out import left_out
from curriculum.site.offers import offers
from curriculum.site.page import Page
from curriculum.site.voice import sectors_of
from curriculum.table import CRITERIA, contested, difference_sentence, percent, points, title, weightings
from curriculum.words import words

METHOD = ("shares", "mean", "political", "rule", "decision", "privacy", "limits")
PAPERS = ("wall", "briefing")
READ = ("score", "breadth", "gap", "disagreement", "quotes", "proposed", "decided")


def why_page(desk: Desk, lang: str) -> Page:
    w, held = words(lang), desk.held
    draft = Draft(
        desk=desk,
        place="why/",
        kind="why",
        lang=lang,
        text_lang=lang,
        title=w("site.why"),
        description=w("site.why.summary"),
        source="data/themes.yml",
        version=str(desk.heard or ""),
        changed=desk.heard,
    )
    draft.begin(draft.title, draft.description, [("themes/", w("site.themes"), lang)])
    record = _record(desk)
    if held:
        _answer(draft, held)
    else:
        draft.add(draft.part("answer", said=[w("site.why.none")], reason="", invented=False))
    if (held and held.illustrative) or any(decision.illustrative for _, decision in record):
        draft.add(draft.part("illustrative"))
    if held and held.ranking:
        _ranking(draft, held)
    if held and held.voted:
        _pictures(draft, held)
    if held:
        _criteria(draft, held)
        _differences(draft, held)
        if held.voted:
            _ways(draft, held)
        left_out(draft, held)
        offers(draft, held)
    draft.head("site.why.method", "method")
    draft.add(draft.part("points", points=[("", w(f"site.why.method.{name}", n=SET)) for name in METHOD]))
    draft.head("site.why.record", "record")
    if record:
        draft.add(draft.part("record", decisions=record))
    else:
        draft.add(draft.part("say", text=w("site.why.record.none"), kind=""))
    if held:
        _consultations(draft, held)
    places = [("coverage/", w("site.coverage.link")), ("themes/", w("site.themes"))]
    draft.add(draft.part("further", places=places), draft.report())
    return draft.page()


def _record(desk: Desk) -> list[tuple[Theme, Decision]]:
    """The decisions of the round that readers see; without a round, each theme's newest. In order of priority."""
    if desk.held:
        made = decisions(desk.library, desk.held.name)
        found = [(desk.library.themes[theme], decision) for theme, decision in made.items()]
    else:
        found = [(theme, decision) for theme in desk.themes if (decision := desk.decision(theme))]
    return sorted(found, key=lambda item: (item[1].rank or 1000, item[0].id))


def _answer(draft: Draft, held: Round) -> None:
    """One paragraph for who reads no further: which theme is first, and why."""
    w, library = draft.w, draft.desk.library
    rows = [row for row in held.ranking if row.score > 0]
    said, reason = [], ""
    ranked = [(theme, decision) for theme, decision in _record(draft.desk) if decision.rank]
    if not rows:
        said.append(w("site.why.unvoted"))
    elif not ranked:
        top = rows[0]
        text = w("site.why.undecided", theme=title(library, top.theme, w), **_values(draft, held, top))
        said.append(text)
    if ranked and rows:
        theme, decision = ranked[0]
        row = next((row for row in rows if row.theme == theme.id), None)
        name = theme.title[draft.lang]
        text = w("site.why.first.silent", theme=name)
        if row:
            text = w("site.why.first", theme=name, rank=row.rank, of=len(rows), **_values(draft, held, row))
        if rows[0].theme != theme.id:
            other = title(library, rows[0].theme, w)
            text += " " + w("site.why.most", theme=other, share=percent(rows[0].score, w))
        reason = decision.reason.get(draft.lang, "")
        key = "site.why.decided" if reason else "site.why.decided.unexplained"
        text += " " + w(key, by=decision.by[draft.lang], day=w.date(decision.date))
        said.append(text)
    draft.add(draft.part("answer", said=said, reason=reason, invented=held.illustrative))


def _values(draft: Draft, held: Round, row: Row) -> dict[str, str]:
    w = draft.w
    whole = w("site.count.organisations", n=len(held.organisations))
    return {
        "share": percent(row.score, w),
        "breadth": w("site.count.of", part=row.breadth, whole=whole),
    }


def _ranking(draft: Draft, held: Round) -> None:
    w, library = draft.w, draft.desk.library
    made, moved = decisions(library, held.name), {one.theme.id: one for one in differences(library, held)}
    proposed = {theme: place for place, theme in enumerate(held.proposal, 1)}
    columns = [w(f"needs.column.{name}") for name in ("theme", "score")]
    columns += [w("site.why.column.breadth"), w("site.why.column.gap")]
    columns += [w(f"needs.column.{name}") for name in ("disagreement", "quotes", "proposed", "decided")]
    lines = [
        Line(
            (
                f"{row.rank}. {title(library, row.theme, w)}",
                percent(row.score, w),
                w("site.count.of", part=row.breadth, whole=len(held.organisations)),
                points(row.gap, w),
                w.number(row.disagreement * 100, 1),
                str(row.quotes),
                str(proposed.get(row.theme, w("none"))),
                _decided(draft, made.get(row.theme), moved.get(row.theme)),
            ),
            f"themes/{row.theme}/" if row.theme in library.themes else "",
        )
        for row in held.ranking
    ]
    draft.head("site.why.ranking", "ranking")
    caption = w("site.why.ranking.caption")
    draft.add(
        draft.part("grid", caption=caption, header=columns, lines=lines, invented=held.illustrative, kind="ranking"),
        draft.part("csv", path=path("needs", draft.lang)),
        f"### {w('site.why.read')}",
        draft.part("points", points=[(_column(draft, name), w(f"site.why.read.{name}")) for name in READ]),
        downloads(draft, "", draft.lang, PAPERS),
    )


def _column(draft: Draft, name: str) -> str:
    own = f"site.why.column.{name}"
    return draft.w(own if own in draft.w else f"needs.column.{name}")


def _decided(draft: Draft, decision: Decision | None, moved: Difference | None) -> str:
    """The place decided, and whether that is higher or lower than the one proposed."""
    w = draft.w
    if decision is None or decision.rank is None:
        return w("needs.undecided" if decision is None else "needs.not-taken")
    if moved is None:
        return str(decision.rank)
    if moved.proposed is None:
        return w("site.why.move.in", rank=decision.rank)
    return w("site.why.move.up" if decision.rank < moved.proposed else "site.why.move.down", rank=decision.rank)


def _pictures(draft: Draft, held: Round) -> None:
    w, library = draft.w, draft.desk.library
    sectors = list(held.by_sector)
    names = [library.sectors[name].title[draft.lang] if name in library.sectors else name for name in sectors]
    rows = held.ranking
    heat = [
        Line((f"{row.rank}. {title(library, row.theme, w)}", *(percent(row.by_sector[name], w) for name in sectors)))
        for row in rows
    ]
    breadth = [
        Line(
            (
                f"{row.rank}. {title(library, row.theme, w)}",
                w("site.count.of", part=row.breadth, whole=len(held.organisations)),
                w.number(row.disagreement * 100, 1),
            )
        )
        for row in rows
    ]
    theme = w("needs.column.theme")
    draft.head("site.why.pictures", "pictures")
    for name, svg, header, lines in (
        ("heat", heat_map(library, held, w), [theme, *names], heat),
        (
            "breadth",
            breadth_and_disagreement(library, held, w),
            [theme, w("site.why.column.breadth"), w("needs.column.disagreement")],
            breadth,
        ),
    ):
        draft.add(
            draft.part(
                "figure",
                title=w(f"chart.{name}.title"),
                read=w(f"chart.{name}.desc"),
                chart=Markup(_named(svg, name)),
                header=header,
                lines=lines,
                invented=held.illustrative,
                kind="ways",
            )
        )


def _named(svg: str, name: str) -> str:
    """A chart whose title and description have ids of their own on the page."""
    svg = svg.replace("<title>", f'<title id="m-{name}-title">', 1).replace("<desc>", f'<desc id="m-{name}-desc">', 1)
    names = f'aria-labelledby="m-{name}-title" aria-describedby="m-{name}-desc"'
    return re.sub(r'role="img"', f'role="img" {names}', svg, count=1)


def _criteria(draft: Draft, held: Round) -> None:
    w = draft.w
    made = [(theme, one) for theme, one in _record(draft.desk) if any(one.criteria.model_dump().values())]
    if not made:
        return
    draft.head("site.why.criteria", "criteria")
    lines = [
        Line(
            (theme.title[draft.lang], *(str(getattr(one.criteria, name) or w("none")) for name in CRITERIA)),
            f"themes/{theme.id}/",
        )
        for theme, one in made
    ]
    draft.add(
        draft.part("say", text=w("site.why.criteria.text"), kind=""),
        draft.part(
            "grid",
            caption=w("site.why.criteria.caption"),
            header=[w("needs.column.theme"), *(w(f"needs.criteria.{name}") for name in CRITERIA)],
            lines=lines,
            invented=any(one.illustrative for _, one in made),
            kind="marks",
        ),
    )


def _differences(draft: Draft, held: Round) -> None:
    w, library = draft.w, draft.desk.library
    draft.head("site.why.differences", "differences")
    found = differences(library, held)
    if found:
        draft.add(draft.part("points", points=[("", difference_sentence(one, w)) for one in found]))
        return
    key = "none" if decisions(library, held.name) else "undecided"
    draft.add(draft.part("say", text=w(f"site.why.differences.{key}"), kind=""))


def _ways(draft: Draft, held: Round) -> None:
    """The order under each way of counting, and whether the choice between them decides."""
    w, library = draft.w, draft.desk.library
    ways = weightings(held)
    tops = {name: rows[0].theme for name, rows in ways.items()}
    moved = contested(held)
    others = list(dict.fromkeys(theme for theme in tops.values() if theme != tops["shares"]))
    said = []
    if not moved:
        said.append(w("site.why.ways.same"))
    elif others:
        names = w.join([title(library, theme, w) for theme in others])
        said.append(w("site.why.ways.first", theme=title(library, tops["shares"], w), others=names))
    else:
        said.append(w("site.why.ways.same-first"))
    if moved:
        said.append(w("site.why.ways.moved", n=len(moved), of=len(held.ranking)))
    if "members" not in ways:
        said.append(w("site.why.ways.members"))
    places = {name: {row.theme: place for place, row in enumerate(rows, 1)} for name, rows in ways.items()}
    lines = []
    for row in held.ranking:
        shares = {"shares": row.score, "dots": row.by_dots, "members": row.by_members}
        cells = [
            w("site.why.ways.cell", place=places[name][row.theme], share=percent(shares[name], w)) for name in ways
        ]
        lines.append(Line((title(library, row.theme, w), *cells)))
    draft.head("site.why.ways", "ways")
    draft.add(
        draft.part("say", text=" ".join(said), kind=""),
        draft.part(
            "grid",
            caption=w("site.why.ways.caption"),
            header=[w("needs.column.theme"), *(w(f"needs.way.{name}") for name in ways)],
            lines=lines,
            invented=held.illustrative,
            kind="ways",
        ),
    )


def _consultations(draft: Draft, held: Round) -> None:
    w, library = draft.w, draft.desk.library
    names = ("date", "organisation", "sectors", "method", "people", "dots", "returned")
    lines = []
    for one in held.consultations:
        organisation = library.organisations.get(one.organisation)
        lines.append(
            Line(
                (
                    w.date(one.date),
                    (organisation.name if organisation else None) or one.organisation,
                    sectors_of(library, one, w),
                    w.join([w(f"site.method.{method}") for method in one.method]),
                    count(one.participants.total, w),
                    w.number(one.votes) if one.votes else w("site.why.consultations.no-vote"),
                    w.date(one.returned) if one.returned else w("site.why.consultations.not-returned"),
                )
            )
        )
    draft.head("site.why.consultations", "consultations")
    draft.add(
        draft.part(
            "grid",
            caption=w("site.why.consultations.caption"),
            header=[w(f"site.why.consultations.{name}") for name in names],
            lines=lines,
            invented=held.illustrative,
            kind="held",
        )
    )
