"""`curriculum check`: every problem of the curriculum, each with its place and what to do."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import click

from curriculum.apart import apart
from curriculum.checks import check
from curriculum.cli.room import FORMATS, Refusal, Room, printed
from curriculum.kept import keep, recall
from curriculum.library import Library, visible
from curriculum.problem import Problem
from curriculum.words import Words

PACKAGE = Path(__file__).resolve().parents[1]


def command(w: Words) -> click.Command:
    default = "github" if os.environ.get("GITHUB_ACTIONS") else "text"

    @click.command(name="check", help=w("cli.check.help"))
    @click.option("--format", "form", type=click.Choice(FORMATS), default=default, help=w("cli.check.format"))
    @click.option("--strict", is_flag=True, help=w("cli.check.strict"))
    @click.argument("paths", nargs=-1, metavar=w("cli.check.paths"))
    @click.pass_obj
    def run(room: Room, form: str, strict: bool, paths: tuple[str, ...]) -> int:
        problems = _below(remembered(room)[0], room, paths)
        text = printed(problems, form, room.w)
        if text:
            print(text)
        errors = sum(problem.severity == "error" for problem in problems)
        warnings = sum(problem.severity == "warning" for problem in problems)
        if form in ("text", "github"):
            room.say("cli.check.done" if not problems else "cli.check.found", errors=errors, warnings=warnings)
        return int(errors > 0 or (strict and warnings > 0))

    return run


def _below(problems: list[Problem], room: Room, paths: tuple[str, ...]) -> list[Problem]:
    """The problems in the files and folders that were named, or all."""
    if not paths:
        return problems
    wanted = []
    for name in paths:
        path = next((p for p in (Path(name).resolve(), (room.root / name).resolve()) if p.exists()), None)
        if path is None or not path.is_relative_to(room.root):
            raise Refusal(room.w("cli.check.no-path", path=name))
        wanted.append(path.relative_to(room.root).as_posix())
    return [p for p in problems if any(w == "." or p.path == w or p.path.startswith(f"{w}/") for w in wanted)]


def remembered(room: Room) -> tuple[list[Problem], Library | None]:
    """The problems of the curriculum; from the last run's memory where no file, no rule and no day has changed.

    With them what was read to find them, where it had to be read.
    """
    memory = room.root / "build" / "cache" / "check.json"
    key = _key(room)
    try:
        known = json.loads(recall(memory) or "{}")
        if known.get("key") == key:
            return [Problem(**{**row, "values": tuple(map(tuple, row["values"]))}) for row in known["problems"]], None
    except (ValueError, KeyError, TypeError):
        pass  # the memory of another version: ask again
    library = room.library()
    problems = check(library, apart)
    rows = [asdict(problem) for problem in problems]
    # A folder that cannot be written is checked all the same.
    with suppress(OSError):
        keep(memory, json.dumps({"key": key, "problems": rows}).encode())
    return problems, library


def _key(room: Room) -> str:
    """A hash of all that the answer depends on: the files, the rules, the day."""
    known = hashlib.sha256(room.moment().encode())
    stack = [room.root / name for name in ("data", "modules", "docs", "overrides/words")]
    files = (
        sorted(PACKAGE.glob("*.py")) + sorted((PACKAGE / "checks").glob("*.py")) + sorted(PACKAGE.glob("words/*.po"))
    )
    while stack:
        for file in visible(stack.pop()):
            if file.is_dir() and not file.is_symlink():
                stack.append(file)
                known.update(f"{file}/\0".encode("utf-8", "surrogateescape"))
            else:
                files.append(file)
    for file in files:
        try:
            content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
            known.update(f"{file}\0{file.is_symlink()}\0{content}\0".encode(errors="surrogateescape"))
        except OSError as error:
            known.update(f"{file}\0{error.errno}\0".encode(errors="surrogateescape"))
    return known.hexdigest()
