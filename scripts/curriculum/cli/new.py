"""`curriculum new`: a skeleton that passes the check, ready to be filled in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from curriculum.cli.room import Refusal, Room
from curriculum.library import Library
from curriculum.model import ID
from curriculum.needs import rounds
from curriculum.words import Words, words

# The shares of the whole that opening, practice and agreement take, in that order.
STEPS = (("apertura", 0.15), ("practica", 0.65), ("acuerdo", 0.2))


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
    @click.pass_obj
    def module(
        room: Room, name: str | None, title: str | None, theme: str | None, sector: str | None, minutes: str | None
    ) -> None:
        library = room.library()
        name = name or click.prompt(w("cli.new.module.ask-id"))
        if not re.fullmatch(ID, name):
            raise Refusal(w("cli.new.module.bad-id", name=name))
        if (room.root / "modules" / name).exists():
            raise Refusal(w("cli.new.module.exists", name=name))
        title = title or click.prompt(w("cli.new.module.ask-title"))
        theme = _one_of(theme, [ranked.id for ranked in library.prioritised], "theme", w)
        sector = _one_of(sector, ["all", *library.sectors], "sector", w)
        minutes = minutes or click.prompt(w("cli.new.module.ask-minutes"), default="90")
        if not minutes.isdecimal() or not 30 <= int(minutes) <= 480:
            raise Refusal(w("cli.new.module.bad-minutes"))
        if not library.organisations:
            raise Refusal(w("cli.new.module.no-author"))
        write_module(library, name, title, theme, sector, int(minutes))
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
        organisation = _one_of(organisation, list(library.organisations), "organisation", w)
        day = day or click.prompt(w("cli.new.consultation.date"), default=str(library.today))
        try:
            date.fromisoformat(day)
        except ValueError:
            raise Refusal(w("cli.no-date", value=day)) from None
        known = list(rounds(library))
        name = name or click.prompt(w("cli.new.consultation.round"), default=known[-1] if known else f"{day[:4]}-1")
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


def _one_of(wish: str | None, known: list[str], what: str, w: Words) -> str:
    if wish is None:
        wish = str(click.prompt(w(f"cli.new.module.ask-{what}"), type=click.Choice(known)))
    if wish not in known:
        raise Refusal(w("cli.new.module.no-choice", name=wish, known=", ".join(known)))
    return wish


def write_module(library: Library, name: str, title: str, theme: str, sector: str, minutes: int) -> Path:
    """Write a draft module of that many minutes, in every language of the platform; the folder must not exist."""
    folder = library.root / "modules" / name
    (folder / "images").mkdir(parents=True)
    number = max((module.meta.number or 0 for module in library.modules.values()), default=0) + 1
    lengths = [round(minutes * share / 5) * 5 or 5 for _, share in STEPS]
    lengths[1] += minutes - sum(lengths)
    steps = "".join(
        f"  - {{id: {step}, minutes: {length}}}\n" for (step, _), length in zip(STEPS, lengths, strict=True)
    )
    author = next((one.id for one in library.organisations.values() if one.kind == "platform"), None)
    first = ", ".join(f"{lang}: {quoted(words(lang)('new.change'))}" for lang in library.languages)
    (folder / "module.yml").write_text(
        f"""# yaml-language-server: $schema=../../schema/module.schema.json
number: {number}
themes: [{theme}]
sectors: [{sector}]
depth: starter
steps:
{steps}group: {{min: 6, max: 30}}
materials: []
equipment: []
handouts: []
literacy: any
care: 0
status: draft
changes:
  - {{version: 0.1.0, date: {library.today or date.today()}, {first}}}
provenance: {{kind: own}}
licence: CC-BY-SA-4.0
authors: [{author or next(iter(library.organisations))}]
questions: [{", ".join(question for question in library.questions if question in ("E01", "E02", "E04", "E07"))}]
""",
        "utf-8",
    )
    for lang in library.languages:
        w = words(lang)
        front = f"---\ntitle: {quoted(title)}\nsummary: {quoted(w('new.summary'))}\nobjectives:\n"
        text = f"{front}  - {quoted(w('new.objective'))}\n---\n\n{w('new.index')}"
        (folder / f"index.{lang}.md").write_text(text, "utf-8")
    return folder


def quoted(text: str) -> str:
    """The text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
