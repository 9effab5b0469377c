"""The platform's papers about what was done: results to give back, the quarter's report, the policy briefs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from curriculum.address import page_address, paper_route
from curriculum.article import article
from curriculum.before_after import before_after, measured
from curriculum.brief import Brief
from curriculum.evaluation import Summary, by_quarter, by_sector, by_theme, held, progress, quarter, quarter_end, whole
from curriculum.heard import heard, with_heard
from curriculum.library import Library
from curriculum.markdown import render
from curriculum.print import qr
from curriculum.print.document import environment, frame
from curriculum.print.foot import short
from curriculum.print.handout import dates_line, source_line
from curriculum.print.sheet import Order
from curriculum.print.text import reachable, tidy
from curriculum.refine import refined, requests, timings
from curriculum.results import WHEN
from curriculum.table import percent, title
from curriculum.tally import (
    count,
    kept_sentence,
    module_name,
    money,
    outcome_reached,
    outcome_target,
    people_of,
    proposal_sentence,
    quarter_name,
    session_organisations,
    share,
)
from curriculum.words import Words, words

POSTER, REPORT, BRIEF = "poster", "quarter", "brief"
FIELD = (POSTER, REPORT, BRIEF)
# How many pages each may have; a report shorter than four pages is a report of few sessions.
MOST = {POSTER: 1, REPORT: 6, BRIEF: 2}


def field_names(library: Library, kind: str, lang: str) -> list[str]:
    """What there is one paper of this kind for: the quarters, the briefs, or "" for the only one; none without data."""
    if kind == BRIEF:
        return [name for name in library.briefs if lang in library.docs.get(f"briefs/{name}", {})]
    if not held(library):
        return []
    return list(by_quarter(library)) if kind == REPORT else [""]


def field_order(library: Library, kind: str, name: str, lang: str, templates: Path, paper: str) -> Order:
    """The order of one of FIELD; `name` is one of `field_names`."""
    w = words(lang)
    makers = {POSTER: _poster, REPORT: _report, BRIEF: _brief}
    values = makers[kind](library, name, w)
    locales = {language.code: language.locale for language in library.platform.languages}
    day: date = values["changed"]
    common = {
        "w": w,
        "lang": lang,
        "platform": library.platform,
        "publisher": library.platform.publisher[lang],
        "percent": percent,
        "share": share,
        "count": count,
        "foot": " · ".join([library.platform.name[lang], values["title"], w.date(day)]),
    }
    body = environment(templates).get_template(f"{kind}.html").render(common | values)
    html = frame(
        templates,
        Markup(reachable(Markup(body))),
        locale=locales[lang].replace("_", "-"),
        title=values["title"],
        publisher=library.platform.publisher[lang],
        summary=values["summary"],
        created=day.isoformat(),
        changed=day.isoformat(),
    )
    return Order(
        module="",
        lang=lang,
        kind=kind,
        paper=paper,
        html=html,
        styles=tuple(templates / f"{style}.css" for style in ("board", "field", f"paper-{paper}")),
        roots=(templates, library.root / "docs"),
        changed=day,
        attached=(),
        most=MOST[kind],
    )


def _poster(library: Library, name: str, w: Words) -> dict[str, Any]:
    found = whole(library)
    every = found.measures
    asked = [
        (found.questions[question], every[question]["before"], every[question]["after"])
        for question in ("E01", "E02", "E03")
        if {"before", "after"} <= set(every.get(question, {}))
    ]
    kept = found.kept(library.today)
    made = requests(library)
    address = page_address(library, "results/", w.lang)
    quote = next((said.text[w.lang] for _, said in reversed(found.quotes) if w.lang in said.text), "")
    story = next((told.text[w.lang] for _, told in found.stories if w.lang in told.text), "")
    return {
        "title": w("poster.title"),
        "summary": w("poster.summary"),
        "changed": max(one.date for one in found.sessions.values()),
        "found": found,
        "asked": asked,
        "kept": kept,
        "requests": len(made),
        "taken": sum(one.state == "taken-up" for one in made),
        "open": sum(one.state == "open" for one in made),
        "voice": story or quote,
        "qr": Markup(qr.svg(address, w("print.qr.title", address=short(address)))) if address else "",
        "address": short(address),
        "year": library.today.year,
    }


def _report(library: Library, name: str, w: Words) -> dict[str, Any]:
    found = by_quarter(library)[name]
    until = quarter_end(name, library.today)
    asked = [one for one in requests(library) if quarter(one.held.date) == name]
    changes = [
        (module_name(library, module.id, w), change, len(names))
        for module in library.live
        for change, names in refined(library, module)
        if quarter(change.date) == name
    ]
    proposals = [
        (module_name(library, module.id, w), proposal_sentence(module, one, w))
        for module in library.live
        for one in timings(library, module)
        if one.proposed
    ]
    here = set(found.sessions)

    def within(groups: dict[str, Summary]) -> dict[str, Summary]:
        """The part of each group that was held in this quarter."""
        some = {}
        for key, one in groups.items():
            sessions = {each: session for each, session in one.sessions.items() if each in here}
            if sessions:
                rows = tuple((each, row) for each, row in one.rows if each in here)
                some[key] = Summary(one.questions, sessions, rows)
        return some

    themes = {library.themes[key].title[w.lang]: one for key, one in within(by_theme(library)).items()}
    sectors = {library.sectors[key].title[w.lang]: one for key, one in within(by_sector(library)).items()}
    return {
        "title": w("report.title", quarter=quarter_name(name, w)),
        "summary": w("report.summary"),
        "changed": max(one.date for one in found.sessions.values()),
        "found": found,
        "sessions": [
            (
                one,
                session_organisations(library, one, w),
                [module_name(library, module, w) for module in one.modules],
                people_of(one, w),
            )
            for one in found.sessions.values()
        ],
        "outcomes": [
            (
                row,
                library.themes[row.outcome.theme].title[w.lang],
                outcome_reached(row, w),
                outcome_target(row.outcome, w),
            )
            for row in progress(library, int(name[:4]), until)
        ],
        "people": w.number(found.people) if found.people else w("site.count.few"),
        "when": WHEN,
        "themes": themes,
        "sectors": sectors,
        "measured": measured(found),
        "chart": Markup(before_after(measured(found), w)),
        "asked": [(module_name(library, one.request.module, w), one) for one in asked],
        "states": {state: sum(one.state == state for one in asked) for state in ("open", "taken-up", "declined")},
        "changes": changes,
        "proposals": proposals,
        "kept": kept_sentence(found.kept(library.today), w),
        "agreements": found.agreements,
        "cost": money(found.cost[0], found.cost[1], w) if found.cost else w("results.no-data"),
    }


def _brief(library: Library, name: str, w: Words) -> dict[str, Any]:
    brief: Brief = library.briefs[name]
    route = paper_route(library)
    # A brief belongs to no module; any will do to follow a link from its folder.
    text = article(library, f"briefs/{name}", w.lang, lambda link: route(library.live[0], w.lang, "docs/briefs", link))
    assert text is not None
    said = heard(library, brief)
    html = tidy(render(with_heard(text.text, library, brief, w)), set(), w)
    address = page_address(library, f"briefs/{name}/", w.lang)
    return {
        "title": text.title,
        "summary": text.summary,
        "changed": brief.date,
        "invented": said is not None and said.round.illustrative,
        "html": Markup(html),
        "facts": text.facts,
        "source_line": source_line,
        "dates_line": dates_line,
        "address": short(address),
        "themes": w.join([title(library, theme, w) for theme in brief.themes]),
    }
