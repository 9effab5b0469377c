"""`curriculum coverage`: what to write next, then theme by sector."""

from __future__ import annotations

import click

from curriculum.cli.needs import FORMATS, as_json, show
from curriculum.cli.room import Room
from curriculum.coverage import coverage
from curriculum.table import Table, gap_sentence, matrix, percent
from curriculum.words import Words

FIRST = 10


def command(w: Words) -> click.Command:
    @click.command(name="coverage", help=w("cli.coverage.help"))
    @click.option("--format", "form", type=click.Choice(FORMATS), default="text", help=w("cli.check.format"))
    @click.pass_obj
    def run(room: Room, form: str) -> None:
        library, words = room.library(), room.w
        found = coverage(library)
        table = matrix(library, found, words)
        sentences = [gap_sentence(library, gap, words) for gap in found.gaps]
        if form == "csv":
            print(table.csv(), end="")
            return
        if form == "json":
            print(as_json(table, sentences))
            return
        if found.illustrative:
            print(words("illustrative"))
        print(words("coverage.next" if sentences else "coverage.complete"))
        for number, sentence in enumerate(sentences[:FIRST], 1):
            print(f"{number:>3}. {sentence}")
        if len(sentences) > FIRST:
            print(words("coverage.more", n=len(sentences) - FIRST))
        print()
        print(words("coverage.whole", share=percent(found.whole, words)))
        rows = []
        for theme in found.themes:
            cells = [found.cells[theme.id, sector.id] for sector in found.sectors]
            shown = [f"{percent(cell.asked, words)} · {words.minutes(cell.minutes)}" for cell in cells]
            rows.append((str(found.places.get(theme.id, words("none"))), theme.title[words.lang], *shown))
        bottom = [percent(found.by_sector(sector.id), words) for sector in found.sectors]
        rows.append(("", words("coverage.column.covered"), *bottom))
        header = (words("needs.column.rank"), words("needs.column.theme"))
        show(Table((*header, *(sector.title[words.lang] for sector in found.sectors)), tuple(rows)))
        print(words("coverage.legend"))

    return run
