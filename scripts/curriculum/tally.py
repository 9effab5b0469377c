"""Summaries of sessions as tables, the same for the command, the downloads, the pages and the papers."""

from __future__ import annotations

from babel.numbers import format_currency

from curriculum.evaluation import FEW, Kept, Progress, Summary, Tally, sectors
from curriculum.library import Library, Module
from curriculum.markdown import plain, split
from curriculum.outcome import Outcome
from curriculum.refine import Asked, Timing
from curriculum.session import Session
from curriculum.table import Table, percent
from curriculum.words import Words

MOMENTS = ("before", "after", "later")


def share(tally: Tally | None, w: Words) -> str:
    """The share of the two highest levels; words where there is no data, since that is not nought."""
    return w("results.no-data") if tally is None or tally.top is None else percent(tally.top, w)


def count(tally: Tally | None, w: Words) -> str:
    """How many answered."""
    return w("results.no-data") if tally is None else w.number(tally.n)


def measured(library: Library, groups: dict[str, Summary], names: dict[str, str], w: Words) -> Table:
    """Questions with levels by group: the shares before, after and weeks later, each with its n."""
    header = [w(f"results.column.{name}") for name in ("group", "question", "sessions")]
    for moment in MOMENTS:
        header += [w(f"results.column.{moment}"), w(f"results.column.n-{moment}")]
    rows = []
    for key, found in groups.items():
        for question, moments in found.measures.items():
            if library.questions[question].scale != "levels":
                continue
            cells = [
                cell for moment in MOMENTS for cell in (share(moments.get(moment), w), count(moments.get(moment), w))
            ]
            text = f"{question} {library.questions[question].text[w.lang]}"
            sessions = max(tally.sessions for tally in moments.values())
            rows.append((names.get(key, key), text, str(sessions), *cells))
    return Table(tuple(header), tuple(rows))


def quarter_name(key: str, w: Words) -> str:
    """A quarter in words: July to September 2026."""
    year, _, number = key.partition("-")
    return w(f"quarter.{number}", year=year)


def group_names(library: Library, by: str, keys: list[str], w: Words) -> dict[str, str]:
    """What the groups of a summary are called, by key. `by`: module, theme, sector, quarter."""
    if by == "quarter":
        return {key: quarter_name(key, w) for key in keys}
    if by == "module":
        return {key: module_name(library, key, w) for key in keys}
    items = library.themes if by == "theme" else library.sectors
    return {key: items[key].title[w.lang] for key in keys if key in items}


def module_name(library: Library, name: str, w: Words) -> str:
    """A module's number and title in the reader's language, else in another; its id where it is not there."""
    module = library.modules.get(name)
    pages = list(module.pages.values()) if module else []
    if not module or not pages:
        return name
    page = module.pages.get(w.lang, pages[0])
    return f"M{module.meta.number} {page.front.title}" if module.meta.number else page.front.title


def step_title(module: Module, step: str, w: Words) -> str:
    """The heading of a step in the reader's language; where it has none, that it is a pause, or its id."""
    page = module.pages.get(w.lang)
    parts = split(page.document.body)[1] if page else []
    pause = any(one.id == step and one.kind == "break" for one in module.meta.steps)
    found = (plain(part.heading.text) for part in parts if part.heading.id == step)
    return next(found, w("break") if pause else step)


def request_sentence(library: Library, asked: Asked, w: Words) -> str:
    """A change asked for: in which session, on which step, what."""
    module = library.modules.get(asked.request.module)
    text = asked.request.text[w.lang]
    if asked.request.step and module:
        text = f"{text} ({w('refine.in-step', step=step_title(module, asked.request.step, w))})"
    return w("refine.request", day=w.date(asked.held.date), session=asked.session, text=text)


def proposal_sentence(module: Module, timing: Timing, w: Words) -> str:
    """New minutes for a step, and from how many sessions they come."""
    values = {"planned": w.minutes(timing.planned), "proposed": w.minutes(timing.proposed or 0), "n": timing.n}
    return w("refine.proposal", step=step_title(module, timing.step, w), **values)


def session_organisations(library: Library, one: Session, w: Words) -> str:
    """Who took part: by name where they agreed to be named, else by their sectors."""
    known = [library.organisations[name] for name in one.organisations if name in library.organisations]
    named = [each.name for each in known if each.name]
    if len(named) == len(known) and named:
        return w.join(named)
    titles = [library.sectors[sector].title[w.lang] for sector in sectors(library, one)]
    return w.join([*named, *titles])


def money(amount: float, currency: str, w: Words) -> str:
    """An amount in whole units of a currency, as the language writes it."""
    return format_currency(round(amount), currency, format="¤#,##0", locale=w.locale, currency_digits=False)


def outcome_reached(row: Progress, w: Words) -> str:
    """How far an outcome is, with what it rests on; words where there is no data."""
    if row.reached is None:
        return w("results.no-data")
    if row.outcome.measure == "share":
        return w("outcome.share", share=percent(row.reached / 100, w), n=row.n)
    if row.outcome.measure == "kept":
        return w("outcome.kept", share=percent(row.reached / 100, w), n=row.n)
    return w.number(row.reached)


def outcome_target(outcome: Outcome, w: Words) -> str:
    """What an outcome aims at."""
    return percent(outcome.target / 100, w) if outcome.measure in ("share", "kept") else w.number(outcome.target)


def kept_sentence(kept: Kept, w: Words) -> str:
    """How the agreements stand that were due for asking."""
    if not kept.asked and not kept.unasked:
        return w("results.kept.early")
    said = w("results.kept", n=kept.asked, yes=kept.yes, partly=kept.partly, no=kept.no)
    return said + (" " + w("results.kept.unasked", n=kept.unasked) if kept.unasked else "")


def people_of(one: Session, w: Words) -> str:
    """How many came to a session, unless they were so few that it shows who."""
    total = one.record.attendance.total if one.record else 0
    return w("site.count.few") if 0 < total < FEW else w.number(total)
