"""`curriculum print`: the PDFs alone."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.cli.check import remembered
from curriculum.cli.room import Refusal, Room, printed, progress
from curriculum.library import Library
from curriculum.print import EDITIONS, KINDS, PAPERS, Order, Sheet, Wish, print_all, wishes
from curriculum.problem import START, Problem, nearest, problem
from curriculum.words import Words


def command(w: Words) -> click.Command:
    @click.command(name="print", help=w("cli.print.help"))
    @click.argument("modules", nargs=-1, metavar=w("cli.print.modules"))
    @click.option("--lang", metavar=w("translation.code"), help=w("cli.print.lang"))
    @click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help=w("cli.print.kind"))
    @click.option("--paper", type=click.Choice(PAPERS), help=w("cli.print.paper"))
    @click.option("-o", "--out", type=click.Path(file_okay=False), default="build/print", help=w("cli.print.out"))
    @click.option("--jobs", type=click.IntRange(1, 64), help=w("cli.build.jobs"))
    @click.pass_obj
    def run(
        room: Room,
        modules: tuple[str, ...],
        lang: str | None,
        kinds: tuple[str, ...],
        paper: str | None,
        out: str,
        jobs: int | None,
    ) -> None:
        problems, library = remembered(room)
        library = library or room.library()
        wanted = _wanted(room, library, modules, lang)
        names = {module.path for module, _ in wanted}
        # Who names a module wants its papers, not those of the whole platform.
        kinds = kinds or (EDITIONS if modules or lang else KINDS)
        stop_for_errors(room, [p for p in problems if p.path.startswith("data/") or module_of(p) in names])
        sheets = press(
            room,
            library,
            wanted,
            Path(out),
            kinds,
            paper or library.platform.paper,
            jobs,
        )
        for sheet in sheets:
            room.say("cli.print.sheet", path=sheet.path, pages=sheet.pages, size=f"{sheet.bytes / 1000:.0f}")

    return run


def module_of(found: Problem) -> str:
    """The folder of the module that a problem is in."""
    return "/".join(found.path.split("/")[:2])


def _wanted(room: Room, library: Library, modules: tuple[str, ...], lang: str | None) -> list[Wish]:
    live = {module.id for module in library.live}
    for name in modules:
        if name not in live:
            near = nearest(name, live)
            raise Refusal(
                room.w("cli.print.no-module", name=name) + (f" {room.w('did-you-mean', near=near)}" if near else "")
            )
    if lang and lang not in library.languages:
        raise Refusal(room.w("cli.print.no-language", lang=lang, known=", ".join(library.languages)))
    return [
        (module, code)
        for module, code in wishes(library)
        if (not modules or module.id in modules) and (not lang or code == lang)
    ]


def stop_for_errors(room: Room, problems: list[Problem]) -> None:
    """Refusal, with the list, where there is an error: what is wrong is never published."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise Refusal(f"{printed(errors, 'text', room.w)}\n{room.w('cli.stopped', n=len(errors))}", 1)


def press(
    room: Room,
    library: Library,
    wanted: list[Wish],
    out: Path,
    kinds: tuple[str, ...],
    paper: str,
    jobs: int | None,
) -> list[Sheet]:
    """Print the editions below `out`. A warning of the printer is a problem of its module and ends in a Refusal."""
    with progress(room.w("cli.printing"), len(wanted) * len(kinds)) as bar:
        task = bar.task_ids[0]

        def begin(order: Order) -> None:
            name = " · ".join(filter(None, (room.w(f"print.kind.{order.kind}"), order.module)))
            bar.update(task, description=room.w("cli.printing-one", module=name, lang=order.lang))

        def report(_: Sheet, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        sheets = print_all(library, wanted, out, kinds, paper, jobs, report, begin)
    stop_for_errors(room, sorted({found for sheet in sheets for found in _problems(library, sheet)}))
    return sheets


def _problems(library: Library, sheet: Sheet) -> list[Problem]:
    found = []
    if not sheet.module:
        # The platform's own papers are made from the themes and what was decided on them.
        path = "data/themes.yml"
        if sheet.kind == "brief":
            name = sheet.path.stem.removeprefix("brief-").removesuffix(f"-{sheet.lang}")
            path = f"docs/briefs/{name}.{sheet.lang}.md"
        for fault in sheet.warnings:
            values = {**dict(fault.values), "lang": sheet.lang}
            found.append(problem(path, START, fault.rule, "print", "", **values))
        return found
    module = library.modules[sheet.module]
    for fault in sheet.warnings:
        values = {**dict(fault.values), "lang": sheet.lang}
        path, place, variant = module.pages[sheet.lang].path, START, "print"
        if "card" in values:
            path, variant = module.handouts[values["handout"]][sheet.lang].path, "card"
        elif fault.rule == "handout-overflow":
            ids = [handout.id for handout in module.meta.handouts]
            path, place = module.document.path, module.document.place("handouts", ids.index(values["handout"]), "pages")
        found.append(problem(path, place, fault.rule, variant, "", **values))
    return found
