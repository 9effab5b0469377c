"""`curriculum session`: plan a session and write it down afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import click

from curriculum.cli.room import Refusal, Room
from curriculum.library import Library
from curriculum.model import ID
from curriculum.problem import nearest
from curriculum.schedule import pauses
from curriculum.session import CLOCK
from curriculum.words import Words


def command(w: Words) -> click.Command:
    @click.group(name="session", help=w("cli.session.help"))
    def session() -> None:
        pass

    session.add_command(_new(w))
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
