"""`curriculum serve`: the site on this machine, made again at every save."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime

import click

from curriculum.cli.room import TOOL, Refusal, Room
from curriculum.words import Words


def command(w: Words) -> click.Command:
    @click.command(name="serve", help=w("cli.serve.help"))
    @click.option("--address", default="127.0.0.1:8000", show_default=True, help=w("cli.serve.address"))
    @click.pass_obj
    def run(room: Room, address: str) -> None:
        from mkdocs.commands.serve import serve

        os.environ["CURRICULUM_ROOT"] = str(room.root)
        if room.today:
            noon = datetime(room.today.year, room.today.month, room.today.day, 12, tzinfo=UTC)
            os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
        own = room.root / "mkdocs.yml"
        room.say("cli.serve.start", address=f"http://{address}/")
        try:
            serve(config_file=str(own if own.is_file() else TOOL / "mkdocs.yml"), dev_addr=address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Refusal(w("cli.serve.taken", address=f"http://{address}/")) from error

    return run
