"""`curriculum trace ID`: from any point of the chain, what it rests on and what came of it."""

from __future__ import annotations

import json

import click

from curriculum.cli.room import Refusal, Room
from curriculum.problem import nearest
from curriculum.trace import STAGES, chain, point_name
from curriculum.words import Words


def command(w: Words) -> click.Command:
    @click.command(name="trace", help=w("cli.trace.help"))
    @click.argument("name", metavar="ID")
    @click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help=w("cli.check.format"))
    @click.pass_obj
    def run(room: Room, name: str, form: str) -> None:
        library = room.library()
        found = chain(library)
        if name not in found.points:
            near = nearest(name, found.points)
            hint = f" {w('did-you-mean', near=near)}" if near else ""
            raise Refusal(w("cli.trace.unknown", name=name) + hint)
        # Of a session and its results, the session: the results are the next link.
        point = min(found.points[name], key=lambda one: STAGES.index(one.stage))
        around = found.around(point)
        if form == "json":
            every = {
                stage: [{"id": one.id, "name": point_name(library, one, w)} for one in points]
                for stage, points in around.items()
            }
            print(json.dumps(every, ensure_ascii=False, indent=2))
            return
        invented = [one.illustrative for one in library.sessions.values()]
        if any([*invented, *(one.illustrative for one in library.consultations.values())]):
            print(w("illustrative"))
        for stage, points in around.items():
            print(f"{w(f'trace.stage.{stage}')} ({len(points)})")
            for one in points:
                mark = "→" if one == point else "·"
                print(f"  {mark} {one.id}: {point_name(library, one, w)}")

    return run
