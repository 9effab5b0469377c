"""`curriculum results`: what people answered in the sessions, by module, theme, sector or quarter."""

from __future__ import annotations

import click

from curriculum.cli.needs import FORMATS, as_json, show
from curriculum.cli.room import Refusal, Room
from curriculum.evaluation import by_module, by_quarter, by_sector, by_theme
from curriculum.table import Table
from curriculum.tally import group_names, measured
from curriculum.words import Words

BY = {"module": by_module, "theme": by_theme, "sector": by_sector, "quarter": by_quarter}


def command(w: Words) -> click.Command:
    @click.command(name="results", help=w("cli.results.help"))
    @click.option("--by", type=click.Choice(tuple(BY)), default="module", help=w("cli.results.by"))
    @click.option("--format", "form", type=click.Choice(FORMATS), default="text", help=w("cli.check.format"))
    @click.pass_obj
    def run(room: Room, by: str, form: str) -> None:
        library = room.library()
        groups = BY[by](library)
        if not groups:
            raise Refusal(w("cli.results.nothing"), 0)
        table = measured(library, groups, group_names(library, by, list(groups), w), w)
        if form == "csv":
            print(table.csv(), end="")
        elif form == "json":
            print(as_json(table, [w("results.note")]))
        else:
            if any(found.illustrative for found in groups.values()):
                print(w("illustrative"))
            # On the terminal a question is its id: the words are in the downloads and on the pages.
            rows = tuple((row[0], row[1].split(" ")[0], *row[2:]) for row in table.rows)
            show(Table(table.header, rows))
            print(w("results.note"))

    return run
