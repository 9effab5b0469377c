"""`curriculum schema`: the JSON Schemas with which editors help while one writes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from curriculum.cli.room import Room
from curriculum.schema import schemas
from curriculum.words import Words


def command(w: Words) -> click.Command:
    @click.command(name="schema", help=w("cli.schema.help"))
    @click.pass_obj
    def run(room: Room) -> None:
        for file in write(room.root / "schema"):
            room.say("cli.written", path=file.relative_to(room.root))

    return run


def write(folder: Path) -> list[Path]:
    """Write every schema below `folder`."""
    folder.mkdir(exist_ok=True)
    files = []
    for name, schema in schemas().items():
        file = folder / name
        file.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
        files.append(file)
    return files
