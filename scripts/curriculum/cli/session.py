"""`curriculum session`: plan a session and write it down afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from curriculum.checks import check
from curriculum.cli.print import module_of, stop_for_errors
from curriculum.cli.room import Refusal, Room
from curriculum.library import Library
from curriculum.model import ID, Step
from curriculum.packet import HUNGRY, MEAL
from curriculum.packet import packet as planned_day
from curriculum.print import PAPERS, print_packet
from curriculum.problem import START, nearest, problem
from curriculum.refine import requests, timings
from curriculum.results import template
from curriculum.schedule import pauses
from curriculum.session import CLOCK, Session
from curriculum.tally import module_name, proposal_sentence, request_sentence
from curriculum.words import Words


def command(w: Words) -> click.Command:
    @click.group(name="session", help=w("cli.session.help"))
    def session() -> None:
        pass

    session.add_command(_new(w))
    session.add_command(_packet(w))
    session.add_command(_record(w))
    session.add_command(_refine(w))
    return session


def _new(w: Words) -> click.Command:
    @click.command(name="new", help=w("cli.session.new.help"))
    @click.argument("name", required=False, metavar=w("cli.session.name"))
    @click.option("--date", "day", metavar=w("cli.date"), help=w("cli.session.option.date"))
    @click.option("--start", metavar="10:00", help=w("cli.session.option.start"))
    @click.option("--place", help=w("cli.session.option.place"))
    @click.option("--organisations", metavar="a,b", help=w("cli.session.option.organisations"))
    @click.option("--modules", metavar="a,b", help=w("cli.session.option.modules"))
    @click.option("--people", metavar="18", help=w("cli.session.option.people"))
    @click.pass_obj
    def new(
        room: Room,
        name: str | None,
        day: str | None,
        start: str | None,
        place: str | None,
        organisations: str | None,
        modules: str | None,
        people: str | None,
    ) -> None:
        library = room.library()
        on = a_day(day or click.prompt(w("cli.session.option.date"), default=str(library.today)), w)
        at = a_clock(start or click.prompt(w("cli.session.option.start"), default="10:00"), w)
        place = place or click.prompt(w("cli.session.option.place"), default="premises")
        known(place, ("market", "premises", "street", "online"), w)
        chosen = a_list(organisations, library.organisations, "cli.session.option.organisations", w)
        taught = a_list(modules, [one.id for one in library.live], "cli.session.option.modules", w)
        expected = a_number(people or click.prompt(w("cli.session.option.people"), default="18"), w)
        name = name or f"{on}-{chosen[0]}"
        if not re.fullmatch(ID, name):
            raise Refusal(w("cli.new.module.bad-id", name=name))
        name = name if name.startswith(f"{on}-") else f"{on}-{name}"
        file = room.root / "data" / "sessions" / f"{name}.yml"
        path = file.relative_to(room.root)
        if file.exists():
            raise Refusal(w("cli.session.new.exists", path=path))
        file.parent.mkdir(exist_ok=True)
        values = {"date": on, "start": at, "place": place, "organisations": ", ".join(chosen), "people": expected}
        file.write_text(planned(library, taught, w, **values), "utf-8")
        room.say("cli.session.new.done", path=path, name=name)

    return new


def _packet(w: Words) -> click.Command:
    @click.command(name="packet", help=w("cli.session.packet.help"))
    @click.argument("name", required=False, metavar=w("cli.session.name"))
    @click.option("--modules", metavar="a,b", help=w("cli.session.option.modules"))
    @click.option("--start", metavar="10:00", help=w("cli.session.option.start"))
    @click.option("--people", metavar="18", help=w("cli.session.option.people"))
    @click.option("--lang", metavar=w("translation.code"), help=w("cli.print.lang"))
    @click.option("--paper", type=click.Choice(PAPERS), help=w("cli.print.paper"))
    @click.option("-o", "--out", type=click.Path(file_okay=False), default="build/print", help=w("cli.print.out"))
    @click.pass_obj
    def packet(
        room: Room,
        name: str | None,
        modules: str | None,
        start: str | None,
        people: str | None,
        lang: str | None,
        paper: str | None,
        out: str,
    ) -> None:
        library = room.library()
        lang = lang or (w.lang if w.lang in library.languages else library.languages[0])
        known(lang, library.languages, w)
        written = [one.id for one in library.live if lang in one.pages]
        if name:
            one = a_session(library, name, w)
            for module in one.modules:
                known(module, written, w)
        else:
            taught = a_list(modules, written, "cli.session.option.modules", w)
            at = a_clock(start or click.prompt(w("cli.session.option.start"), default="10:00"), w)
            came = a_number(people or click.prompt(w("cli.session.option.people"), default="18"), w)
            one = Session.model_validate(
                {
                    "date": library.today,
                    "start": at,
                    "place": "premises",
                    "organisations": ["x"],
                    "modules": taught,
                    "people": came,
                    "breaks": pauses(library, taught),
                }
            )
        parts = {library.modules[module].path for module in one.modules}
        stop_for_errors(room, [p for p in check(library) if p.path.startswith("data/") or module_of(p) in parts])
        file = f"packet-{name}-{lang}.pdf" if name else f"packet-{lang}.pdf"
        if planned_day(library, one).lacks_meal:
            room.say("cli.session.packet.no-meal", most=HUNGRY // 60, meal=MEAL)
        room.say("cli.session.packet.printing")
        sheet = print_packet(library, one, name or "", lang, Path(out) / file, paper or library.platform.paper)
        path = f"data/sessions/{name}.yml" if name else "data/sessions"
        faults = [(fault.rule, {**dict(fault.values), "lang": lang}) for fault in sheet.warnings]
        variants = {"handout-overflow": "packet"}
        stop_for_errors(
            room,
            [problem(path, START, rule, variants.get(rule, "print"), "", **values) for rule, values in faults],
        )
        room.say("cli.print.sheet", path=sheet.path, pages=sheet.pages, size=f"{sheet.bytes / 1000:.0f}")

    return packet


def _record(w: Words) -> click.Command:
    @click.command(name="record", help=w("cli.session.record.help"))
    @click.argument("name", metavar=w("cli.session.name"))
    @click.option("--people", metavar="17", help=w("cli.session.record.people"))
    @click.option("--start", metavar="10:10", help=w("cli.session.record.start"))
    @click.option("--as-planned", is_flag=True, help=w("cli.session.record.as-planned"))
    @click.pass_obj
    def record(room: Room, name: str, people: str | None, start: str | None, as_planned: bool) -> None:
        library = room.library()
        one = a_session(library, name, w)
        file = room.root / "data" / "sessions" / f"{name}.yml"
        path = file.relative_to(room.root)
        if one.record:
            raise Refusal(w("cli.session.record.exists", path=path))
        if one.cancelled:
            raise Refusal(w("cli.session.record.cancelled", path=path))
        if one.date > library.today:
            raise Refusal(w("cli.session.record.early", date=w.date(one.date), path=path))
        came = a_number(people or click.prompt(w("cli.session.record.people"), default=str(one.people)), w)
        began = start or (f"{one.start:%H:%M}" if as_planned else None)
        began = a_clock(began or click.prompt(w("cli.session.record.start"), default=f"{one.start:%H:%M}"), w)
        lines = []
        for module in one.modules:
            steps = library.modules[module].meta.steps if module in library.modules else []
            real = [f"{step.id}: {step.minutes if as_planned else _minutes(module, step, w)}" for step in steps]
            lines.append(f"    {module}: {{{', '.join(real)}}}")
        values = {"start": began, "people": came, "module": one.modules[0], "minutes": "\n".join(lines)}
        file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + w("record.session", **values), "utf-8")
        room.say("cli.session.record.done", path=path)
        table = room.root / "data" / "results" / f"{name}.csv"
        if not table.exists():
            table.parent.mkdir(exist_ok=True)
            table.write_text(template(library, one, w), "utf-8", newline="")
            room.say("cli.session.record.table", path=table.relative_to(room.root))

    return record


def _refine(w: Words) -> click.Command:
    @click.command(name="refine", help=w("cli.session.refine.help"))
    @click.argument("modules", nargs=-1, metavar=w("cli.print.modules"))
    @click.pass_obj
    def refine(room: Room, modules: tuple[str, ...]) -> None:
        library = room.library()
        for name in modules:
            known(name, library.modules, w)
        found = False
        for name in modules or library.modules:
            open_ = [one for one in requests(library, name) if one.state == "open"]
            proposed = [one for one in timings(library, library.modules[name]) if one.proposed]
            if not open_ and not proposed:
                continue
            if not found and any(one.held.illustrative for one in open_):
                print(w("illustrative"))
            found = True
            print(f"{name}: {module_name(library, name, w)}")
            if open_:
                print(f"  {w('cli.session.refine.open', n=len(open_))}")
                for one in open_:
                    print(f"  · {request_sentence(library, one, w)}")
                sessions = ", ".join(dict.fromkeys(one.session for one in open_))
                print(f"    {w('cli.session.refine.take-up', sessions=sessions)}")
            if proposed:
                print(f"  {w('cli.session.refine.minutes')}")
                for timing in proposed:
                    print(f"  · {proposal_sentence(library.modules[name], timing, w)}")
        if not found:
            room.say("cli.session.refine.none")

    return refine


def _minutes(module: str, step: Step, w: Words) -> int:
    text = str(click.prompt(w("cli.session.record.minutes", module=module, step=step.id), default=str(step.minutes)))
    if not text.isdecimal() or int(text) > 600:
        raise Refusal(w("cli.session.record.bad-minutes", value=text))
    return int(text)


def a_session(library: Library, name: str, w: Words) -> Session:
    """The session of that name; Refusal, with what was perhaps meant, where there is none."""
    found = library.sessions.get(name)
    if found is None:
        if not library.sessions:
            raise Refusal(w("cli.session.none"))
        near = nearest(name, library.sessions)
        hint = f" {w('did-you-mean', near=near)}" if near else ""
        raise Refusal(w("cli.session.no-session", name=name, known=", ".join(list(library.sessions)[-8:])) + hint)
    return found


def planned(library: Library, modules: list[str], w: Words, **values: object) -> str:
    """The text of a planned session's file, with a comment beside what is still to decide.

    `values` are the other fields of the plan: date, start, place, organisations, people.
    """
    proposed = "".join(f"\n  - {{after: {one.after}, minutes: {one.minutes}}}" for one in pauses(library, modules))
    return w("new.session", modules=", ".join(modules), breaks=proposed or " []", **values)


def a_day(text: str, w: Words) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(w("cli.no-date", value=text)) from None


def a_clock(text: str, w: Words) -> str:
    """A time of day as HH:MM; 9:30 counts too."""
    text = text.zfill(5)
    if not re.fullmatch(CLOCK, text):
        raise Refusal(w("cli.session.no-clock", value=text))
    return text


def a_number(text: str, w: Words) -> int:
    """A number of people."""
    if not text.isdecimal() or not 1 <= int(text) <= 500:
        raise Refusal(w("cli.session.no-number", value=text))
    return int(text)


def a_list(text: str | None, choices: Iterable[str], question: str, w: Words) -> list[str]:
    """Names with commas between them, each once; asked for where there is no text."""
    choices = list(choices)
    text = text or str(click.prompt(f"{w(question)} ({', '.join(choices)})"))
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise Refusal(w("cli.session.empty", known=", ".join(choices)))
    for name in names:
        known(name, choices, w)
    return names


def known(name: str, choices: Iterable[str], w: Words) -> None:
    """Refusal, with what was perhaps meant, where a name is not one of the choices."""
    choices = list(choices)
    if name not in choices:
        near = nearest(name, choices)
        hint = f" {w('did-you-mean', near=near)}" if near else ""
        raise Refusal(w("cli.new.module.no-choice", name=name, known=", ".join(choices)) + hint)
