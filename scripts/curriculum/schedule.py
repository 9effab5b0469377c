"""A session in clock time: when each module, step and pause begins and ends, across midnight and clock changes too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from curriculum.library import Library
from curriculum.model import Step
from curriculum.session import Break, Session


@dataclass(frozen=True)
class Entry:
    """Something that takes time. `start` and `end` are local times; `step` is "" for a pause between modules."""

    kind: Literal["step", "break"]
    module: str
    step: str
    start: datetime
    end: datetime
    minutes: int


@dataclass(frozen=True)
class Schedule:
    """The entries of a session in order, without gaps between them."""

    start: datetime
    end: datetime
    entries: tuple[Entry, ...]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)

    def of(self, module: str) -> tuple[Entry, ...]:
        """The steps of one module, its own pauses among them."""
        return tuple(entry for entry in self.entries if entry.module == module and entry.step)


def schedule(library: Library, session: Session) -> Schedule:
    """The planned course of a session; modules that do not exist are passed over."""
    zone = ZoneInfo(library.platform.timezone)
    start = begin(session, zone)
    at, entries = start, []

    def add(kind: Literal["step", "break"], module: str, step: str, minutes: int) -> None:
        nonlocal at
        end = later(at, minutes)
        entries.append(Entry(kind, module, step, at, end, minutes))
        at = end

    for position, name in enumerate(session.modules):
        for step in _steps(library, name):
            add(step.kind, name, step.id, step.minutes)
        # A pause after the last module would be the way home.
        if position < len(session.modules) - 1:
            for pause in session.breaks:
                if pause.after == name:
                    add("break", name, "", pause.minutes)
    return Schedule(start, at, tuple(entries))


# Nobody sits for longer than this (minutes) without a pause, and a pause of this length is enough.
SITTING, PAUSE = 120, 15


def pauses(library: Library, modules: Sequence[str]) -> list[Break]:
    """The pauses to propose between modules, so that nobody sits for more than two hours in a row."""
    proposed = []
    sitting = 0
    for name, following in pairwise(modules):
        for step in _steps(library, name):
            sitting = 0 if step.kind == "break" else sitting + step.minutes
        first = next((step for step in _steps(library, following) if step.kind == "break"), None)
        until = _steps(library, following)
        ahead = sum(step.minutes for step in (until[: until.index(first)] if first else until))
        if sitting + ahead > SITTING:
            proposed.append(Break(after=name, minutes=PAUSE))
            sitting = 0
    return proposed


def _steps(library: Library, name: str) -> list[Step]:
    module = library.modules.get(name)
    return module.meta.steps if module else []


def begin(session: Session, zone: ZoneInfo) -> datetime:
    """When a session starts; of an hour that the clocks show twice, the first."""
    return datetime.combine(session.date, session.start, zone)


def later(moment: datetime, minutes: int) -> datetime:
    """So many minutes that pass, not that the clock moves: an hour is an hour on the night the clocks change."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def exists(moment: datetime) -> bool:
    """Whether clocks show this local time at all: in spring they may leap over an hour."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)
