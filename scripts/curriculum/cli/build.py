"""`curriculum build`: check, print, stage, site; then the whole is swapped in at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import click

from curriculum.apart import apart
from curriculum.checks import check
from curriculum.cli.print import press, stop_for_errors
from curriculum.cli.room import Refusal, Room, printed, reason
from curriculum.library import Library
from curriculum.mutex import Busy, locked
from curriculum.print import KINDS, Sheet, Wish, wishes
from curriculum.site.budget import Weight
from curriculum.site.build import SiteError, build_site
from curriculum.site.download import Download
from curriculum.swap import aside, heal
from curriculum.words import Words

MARK = "catalogue.json"


def command(w: Words) -> click.Command:
    @click.command(name="build", help=w("cli.build.help"))
    @click.option("--site-dir", type=click.Path(file_okay=False), default="build/site", help=w("cli.build.site-dir"))
    @click.option("--no-print", is_flag=True, help=w("cli.build.no-print"))
    @click.option("--drafts", is_flag=True, help=w("cli.build.drafts"))
    @click.option("--jobs", type=click.IntRange(1, 64), help=w("cli.build.jobs"))
    @click.option("--wait", type=click.FloatRange(0), default=300, metavar=w("mutex.seconds"), help=w("mutex.wait"))
    @click.pass_obj
    def run(room: Room, site_dir: str, no_print: bool, drafts: bool, jobs: int | None, wait: float) -> None:
        # A path as it was typed is meant from where one stands; the default belongs to the root.
        target = room.root / site_dir if site_dir == "build/site" else Path(site_dir).resolve()
        if target.exists() and not (target / MARK).is_file() and any(target.iterdir()):
            raise Refusal(room.w("cli.build.not-ours", folder=target))
        with unharmed(room, target), alone(room, target, wait):
            heal(target, MARK)
            room.say("cli.checking")
            library = room.library(drafts=drafts)
            # What checking finds out of every text would stay in the memory of all that follows.
            problems = check(library, apart)
            stop_for_errors(room, problems)
            if problems:
                print(printed(problems, "text", room.w))
            with aside(target) as fresh:
                sheets = _publish(room, library, fresh, [] if no_print else wishes(library), jobs)
        room.say("cli.built", folder=target, pdfs=len(sheets))

    return run


def _publish(room: Room, library: Library, site: Path, papers: list[Wish], jobs: int | None) -> list[Sheet]:
    """Papers and pages, written into `site`; the papers."""
    sheets: list[Sheet] = []
    if papers:
        sheets = press(room, library, papers, site / "pdf", KINDS, library.platform.paper, jobs)
    room.say("cli.building", n=len(library.live))
    try:
        heavy = build_site(library, site, [_download(sheet, site) for sheet in sheets])
    except SiteError as error:
        raise Refusal(room.w("cli.site-failed", reason=error), 1) from None
    if heavy:
        raise Refusal("\n".join([room.w("budget.crossed"), *(_sentence(one, room.w) for one in heavy)]), 1)
    return sheets


def _sentence(weight: Weight, w: Words) -> str:
    """What is too heavy, by how much."""
    return w(
        f"budget.{weight.way}",
        path=weight.path.removesuffix("index.html"),
        weight=w.number(weight.bytes / 1024, 1),
        limit=w.number(weight.limit / 1024),
    )


def _download(sheet: Sheet, site: Path) -> Download:
    path = sheet.path.relative_to(site).as_posix()
    return Download(sheet.module, sheet.lang, sheet.kind, sheet.paper, path, sheet.pages, sheet.bytes, sheet.sha256)


@contextmanager
def unharmed(room: Room, target: Path) -> Iterator[None]:
    """A full disk, a folder that may not be written, a process that was stopped end in a Refusal: what was published
    stands."""
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else target.parent
        raise Refusal(room.w("cli.no-space", folder=place, reason=reason(room.w, error)), 1) from None
    except BrokenProcessPool:
        raise Refusal(room.w("cli.killed"), 1) from None


@contextmanager
def alone(room: Room, target: Path, patience: float) -> Iterator[None]:
    """No other build of this curriculum or into this folder runs meanwhile. Refusal where one goes on too long."""
    target.parent.mkdir(parents=True, exist_ok=True)
    (room.root / "build").mkdir(exist_ok=True)

    def waiting(holder: str) -> None:
        room.say("mutex.waiting", holder=holder)

    try:
        with (
            locked(room.root / "build" / "lock", patience, waiting),
            locked(target.with_name(f".{target.name}.lock"), patience, waiting),
        ):
            yield
    except Busy as busy:
        raise Refusal(room.w("mutex.busy", holder=busy.holder, seconds=f"{patience:g}"), 1) from None
