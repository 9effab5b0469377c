"""`curriculum translation`: what is behind, what changed, and the record that two texts say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import click

from curriculum.checks.languages import unlike
from curriculum.cli.needs import show
from curriculum.cli.room import Refusal, Room, printed
from curriculum.library import Library
from curriculum.lock import NAME, Lock, written
from curriculum.problem import nearest
from curriculum.table import Table
from curriculum.translation import Section, Unit, lock_of, sections, synced, units
from curriculum.words import Words, words
from curriculum.work import Task, restamped, tasks

FORMATS = ("text", "csv", "json")


def command(w: Words) -> click.Command:
    @click.group(name="translation", help=w("cli.translation.help"))
    def translation() -> None:
        pass

    @translation.command(name="status", help=w("cli.translation.status.help"))
    @click.option("--lang", help=w("cli.translation.lang"))
    @click.option("--format", "form", type=click.Choice(FORMATS), default="text", help=w("cli.check.format"))
    @click.pass_obj
    def status(room: Room, lang: str | None, form: str) -> None:
        library = room.library()
        _known_language(room, library, lang)
        found = [task for task in tasks(library) if lang in (None, task.lang)]
        if form == "csv":
            print(table(found, w).csv(), end="")
        elif form == "json":
            print(json.dumps([_row(task) for task in found], ensure_ascii=False, indent=2))
        else:
            _status(library, found, w)

    @translation.command(name="sync", help=w("cli.translation.sync.help"))
    @click.argument("name", required=False, metavar=w("cli.translation.text"))
    @click.argument("key", required=False, metavar=w("cli.translation.section"))
    @click.option("--reason", default="", help=w("cli.translation.reason"))
    @click.option("--all", "every", is_flag=True, help=w("cli.translation.all"))
    @click.pass_obj
    def sync(room: Room, name: str | None, key: str | None, reason: str, every: bool) -> None:
        library = room.library()
        if every == (name is not None):
            raise Refusal(w("cli.translation.which"))
        chosen = list(units(library)) if every else named(room, library, name or "")
        found = [one for unit in chosen for one in sections(unit, lock_of(library, unit.folder))]
        if key:
            known = list(dict.fromkeys(one.key for one in found))
            found = [one for one in found if one.key == key]
            if not found:
                raise Refusal(w("cli.translation.no-section", text=name, section=key, known=", ".join(known)))
        _sync(room, library, found, reason.strip())

    return translation


def named(room: Room, library: Library, name: str) -> list[Unit]:
    """The texts that a name means: a module with its handouts, one handout, a page or a data file. Else a Refusal."""
    every = list(units(library))
    name = name.removeprefix("modules/").removesuffix(".yml").rstrip("/")
    found = [unit for unit in every if name in (unit.label, unit.module, unit.folder) or f"{unit.module}/index" == name]
    if not found:
        near = nearest(name, {unit.module or unit.label for unit in every})
        hint = f" {room.w('did-you-mean', near=near)}" if near else ""
        raise Refusal(room.w("cli.translation.no-text", name=name) + hint)
    return found


def _known_language(room: Room, library: Library, lang: str | None) -> None:
    if lang and lang not in library.languages:
        raise Refusal(room.w("cli.print.no-language", lang=lang, known=", ".join(library.languages)))


def _sync(room: Room, library: Library, found: Sequence[Section], reason: str) -> None:
    """Record the sections as equal; nothing is written where one cannot be."""
    w = room.w
    open_ = [one for one in found if one.state != "equal"]
    done = [one for one in open_ if len(one.texts) == 2]
    different = [problem for one in done for problem in unlike(one)]
    if different:
        raise Refusal(f"{printed(different, 'text', w)}\n{w('cli.translation.not-the-same')}", 1)
    still = [f"  {one.unit.label} {one.key}" for one in done if one.state == "ahead"]
    if still and not reason:
        raise Refusal("\n".join([*still, w("cli.translation.need-reason")]), 1)
    for one in open_:
        # What is gone from both, or from one after both were equal, is not compared any more.
        if len(one.texts) == 1:
            room.say("cli.translation.only", lang=next(iter(one.texts)), section=f"{one.unit.label} {one.key}")
    if not done:
        room.say("cli.translation.nothing")
        return
    for folder in dict.fromkeys(one.unit.folder for one in done):
        _write(library, folder, [one for one in done if one.unit.folder == folder], reason)
    room.say("cli.translation.synced", n=len(done), day=w.date(library.today))


def _write(library: Library, folder: str, done: Iterable[Section], reason: str) -> None:
    """Write the lock of a folder anew; texts that are not there any more leave it."""
    before = lock_of(library, folder)
    after: Lock = {}
    for unit in units(library):
        if unit.folder == folder:
            of_unit = [one for one in done if one.unit.name == unit.name]
            after[unit.name] = synced(unit, before, of_unit, library.today, reason)
    note = words(library.languages[0])("translation.lock.note")
    (library.root / folder / NAME).write_text(written(after, note), "utf-8", newline="\n")


def _status(library: Library, found: list[Task], w: Words) -> None:
    if found:
        print(w("translation.summary", n=len(found), minutes=w.number(sum(task.minutes for task in found))))
        show(table(found, w))
    else:
        print(w("translation.clean"))
    if lines := restamped(library):
        print(w("translation.unchanged"))
        for one, record in lines:
            values = {"text": one.unit.label, "section": one.key, "lang": record.unchanged, "reason": record.reason}
            print("  · " + w("translation.unchanged.line", day=record.equal, **values))


def table(found: Iterable[Task], w: Words) -> Table:
    """The tasks as rows, in their order."""
    names = ("text", "lang", "what", "since", "uses", "minutes")
    rows = [
        (
            task.name,
            task.lang,
            ", ".join(w(f"translation.state.{state}", n=count) for state, count in task.states.items()),
            str(task.since or w("translation.never")),
            str(task.uses),
            str(task.minutes),
        )
        for task in found
    ]
    return Table(tuple(w(f"translation.column.{name}") for name in names), tuple(rows))


def _row(task: Task) -> dict[str, object]:
    return {
        "text": task.name,
        "lang": task.lang,
        "equal": str(task.since) if task.since else None,
        "uses": task.uses,
        "minutes": task.minutes,
        "sections": [
            {
                "path": one.unit.path(task.lang),
                "section": one.key,
                "title": one.title,
                "state": one.state,
                "ahead": one.ahead or None,
                "minutes": one.minutes,
            }
            for one in task.sections
        ],
    }
