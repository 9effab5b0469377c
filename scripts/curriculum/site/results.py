"""Results on the site: what people answered, by module and by theme; what the platform learnt in a quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from curriculum.evaluation import Progress, Summary, by_sector, progress, quarter, quarter_end
from curriculum.refine import refined, requests, timings
from curriculum.site.chain import add_chain
from curriculum.site.data import path
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.facilitator import downloads
from curriculum.site.grid import Line, count
from curriculum.site.measures import answers, figures, left_behind, quotes, stories
from curriculum.site.page import Page
from curriculum.tally import (
    group_names,
    kept_sentence,
    module_name,
    outcome_reached,
    outcome_target,
    proposal_sentence,
    quarter_name,
    share,
)
from curriculum.words import Words, words

QUOTES = 3


def results_page(desk: Desk, lang: str) -> Page:
    """Everything at a glance: by theme and by module, the year's outcomes, the quarters."""
    w, library = words(lang), desk.library
    draft = _draft(desk, "results/", lang, w("site.results"), w("site.results.summary"))
    draft.begin(draft.title, draft.description, [])
    draft.add(downloads(draft, "", lang, ("poster",)))
    if not desk.taught:
        draft.add(draft.part("say", text=w("site.sessions.none"), kind=""), draft.report())
        return draft.page()
    _invented(draft)
    for by, groups in (("theme", desk.by_theme), ("module", desk.by_module), ("sector", by_sector(library))):
        called = group_names(library, by, list(groups), w)
        draft.head(f"site.results.by-{by}", by)
        header = [w("results.column.group"), *(w(f"results.figure.{name}") for name in ("sessions", "people"))]
        header += [w("site.results.confident", moment=w(f"results.column.{name}")) for name in ("before", "after")]
        lines = []
        for key, found in groups.items():
            moments = found.measures.get("E02", {})
            shares = []
            for moment in ("before", "after"):
                tally = moments.get(moment)
                shares.append(w("site.results.share", share=share(tally, w), n=tally.n) if tally else share(None, w))
            cells = (called.get(key, key), w.number(len(found.sessions)), count(found.people, w), *shares)
            place = f"results/{by}s/{key}/"
            lines.append(Line(cells, place if place in desk.places else ""))
        caption = w(f"site.results.by-{by}.caption")
        draft.add(
            draft.part("grid", caption=caption, header=header, lines=lines, invented=_is_invented(desk), kind="ways")
        )
    draft.add(draft.part("say", text=w("results.note"), kind="small"), draft.part("csv", path=path("results", lang)))
    _outcomes(draft, desk.library.today.year, desk.library.today)
    _further(draft, [("sessions/", w("site.sessions"))])
    return draft.page()


def module_results(desk: Desk, name: str, lang: str) -> Page:
    w = words(lang)
    title = module_name(desk.library, name, w)
    summary = w("site.results.module.summary", name=title)
    draft = _draft(desk, f"results/modules/{name}/", lang, w("site.results.of", name=title), summary)
    found = desk.by_module[name]
    module = desk.library.modules[name]
    _begin(draft, found, lang if lang in module.pages else next(iter(module.pages)))
    _mixed(draft, found, lambda each: each == name)
    changes = refined(desk.library, module)
    asked = requests(desk.library, name)
    proposed = [timing for timing in timings(desk.library, module) if timing.proposed]
    draft.head("site.results.changes", "changes")
    lines = [
        ("", w("refine.changed", version=one.version, day=w.date(one.date), text=one.text[lang])) for one, _ in changes
    ]
    lines += [("", each.request.text[lang]) for each in asked if each.state == "open"]
    if changes:
        draft.add(draft.part("points", points=lines[: len(changes)]))
    open_ = lines[len(changes) :]
    draft.add(draft.part("say", text=w("site.results.open", n=len(open_)), kind=""))
    if open_:
        draft.add(draft.part("points", points=open_))
    if proposed:
        draft.add(draft.part("say", text=w("site.results.minutes"), kind=""))
        draft.add(draft.part("points", points=[("", proposal_sentence(module, each, w)) for each in proposed]))
    _rest(draft, found)
    theme = module.meta.themes[0]
    add_chain(draft, "module", name)
    places = [(f"modules/{name}/", title)]
    if theme in desk.library.themes:
        places.append((f"results/themes/{theme}/", w("site.results.of", name=desk.library.themes[theme].title[lang])))
    _further(draft, places, found)
    return draft.page()


def theme_results(desk: Desk, name: str, lang: str) -> Page:
    w, theme = words(lang), desk.library.themes[name]
    title = theme.title[lang]
    summary = w("site.results.theme.summary", name=title)
    draft = _draft(desk, f"results/themes/{name}/", lang, w("site.results.of", name=title), summary)
    found = desk.by_theme[name]
    _begin(draft, found)
    _mixed(draft, found, lambda each: name in desk.library.modules[each].meta.themes[:1])
    _rest(draft, found)
    modules = dict.fromkeys(
        module
        for one in found.sessions.values()
        for module in one.modules
        if module in desk.by_module and desk.library.modules[module].meta.themes[0] == name
    )
    add_chain(draft, "theme", name)
    places = [(f"themes/{name}/", title)]
    places += [
        (f"results/modules/{each}/", w("site.results.of", name=module_name(desk.library, each, w))) for each in modules
    ]
    _further(draft, places, found)
    return draft.page()


