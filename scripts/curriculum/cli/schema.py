"""`curriculum schema`: what editors and the forge need to help people who write, made from the model and the data."""

from __future__ import annotations

import json
from pathlib import Path

import click

from curriculum.cli.room import Room
from curriculum.forge import FOLDER, forms
from curriculum.schema import schemas
from curriculum.words import Words


def command(w: Words) -> click.Command:
    @click.command(name="schema", help=w("cli.schema.help"))
    @click.pass_obj
    def run(room: Room) -> None:
        written = write(room.root / "schema")
        written += replace(room.root / FOLDER, forms(room.library()))
        for file in written:
            room.say("cli.written", path=file.relative_to(room.root))

    return run


def write(folder: Path) -> list[Path]:
    """Write every schema below `folder`."""
    texts = {name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in schemas().items()}
    return replace(folder, texts)


def replace(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Make `folder` hold these files and no other; the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.is_file() and file.name not in texts:
            file.unlink()
    changed = [
        folder / name
        for name, text in texts.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]
    for file in changed:
        file.write_text(texts[file.name], "utf-8")
    return changed
