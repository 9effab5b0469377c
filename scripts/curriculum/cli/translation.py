"""`curriculum translation`: what is behind, what changed, and the record that two texts say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import click
from babel import Locale

from curriculum.change import as_html, as_text, changes
from curriculum.checks.languages import unlike
from curriculum.cli.needs import show
from curriculum.cli.room import Refusal, Room, printed
from curriculum.history import passage_then
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
    @click.option("--lang", metavar=w("translation.code"), help=w("cli.translation.lang"))
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

    @translation.command(name="diff", help=w("cli.translation.diff.help"))
    @click.argument("name", metavar=w("cli.translation.text"))
    @click.argument("key", required=False, metavar=w("cli.translation.section"))
    @click.option(
        "--format", "form", type=click.Choice(("text", "html")), default="text", help=w("cli.translation.diff.format")
    )
    @click.pass_obj
    def diff(room: Room, name: str, key: str | None, form: str) -> None:
        library = room.library()
        chosen = named(room, library, name)
        found = [one for unit in chosen for one in sections(unit, lock_of(library, unit.folder)) if one.behind]
        found = [one for one in found if key in (None, one.key)]
        told = [_told(library, one, w) for one in found]
        if form == "html":
            print(_page(told, w))
        elif not told:
            room.say("translation.diff.nothing", text=name)
        else:
            print(w("translation.diff.legend"))
            for one in told:
                print(f"\n{'─' * 72}\n{one.title}\n")
                for head, _, text in one.parts:
                    print(f"{head}:\n\n{text}\n")
                print(one.then)

    return translation


@dataclass(frozen=True)
class Told:
    """A section that is behind: its title, parts as (heading, HTML, text), and the command for when it is done."""

    title: str
    parts: list[tuple[str, str, str]]
    then: str


def _told(library: Library, one: Section, w: Words) -> Told:
    """What changed in each language that changed, and today's text of the one that did not."""
    known = Locale.parse(w.locale).languages
    day = w.date(one.since) if one.since else ""
    parts = []
    for lang in one.pair:
        name = known.get(lang, lang)
        now = one.texts.get(lang)
        then = one.record and passage_then(library.root, one.unit, lang, one.key, one.record.hashes[lang])
        changed = one.record and (now is None or now.hash != one.record.hashes[lang])
        if now is None:
            if one.record:
                text = then.text if then else ""
                head = w("translation.diff.gone", name=name, day=day)
                parts.append((head, f"<del>{escape(text)}</del>", text) if then else (head, "–", "–"))
            continue
        if changed and then:
            pieces = changes(then.text, now.text)
            head = w("translation.diff.changed", name=name, day=day)
            parts.append((head, as_html(pieces), as_text(pieces)))
            continue
        key = "only" if one.state == "only" and not one.record else "today"
        head = f"{w(f'translation.diff.{key}', name=name)} ({one.unit.path(lang)}:{now.line})"
        parts.append((f"{head}. {w('translation.diff.lost')}" if changed else head, escape(now.text), now.text))
    command = f"curriculum translation sync {one.unit.label} {one.key}"
    return Told(f"{one.unit.label} · {one.title}", parts, w("translation.diff.then", command=command))


def _page(told: list[Told], w: Words) -> str:
    """The sections as one page that mail programs show: no style sheet, no script, nothing from elsewhere."""
    cell = 'style="vertical-align:top;width:50%;padding:8px;border:1px solid #999;white-space:pre-wrap"'
    rows = []
    for one in told:
        cells = "".join(f"<td {cell}><b>{escape(head)}</b>\n\n{text}</td>" for head, text, _ in one.parts)
        rows.append(
            f'<h2>{escape(one.title)}</h2>\n<table style="border-collapse:collapse;width:100%"><tr>{cells}</tr></table>'
            f"\n<p>{escape(one.then)}</p>"
        )
    title = escape(w("translation.diff.title"))
    body = "\n".join(rows) or f"<p>{escape(w('translation.clean'))}</p>"
    return (
        f'<!doctype html>\n<html lang="{w.lang}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f'<body style="font-family:sans-serif;max-width:60em;margin:1em auto"><h1>{title}</h1>\n{body}\n</body></html>'
    )


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
