"""`curriculum needs`: what was asked for, beside what was decided."""

from __future__ import annotations

import json

import click
from rich import box
from rich.console import Console
from rich.table import Table as Grid

from curriculum.cli.room import Refusal, Room
from curriculum.needs import current, differences, rounds
from curriculum.table import Table, contested, difference_sentence, ranking, summary, title, weightings
from curriculum.words import Words

FORMATS = ("text", "csv", "json")
WIDTH = 9


def command(w: Words) -> click.Command:
    @click.command(name="needs", help=w("cli.needs.help"))
    @click.option("--round", "name", help=w("cli.needs.round"))
    @click.option("--format", "form", type=click.Choice(FORMATS), default="text", help=w("cli.check.format"))
    @click.pass_obj
    def run(room: Room, name: str | None, form: str) -> None:
        library, words = room.library(), room.w
        every = rounds(library)
        if name and name not in every:
            raise Refusal(words("cli.needs.no-round", round=name, known=", ".join(every) or words("none")))
        one = every[name] if name else current(library)
        if one is None:
            raise Refusal(words("cli.needs.nothing"), 0)
        table = ranking(library, one, words)
        found = differences(library, one)
        if form == "csv":
            print(table.csv(), end="")
        elif form == "json":
            print(as_json(table, [difference_sentence(each, words) for each in found]))
        else:
            if one.illustrative:
                print(words("illustrative"))
            print(summary(library, one, words))
            # Full headings are for the downloads; here a word each, and the coordinator's criteria by themselves.
            short = [words(f"needs.short.{index}") for index in range(WIDTH)]
            show(Table(tuple(short), tuple((*row[:7], *row[9:11]) for row in table.rows)))
            if any(cell != words("none") for row in table.rows for cell in row[WIDTH + 2 :]):
                print(words("needs.criteria"))
                show(Table(("", *table.header[WIDTH + 2 :]), tuple((row[1], *row[WIDTH + 2 :]) for row in table.rows)))
            print(words("cli.needs.differences" if found else "cli.needs.as-asked"))
            for each in found:
                print(f"  · {difference_sentence(each, words)}")
            moved = contested(one)
            print(words("cli.needs.contested" if moved else "cli.needs.uncontested"))
            for way, rows in weightings(one).items() if moved else ():
                order = " › ".join(title(library, row.theme, words) for row in rows)
                print(f"  · {words(f'needs.way.{way}')}: {order}")
            for consultation, text, dots in one.others:
                print(words("cli.needs.other", organisation=consultation.organisation, text=text[words.lang], n=dots))

    return run


def as_json(table: Table, sentences: list[str]) -> str:
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    return json.dumps({"rows": rows, "notes": sentences}, ensure_ascii=False, indent=2)


def show(table: Table) -> None:
    """The table on the terminal, or 160 wide where there is none."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=160)
    grid = Grid(*table.header, box=box.SIMPLE_HEAD)
    for row in table.rows:
        grid.add_row(*row)
    console.print(grid)
