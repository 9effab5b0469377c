"""Sessions on the site: the calendar of those to come, those that were held, and a page for each of these."""

from __future__ import annotations

from curriculum.evaluation import Summary, parts_of, quarter
from curriculum.ics import upcoming
from curriculum.refine import Asked, requests
from curriculum.schedule import schedule
from curriculum.session import Session
from curriculum.site.chain import add_chain
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.grid import Line, count
from curriculum.site.measures import answers, left_behind, quotes, stories
from curriculum.site.page import Page
from curriculum.tally import module_name, money, quarter_name, session_organisations, step_title
from curriculum.words import words

CALENDAR = "calendar"


def feed(lang: str) -> str:
    """Where the calendar of a language is, below the root of the site."""
    return f"{CALENDAR}-{lang}.ics"


def sessions_page(desk: Desk, lang: str) -> Page:
    draft = _draft(desk, "sessions/", "sessions", lang, "site.sessions")
    w, library = draft.w, desk.library
    draft.begin(draft.title, draft.description, [])
    soon = upcoming(library)
    if any(one.illustrative for one in (*soon.values(), *desk.taught.values())):
        draft.add(draft.part("illustrative"))
    draft.head("site.sessions.soon", "soon")
    entries = []
    for name, one in soon.items():
        planned = schedule(library, one)
        clock = w("session.clock", start=f"{planned.start:%H:%M}", end=f"{planned.end:%H:%M}")
        modules = [(f"modules/{module}/", module_name(library, module, w)) for module in one.modules]
        entries.append((name, one, clock, session_organisations(library, one, w), modules))
    draft.add(draft.part("calendar", entries=entries, feed=feed(lang)))
    draft.head("site.sessions.held", "held")
    if desk.taught:
        header = [w(f"site.sessions.column.{name}") for name in ("date", "modules", "who", "people")]
        lines = [
            Line(
                (
                    w.date(one.date),
                    "; ".join(module_name(library, module, w) for module in one.modules),
                    session_organisations(library, one, w),
                    count(one.record.attendance.total if one.record else 0, w),
                ),
                f"sessions/{name}/",
            )
            for name, one in reversed(desk.taught.items())
        ]
        caption = w("site.sessions.caption")
        invented = any(one.illustrative for one in desk.taught.values())
        draft.add(
            draft.part("grid", caption=caption, header=header, lines=lines, invented=invented, kind="held-sessions")
        )
    else:
        draft.add(draft.part("say", text=w("site.sessions.none"), kind=""))
    places = [
        (f"learnt/{key}/", w("site.learnt.of", quarter=quarter_name(key, w))) for key in reversed(desk.by_quarter)
    ]
    draft.add(draft.part("further", places=[*places, ("results/", w("site.results"))]), draft.report())
    return draft.page()


def session_page(desk: Desk, name: str, lang: str) -> Page:
    one = desk.taught[name]
    record, library = one.record, desk.library
    assert record is not None
    w = words(lang)
    modules = "; ".join(module_name(library, module, w) for module in one.modules)
    draft = Draft(
        desk=desk,
        place=f"sessions/{name}/",
        kind="session",
        lang=lang,
        text_lang=lang,
        title=w("site.session.title", day=w.date(one.date)),
        description=w("site.session.summary", who=session_organisations(library, one, w), modules=modules),
        source=f"data/sessions/{name}.yml",
        version=name,
        changed=one.date,
    )
    draft.begin(draft.title, draft.description, [("sessions/", w("site.sessions"), lang)])
    if one.illustrative:
        draft.add(draft.part("illustrative"))
    draft.add(draft.part("figures", facts=_facts(draft, one)))
    found = Summary(library.questions, {name: one}, tuple((name, row) for row in library.results.get(name, ())))
    draft.head("site.session.results", "results")
    for number, module in enumerate(one.modules):
        rows = tuple((key, row) for key, row in found.rows if row.module == module)
        if len(one.modules) > 1:
            draft.add(f"### {module_name(library, module, w)}")
        answers(draft, Summary(library.questions, {name: one}, rows), str(number))
    _times(draft, one)
    for key in ("worked", "referrals"):
        if lines := [("", note.text[lang]) for note in getattr(record, key)]:
            draft.head(f"site.session.{key}", key)
            draft.add(draft.part("points", points=lines))
    asked = [each for each in requests(library) if each.session == name]
    if asked:
        draft.head("site.session.requests", "requests")
        draft.add(draft.part("requests", requests=[(each, *_state(draft, each)) for each in asked]))
    if record.agreements:
        draft.head("site.session.agreements", "agreements")
        draft.add(draft.part("agreements", agreements=record.agreements))
    if found.quotes:
        draft.head("site.session.said", "said")
        quotes(draft, found, len(found.quotes))
    if found.stories:
        draft.head("site.session.stories", "stories")
        stories(draft, found)
    if found.absent or found.barriers:
        draft.head("site.session.absent", "absent")
        left_behind(draft, found)
    _chain(draft, one)
    add_chain(draft, "session", name)
    draft.add(draft.report())
    return draft.page()


