"""What sessions ask of modules: changes that are open, those that were made, and minutes that do not hold."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal

from curriculum.evaluation import held
from curriculum.library import Library, Module
from curriculum.model import Change
from curriculum.session import Request, Session

LEAST = 3  # sessions from which minutes are proposed
GRAIN = 5  # minutes; plans are made in fives


@dataclass(frozen=True)
class Asked:
    """A change asked for in a session. `change` is the version that took it up, `state` how it stands."""

    session: str
    held: Session
    request: Request
    state: Literal["open", "taken-up", "declined"]
    change: Change | None


@dataclass(frozen=True)
class Timing:
    """A step's planned minutes beside the real ones, oldest session first; `left_out` counts sessions without it.

    `proposed` is the median of the real minutes in fives, from three sessions on and only where it is not the plan.
    """

    step: str
    planned: int
    real: tuple[int, ...]
    left_out: int
    proposed: int | None

    @property
    def n(self) -> int:
        return len(self.real)


def requests(library: Library, module: str = "") -> list[Asked]:
    """Every change asked for, of one module or of all, oldest first.

    A version of the module made `after` the session takes up what it asked for, save what was declined with a reason.
    """
    found = []
    for name, one in held(library).items():
        for request in one.record.requests if one.record else ():
            if module and request.module != module:
                continue
            change = None if request.declined else _taken_up(library, request.module, name)
            state: Literal["open", "taken-up", "declined"]
            state = "declined" if request.declined else "taken-up" if change else "open"
            found.append(Asked(name, one, request, state, change))
    return found


def _taken_up(library: Library, module: str, session: str) -> Change | None:
    found = library.modules.get(module)
    changes = found.meta.changes if found else []
    return next((change for change in reversed(changes) if session in change.after), None)


def refined(library: Library, module: Module) -> list[tuple[Change, list[str]]]:
    """The changes of a module that sessions led to, newest first, each with those of its sessions that readers see."""
    seen = held(library)
    found = [(change, [name for name in change.after if name in seen]) for change in module.meta.changes]
    return [(change, names) for change, names in found if names]


def timings(library: Library, module: Module) -> list[Timing]:
    """Each step of a module as it is planned and as it went; steps that no session timed are left out."""
    taught = [
        one.record.minutes[module.id]
        for one in held(library).values()
        if one.record and module.id in one.record.minutes
    ]
    found = []
    for step in module.meta.steps:
        every = [minutes[step.id] for minutes in taught if step.id in minutes]
        real = tuple(minutes for minutes in every if minutes)
        if every:
            found.append(Timing(step.id, step.minutes, real, len(every) - len(real), _proposed(step.minutes, real)))
    return found


def _proposed(planned: int, real: tuple[int, ...]) -> int | None:
    if len(real) < LEAST:
        return None
    # Half a grain rounds up: better five minutes too many than too few.
    usual = max(GRAIN, int(median(real) / GRAIN + 0.5) * GRAIN)
    return usual if abs(usual - planned) >= GRAIN else None
