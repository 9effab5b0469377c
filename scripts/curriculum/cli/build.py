"""`curriculum build`: check, print, stage, site; then the whole is swapped in at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from curriculum.checks import check
from curriculum.cli.print import press, stop_for_errors
from curriculum.cli.room import Refusal, Room, printed
from curriculum.print import KINDS, Sheet, wishes
from curriculum.site.budget import Weight
from curriculum.site.build import SiteError, build_site
from curriculum.site.download import Download
from curriculum.words import Words

MARK = "catalogue.json"


def command(w: Words) -> click.Command:
    @click.command(name="build", help=w("cli.build.help"))
    @click.option("--site-dir", type=click.Path(file_okay=False), default="build/site", help=w("cli.build.site-dir"))
    @click.option("--no-print", is_flag=True, help=w("cli.build.no-print"))
    @click.option("--drafts", is_flag=True, help=w("cli.build.drafts"))
    @click.option("--jobs", type=click.IntRange(1, 64), help=w("cli.build.jobs"))
    @click.pass_obj
    def run(room: Room, site_dir: str, no_print: bool, drafts: bool, jobs: int | None) -> None:
        # A path as it was typed is meant from where one stands; the default belongs to the root.
        target = room.root / site_dir if site_dir == "build/site" else Path(site_dir).resolve()
        if target.exists() and not (target / MARK).is_file() and any(target.iterdir()):
            raise Refusal(room.w("cli.build.not-ours", folder=target))
        room.say("cli.checking")
        library = room.library(drafts=drafts)
        problems = check(library)
        stop_for_errors(room, problems)
        if problems:
            print(printed(problems, "text", room.w))
        with aside(target, room) as fresh:
            sheets: list[Sheet] = []
            if not no_print:
                sheets = press(room, library, wishes(library), fresh / "pdf", KINDS, library.platform.paper, jobs)
            room.say("cli.building", n=len(library.live))
            downloads = [_download(sheet, fresh) for sheet in sheets]
            try:
                heavy = build_site(library, fresh, downloads)
            except SiteError as error:
                raise Refusal(room.w("cli.site-failed", reason=error), 1) from None
            if heavy:
                raise Refusal("\n".join([room.w("budget.crossed"), *(_sentence(one, room.w) for one in heavy)]), 1)
        room.say("cli.built", folder=target, pdfs=len(sheets))

    return run


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
def aside(target: Path, room: Room) -> Iterator[Path]:
    """A folder beside `target` to build in; it takes target's place if all goes well and is removed if not.

    A full disk, or a folder that may not be written, ends in a Refusal.
    """
    try:
        with _aside(target) as fresh:
            yield fresh
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal(room.w("cli.no-space", folder=target.parent, reason=reason), 1) from None


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    fresh.chmod(0o755)
    old = fresh.with_name(f"{fresh.name}-old")
    try:
        yield fresh
        if target.exists():
            os.replace(target, old)
        try:
            os.replace(fresh, target)
        except OSError:
            if old.exists():
                os.replace(old, target)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
