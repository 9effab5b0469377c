"""`curriculum new`: a skeleton that passes the check, ready to be filled in."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date

import click

from curriculum.cli.room import Refusal, Room
from curriculum.library import Library
from curriculum.model import ID
from curriculum.needs import rounds
from curriculum.problem import fold
from curriculum.skeleton import draft, folder_names, most_missing, short_name, write
from curriculum.words import Words

MINUTES = "90"


def command(w: Words) -> click.Command:
    @click.group(name="new", help=w("cli.new.help"))
    def new() -> None:
        pass

    @new.command(name="module", help=w("cli.new.module.help"))
    @click.argument("name", required=False, metavar=w("cli.new.module.id"))
    @click.option("--title", help=w("cli.new.module.ask-title"))
    @click.option("--theme", help=w("cli.new.module.ask-theme"))
    @click.option("--sector", help=w("cli.new.module.ask-sector"))
    @click.option("--minutes", help=w("cli.new.module.ask-minutes"))
    @click.option("--objective", help=w("cli.new.module.ask-objective"))
    @click.pass_obj
    def module(
        room: Room,
        name: str | None,
        title: str | None,
        theme: str | None,
        sector: str | None,
        minutes: str | None,
        objective: str | None,
    ) -> None:
        library = room.library()
        if name:
            refuse_name(room, name)
        if not library.organisations:
            raise Refusal(w("cli.new.module.no-author"))
        title = title or ask(w, "cli.new.module.ask-title")
        theme = ask_theme(library, theme, w)
        sector = ask_sector(library, sector, w)
        minutes = minutes or ask(w, "cli.new.module.ask-minutes", MINUTES)
        if not minutes.isdecimal() or not 30 <= int(minutes) <= 480:
            raise Refusal(w("cli.new.module.bad-minutes"))
        objective = objective or ask(w, "cli.new.module.ask-objective", w("new.objective"))
        name = name or short_name(title, folder_names(library))
        write(library, draft(library, name, title, theme, sector, int(minutes), {w.lang: objective}))
        room.say("cli.new.module.done", name=name)

    @new.command(name="consultation", help=w("cli.new.consultation.help"))
    @click.argument("organisation", required=False, metavar=w("cli.new.consultation.organisation"))
    @click.option("--date", "day", help=w("cli.new.consultation.date"))
    @click.option("--round", "name", help=w("cli.new.consultation.round"))
    @click.pass_obj
    def consultation(room: Room, organisation: str | None, day: str | None, name: str | None) -> None:
        library = room.library()
        if not library.organisations:
            raise Refusal(w("cli.new.module.no-author"))
        known = {name: one.name or name for name, one in library.organisations.items()}
        organisation = choose(w, "cli.new.module.ask-organisation", known, organisation)
        day = day or ask(w, "cli.new.consultation.date", str(library.today))
        try:
            date.fromisoformat(day)
        except ValueError:
            raise Refusal(w("cli.no-date", value=day)) from None
        held = list(rounds(library))
        name = name or ask(w, "cli.new.consultation.round", held[-1] if held else f"{day[:4]}-1")
        file = room.root / "data" / "needs" / f"{day}-{organisation}.yml"
        if file.exists():
            raise Refusal(w("cli.new.consultation.exists", path=file.relative_to(room.root)))
        file.parent.mkdir(exist_ok=True)
        dots = "\n".join(f"  - {{theme: {theme}, dots: 0}}" for theme in library.themes)
        theme = next(iter(library.themes))
        values = {"round": name, "organisation": organisation, "date": day, "dots": dots, "theme": theme}
        file.write_text(w("new.consultation", **values), "utf-8")
        room.say("cli.new.consultation.done", path=file.relative_to(room.root))

    return new


def refuse_name(room: Room, name: str) -> None:
    """Refusal where no new module can have that folder."""
    if not re.fullmatch(ID, name):
        raise Refusal(room.w("cli.new.module.bad-id", name=name))
    if (room.root / "modules" / name).exists():
        raise Refusal(room.w("cli.new.module.exists", name=name))


def ask_theme(library: Library, wish: str | None, w: Words) -> str:
    """The theme wished for or chosen; what is most missing is offered."""
    themes = library.prioritised or list(library.themes.values())
    known = {theme.id: theme.title[lang_of(library, w)] for theme in themes}
    return choose(w, "cli.new.module.ask-theme", known, wish, most_missing(library))


def ask_sector(library: Library, wish: str | None, w: Words) -> str:
    """The sector wished for or chosen; all of them unless one says otherwise."""
    known = {"all": w("cli.new.module.all")}
    known |= {sector.id: sector.title[lang_of(library, w)] for sector in library.sectors.values()}
    return choose(w, "cli.new.module.ask-sector", known, wish, "all")


def lang_of(library: Library, w: Words) -> str:
    """The language of the messages where the platform has it, else the platform's first."""
    return w.lang if w.lang in library.languages else library.languages[0]


def ask(w: Words, key: str, default: str | None = None) -> str:
    """An answer from the keyboard. Where nobody is there to answer, the default; without one the command ends."""
    try:
        suffix = " " if w(key).endswith("?") else ": "
        return str(click.prompt(w(key), default=default, err=True, prompt_suffix=suffix)).strip()
    except click.Abort:
        if default is None or sys.stdin.isatty():
            raise
        click.echo(err=True)
        return default


def choose(w: Words, key: str, known: Mapping[str, str], wish: str | None, default: str = "") -> str:
    """One of the ids `known`, each with its name: the one wished for, or the one whose number is answered."""
    names = list(known)
    if wish is None:
        click.echo(w(key), err=True)
        for number, title in enumerate(known.values(), 1):
            click.echo(f"  {number}. {title}", err=True)
        wish = ask(w, "cli.new.number", str(names.index(default) + 1) if default in known else None)
        if wish.isdecimal() and 1 <= int(wish) <= len(names):
            return names[int(wish) - 1]
        wish = next((name for name, title in known.items() if fold(title) == fold(wish)), wish)
    if wish not in known:
        raise Refusal(w("cli.new.module.no-choice", name=wish, known=", ".join(known)))
    return wish
