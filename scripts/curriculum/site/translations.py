"""How the languages stand: what is behind, in minutes of work, with a picture, and where a translator begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from curriculum.address import page_path
from curriculum.chart import work_bars
from curriculum.legibility import legibility
from curriculum.passage import FRONT
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.grid import Line
from curriculum.site.links import doc_place, edit_address, new_address, way
from curriculum.site.page import Page
from curriculum.site.parts import names
from curriculum.tongue import foreign
from curriculum.translation import Section, Unit
from curriculum.words import Words, words
from curriculum.work import Task, restamped, tasks

PICTURED = 24  # bars in the picture; the list below it has all


@dataclass(frozen=True)
class Job:
    """A task as the page shows it: `start` opens the file to be worked on, `parts` are (title, state, link)."""

    title: str
    link: str
    lang: str
    what: str
    since: str
    minutes: str
    parts: list[tuple[str, str, str]]
    start: str
    file: str


def translations_page(desk: Desk, lang: str) -> Page:
    w = words(lang)
    draft = Draft(
        desk=desk,
        place="translations/",
        kind="translations",
        lang=lang,
        text_lang=lang,
        title=w("translation.page"),
        description=w("translation.page.summary"),
        version=str(desk.changed or ""),
        changed=desk.changed,
    )
    draft.begin(draft.title, draft.description, [])
    found = [task for task in tasks(desk.library) if task.live]
    if found:
        total = w.number(sum(task.minutes for task in found))
        draft.add(draft.part("say", text=w("translation.summary", n=len(found), minutes=total), kind=""))
        _picture(draft, found)
        draft.head("translation.page.work", "work")
        draft.add(draft.part("say", text=w("translation.page.how"), kind=""))
        draft.add(draft.part("work", jobs=[_job(draft, task) for task in found]))
    else:
        draft.add(draft.part("say", text=w("translation.clean"), kind=""))
    _declared(draft)
    _reading(draft)
    draft.add(draft.report())
    return draft.page()


def _title(desk: Desk, unit: Unit, w: Words) -> str:
    """What a text is called: a module and a page by their titles, a data file by what is in it."""
    if unit.module:
        module = desk.library.modules[unit.module]
        page = module.pages.get(w.lang) or next(iter(module.pages.values()))
        return f"M{module.meta.number} {page.front.title}" if module.meta.number else page.front.title
    if unit.kind == "doc":
        pages = desk.library.docs[unit.name]
        return (pages.get(w.lang) or next(iter(pages.values()))).front.title
    return w(f"translation.data.{unit.name}")


def _what(task: Task, w: Words) -> str:
    return ", ".join(w(f"translation.state.{state}", n=count) for state, count in task.states.items())


def _place(desk: Desk, section: Section) -> str:
    """The place of the site where a section is read, or ""."""
    unit = section.unit
    if unit.kind == "handout":
        place = f"modules/{unit.module}/participants/"
    elif unit.module:
        place = f"modules/{unit.module}/"
    else:
        place = doc_place(unit.name) if unit.kind == "doc" else ""
    return place if place in desk.places and unit.kind != "data" else ""


def _job(draft: Draft, task: Task) -> Job:
    desk, w = draft.desk, draft.w
    library, known = desk.library, names(desk.library, draft.w)
    stale = [one for one in task.sections if one.state != "never"]
    first = (stale or list(task.sections))[0]
    parts = []
    for one in stale:
        source = one.ahead or next(lang for lang in one.pair if lang != task.lang)
        place = _place(desk, one)
        anchor = f"#{one.key}" if one.unit.name == "index" and one.key != FRONT and source in one.texts else ""
        link = way(page_path(library, place, source), draft.path) + anchor if place else ""
        parts.append((one.title, w(f"translation.part.{one.state}", name=known[source]), link))
    path = first.unit.path(task.lang)
    exists = task.lang in first.unit.files
    start = edit_address(library.platform, path) if exists else new_address(library.platform, path)
    place = _place(desk, first)
    return Job(
        title=_title(desk, task.sections[0].unit, w),
        link=way(page_path(library, place, draft.lang), draft.path) if place else "",
        lang=known[task.lang],
        what=_what(task, w),
        since=w.date(task.since) if task.since else w("translation.never"),
        minutes=w.minutes(task.minutes),
        parts=parts,
        start=start,
        file=path,
    )


def _picture(draft: Draft, found: list[Task]) -> None:
    w, known = draft.w, names(draft.desk.library, draft.w)
    shown = found[:PICTURED]
    rows = []
    for task in shown:
        late = sum(one.minutes for one in task.sections if one.state != "never")
        rows.append((_title(draft.desk, task.sections[0].unit, w), known[task.lang], late, task.minutes - late))
    draft.add(
        draft.part(
            "figure",
            title=w("translation.chart"),
            read=w("translation.chart.read"),
            chart=Markup(work_bars(rows, w)),
            header=[w("translation.column.text"), w("translation.chart.late"), w("translation.chart.open")],
            lines=[Line((f"{name} · {lang}", w.minutes(late), w.minutes(rest))) for name, lang, late, rest in rows],
            invented=False,
            kind="ways",
        )
    )


def _declared(draft: Draft) -> None:
    """Sections that were declared equal although one text had not changed: said, so that anyone may look again."""
    w, known = draft.w, names(draft.desk.library, draft.w)
    line = Markup(escape(w.forms("translation.page.declared.line")[0]))
    points = [
        (
            f"{_title(draft.desk, one.unit, w)} · {(one.texts.get(w.lang) or one).title}",
            line.format(
                name=known[record.unchanged],
                day=w.date(record.equal),
                why=_said(record.reason.rstrip("."), w.lang, draft.desk.library.languages),
            ),
        )
        for one, record in restamped(draft.desk.library)
        if record.unchanged in known
    ]
    if points:
        draft.head("translation.page.declared", "declared")
        draft.add(draft.part("points", points=points))


def _said(reason: str, lang: str, languages: Sequence[str]) -> str:
    """A reason as somebody wrote it, in whatever language that was."""
    other = foreign(reason, lang, languages)
    return Markup('<span lang="{}">{}</span>').format(other, reason) if other else reason


def _reading(draft: Draft) -> None:
    """How easily each sheet reads, the hardest first."""
    w, library = draft.w, draft.desk.library
    rows = []
    for module in library.live:
        for name, sheets in module.handouts.items():
            for lang, page in sheets.items():
                if found := legibility(page.document.body, words(lang)):
                    rows.append((round(found.score), page.front.title, lang, module.id, name, found))
    if not rows:
        return
    draft.head("translation.page.reading", "reading")
    draft.add(
        draft.part("say", text=w("translation.page.reading.text"), kind=""),
        draft.part(
            "reading",
            rows=[
                (title, lang, f"{score} ({w(f'legibility.band.{found.band}')})", found.hardest, module)
                for score, title, lang, module, _, found in sorted(rows, key=lambda row: (row[0], row[1], row[2]))
            ],
        ),
    )
