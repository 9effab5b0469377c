"""What every command works with: the root, the day, the language of messages, and how progress is shown."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from curriculum.library import Library, load
from curriculum.problem import Problem, as_github, as_json, as_markdown, as_text
from curriculum.words import Words, languages, words

TOOL = Path(__file__).resolve().parents[3]


class Refusal(Exception):
    """The end of a command that cannot be carried out; its text is a sentence for the user."""

    def __init__(self, text: str, status: int = 2) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True)
class Room:
    """`today` is None where it is the clock's day in the platform's time zone."""

    root: Path
    today: date | None
    w: Words

    @classmethod
    def open(cls, root: str, today: str | None, w: Words) -> Room:
        """Refusal where the folder has no curriculum or the day is none."""
        folder = Path(root).resolve()
        if not (folder / "data").is_dir() or not (folder / "modules").is_dir():
            raise Refusal(w("cli.no-curriculum", folder=folder))
        return cls(folder, _day(today, w), w)

    def library(self, *, drafts: bool = False) -> Library:
        return load(self.root, self.today, drafts=drafts)

    def moment(self) -> str:
        """What today depends on, without reading the curriculum: the day given, else the hour of the clock.

        In every time zone a day begins with an hour.
        """
        return str(self.today) if self.today else datetime.now(UTC).strftime("%Y-%m-%dT%H")

    def say(self, key: str, **values: object) -> None:
        """A sentence to the person at the keyboard, out of the way of the command's output."""
        print(self.w(key, **values), file=sys.stderr)


def _day(wish: str | None, w: Words) -> date | None:
    if wish:
        try:
            return date.fromisoformat(wish)
        except ValueError:
            raise Refusal(w("cli.no-date", value=wish)) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else None


FORMATS = ("text", "github", "json", "markdown")


def printed(problems: list[Problem], form: str, w: Words) -> str:
    """The problems in one of FORMATS. On the forge the whole list also goes to the job's summary, in every language."""
    if form == "json":
        return as_json(problems, w)
    if form == "markdown":
        return as_markdown(problems, w)
    if form == "github":
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary:
            every = [words(lang) for lang in reversed(languages())]
            text = as_markdown(problems, *every) if problems else "\n\n".join(w("summary.clean") for w in every)
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        return as_github(problems, w)
    return as_text(problems, w)


# The usual reasons for which nothing can be written, as keys of words.
REASONS = {
    errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EFBIG: "full", errno.EROFS: "read-only",
    errno.EACCES: "forbidden", errno.EPERM: "forbidden", errno.ENOTDIR: "in-the-way", errno.EEXIST: "in-the-way",
}  # fmt: skip


def reason(w: Words, error: OSError) -> str:
    """Why a file could not be written, in the language of the user where it is one of the usual reasons."""
    name = REASONS.get(error.errno or 0)
    return w(f"mutex.reason.{name}") if name else error.strerror or str(error)


@contextmanager
def progress(title: str, total: int) -> Iterator[Progress]:
    """A bar on a terminal; a line at the end of a log elsewhere is the caller's business."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        bar.add_task(title, total=total)
        yield bar