def quarter_page(desk: Desk, key: str, lang: str) -> Page:
    """What the platform learnt in a quarter."""
    w, library = words(lang), desk.library
    name = quarter_name(key, w)
    draft = _draft(desk, f"learnt/{key}/", lang, w("site.learnt.of", quarter=name), w("site.learnt.summary"))
    draft.begin(draft.title, draft.description, [("results/", w("site.results"), lang)])
    found = desk.by_quarter[key]
    _invented(draft)
    sheets = [one for one in desk.downloads.get(("", lang), []) if f"/quarter-{key}-" in f"/{one.path}"]
    if sheets:
        draft.add(draft.part("downloads", sheets=[(sheet, w("site.download.quarter")) for sheet in sheets]))
    draft.add(draft.part("figures", facts=figures(found, w)))
    draft.head("site.learnt.changes", "changes")
    lines = list(_changes(desk, key, w))
    draft.add(
        draft.part("points", points=[("", line) for line in lines])
        if lines
        else draft.part("say", text=w("site.learnt.changes.none"), kind="")
    )
    asked = [each for each in requests(library) if quarter(each.held.date) == key]
    states = {state: sum(each.state == state for each in asked) for state in ("open", "taken-up", "declined")}
    values = {"n": len(asked), "taken": states["taken-up"], "declined": states["declined"], "open": states["open"]}
    draft.add(draft.part("say", text=w("site.learnt.requests", **values), kind=""))
    if asked:
        points = [(module_name(library, each.request.module, w), each.request.text[lang]) for each in asked]
        draft.add(draft.part("points", points=points))
    draft.head("site.results.answers", "answers")
    answers(draft, found)
    _outcomes(draft, int(key[:4]), quarter_end(key, library.today))
    _rest(draft, found)
    others = [
        (f"learnt/{other}/", w("site.learnt.of", quarter=quarter_name(other, w)))
        for other in desk.by_quarter
        if other != key
    ]
    _further(draft, others, found)
    return draft.page()


def _changes(desk: Desk, key: str, w: Words) -> Iterator[str]:
    """What changed in modules in a quarter because of sessions."""
    for module in desk.library.live:
        for change, names in refined(desk.library, module):
            if quarter(change.date) == key:
                values = {"module": module_name(desk.library, module.id, w), "version": change.version}
                text = change.text[w.lang]
                yield w("site.learnt.change", text=text, day=w.date(change.date), n=len(names), **values)


def _begin(draft: Draft, found: Summary, title_lang: str = "") -> None:
    trail = [("results/", draft.w("site.results"), draft.lang)]
    draft.begin(draft.title, draft.description, trail, title_lang=title_lang)
    _invented(draft)
    draft.add(draft.part("figures", facts=figures(found, draft.w)))
    draft.head("site.results.answers", "answers")
    answers(draft, found)


def _mixed(draft: Draft, found: Summary, ours: Callable[[str], bool]) -> None:
    """Say which answers are of a whole session in which other modules were taught as well."""
    n, questions = found.mixed(ours)
    if questions:
        draft.add(draft.part("say", text=draft.w("results.mixed", n=n, questions=", ".join(questions)), kind="small"))


def _rest(draft: Draft, found: Summary) -> None:
    """Agreements, voices, stories, who did not come."""
    w = draft.w
    draft.head("site.results.kept", "kept")
    draft.add(draft.part("say", text=kept_sentence(found.kept(draft.desk.library.today), w), kind=""))
    if found.quotes:
        draft.head("site.results.said", "said")
        quotes(draft, found, QUOTES)
    if found.stories:
        draft.head("site.session.stories", "stories")
        stories(draft, found)
    if found.absent or found.barriers:
        draft.head("site.session.absent", "absent")
        left_behind(draft, found)


def _outcomes(draft: Draft, year: int, until: date) -> None:
    w = draft.w
    rows = progress(draft.desk.library, year, until)
    if not rows:
        return
    draft.head("site.results.outcomes", "outcomes")
    header = [w(f"outcome.column.{name}") for name in ("outcome", "theme", "reached", "target", "state")]
    lines = [_outcome(draft, row) for row in rows]
    caption = w("site.results.outcomes.caption", year=year)
    draft.add(
        draft.part(
            "grid", caption=caption, header=header, lines=lines, invented=_is_invented(draft.desk), kind="outcomes"
        )
    )


def _outcome(draft: Draft, row: Progress) -> Line:
    w, outcome = draft.w, row.outcome
    theme = draft.desk.library.themes[outcome.theme].title[w.lang]
    state = w("outcome.no-data") if row.reached is None else w("outcome.met") if row.met else w("outcome.not-yet")
    return Line((outcome.text[w.lang], theme, outcome_reached(row, w), outcome_target(outcome, w), state))


def _further(draft: Draft, places: list[tuple[str, str]], found: Summary | None = None) -> None:
    w, desk = draft.w, draft.desk
    if found:
        places = places + [
            (f"sessions/{name}/", w("site.session.title", day=w.date(one.date))) for name, one in found.sessions.items()
        ]
    else:
        places = places + [
            (f"learnt/{key}/", w("site.learnt.of", quarter=quarter_name(key, w))) for key in reversed(desk.by_quarter)
        ]
    draft.add(draft.part("further", places=places), draft.report())


def _is_invented(desk: Desk) -> bool:
    return any(one.illustrative for one in desk.taught.values())


def _invented(draft: Draft) -> None:
    if _is_invented(draft.desk):
        draft.add(draft.part("illustrative"))


def _draft(desk: Desk, place: str, lang: str, title: str, summary: str) -> Draft:
    days = [one.date for one in desk.taught.values()]
    return Draft(
        desk=desk,
        place=place,
        kind="results",
        lang=lang,
        text_lang=lang,
        title=title,
        description=summary,
        version=str(max(days, default="")),
        changed=max(days, default=None),
    )