def _draft(desk: Desk, place: str, kind: str, lang: str, key: str) -> Draft:
    w = words(lang)
    days = [one.date for one in desk.taught.values()]
    return Draft(
        desk=desk,
        place=place,
        kind=kind,
        lang=lang,
        text_lang=lang,
        title=w(key),
        description=w(f"{key}.summary"),
        source="",
        version=str(max(days, default="")),
        changed=max(days, default=None),
    )


def _facts(draft: Draft, one: Session) -> list[tuple[str, str]]:
    w, record = draft.w, one.record
    assert record is not None
    who = record.attendance
    facts = [
        (w("site.session.place"), w(f"session.place.{one.place}")),
        (w("site.session.people"), count(who.total, w)),
    ]
    said = [w(f"results.gender.{name}", n=number) for name, number in parts_of(who).items() if number]
    if said:
        facts.append((w("results.figure.genders"), w.join(said)))
    if record.children:
        children = w("site.count.few") if record.children == "few" else w.number(int(record.children))
        facts.append((w("site.session.children"), children))
    if record.adaptations:
        facts.append((w("site.session.adaptations"), w.join([w(f"adaptation.{name}") for name in record.adaptations])))
    if record.costs and record.cost_per_person is not None:
        facts.append((w("results.figure.cost"), money(record.cost_per_person, record.costs.currency, w)))
    returned = w.date(record.returned) if record.returned else w("site.session.not-returned")
    return [*facts, (w("site.session.returned"), returned)]


def _times(draft: Draft, one: Session) -> None:
    """Planned and real minutes of every step."""
    w, library, record = draft.w, draft.desk.library, one.record
    assert record is not None
    lines = []
    for name, minutes in record.minutes.items():
        module = library.modules.get(name)
        for step in module.meta.steps if module else ():
            if module and step.id in minutes:
                real = w.minutes(minutes[step.id]) if minutes[step.id] else w("site.session.left-out")
                lines.append(Line((step_title(module, step.id, w), w.minutes(step.minutes), real)))
    if lines:
        draft.head("site.session.times", "times")
        header = [w(f"site.session.times.{name}") for name in ("step", "planned", "real")]
        caption = w("site.session.times.caption")
        draft.add(
            draft.part("grid", caption=caption, header=header, lines=lines, invented=one.illustrative, kind="few")
        )


def _state(draft: Draft, asked: Asked) -> tuple[str, str]:
    """Of a change asked for: on which step of which module, and how it stands."""
    w, library = draft.w, draft.desk.library
    where = module_name(library, asked.request.module, w)
    module = library.modules.get(asked.request.module)
    if asked.request.step and module:
        where += f" · {step_title(module, asked.request.step, w)}"
    if asked.state == "declined":
        reason = asked.request.reason.get(w.lang, "")
        return where, w("refine.state.declined", reason=reason)
    if asked.change:
        return where, w("refine.state.taken-up", version=asked.change.version, day=w.date(asked.change.date))
    return where, w("refine.state.open")


def _chain(draft: Draft, one: Session) -> None:
    """Where to walk from here: the modules, their themes, their results, the quarter."""
    w, library = draft.w, draft.desk.library
    places = []
    for module in one.modules:
        if module in {live.id for live in library.live}:
            places.append((f"modules/{module}/", module_name(library, module, w)))
            places.append((f"results/modules/{module}/", w("site.results.of", name=module_name(library, module, w))))
    themes = dict.fromkeys(
        library.modules[module].meta.themes[0] for module in one.modules if module in library.modules
    )
    places += [(f"themes/{theme}/", library.themes[theme].title[w.lang]) for theme in themes if theme in library.themes]
    key = quarter(one.date)
    places.append((f"learnt/{key}/", w("site.learnt.of", quarter=quarter_name(key, w))))
    draft.add(draft.part("further", places=places))
