"""What a session of several modules needs: its agenda by the clock, its materials added up, the copies to make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.library import Library
from curriculum.model import Per
from curriculum.schedule import Schedule, schedule
from curriculum.session import Session
from curriculum.words import Words

# Minutes: nobody goes for longer than the first without a meal, and a meal takes the second at least.
HUNGRY, MEAL = 240, 30
TABLE = 6  # people at a table, as the modules' adaptations for large groups say


@dataclass(frozen=True)
class Thing:
    """A material with how many of it to bring for the whole session."""

    id: str
    count: int


@dataclass(frozen=True)
class Copies:
    """A handout of one of the modules: how many pages it has and how many copies the group needs."""

    module: str
    handout: str
    kind: str
    pages: int
    count: int

    @property
    def sides(self) -> int:
        """Printed sides in all."""
        return self.pages * self.count


@dataclass(frozen=True)
class Packet:
    """A session as its papers show it."""

    session: Session
    schedule: Schedule
    things: tuple[Thing, ...]
    copies: tuple[Copies, ...]

    @property
    def tables(self) -> int:
        return tables(self.session.people)

    @property
    def lacks_meal(self) -> bool:
        """Whether it is long enough for a meal, and no pause is."""
        pauses = [entry.minutes for entry in self.schedule.entries if entry.kind == "break"]
        return self.schedule.minutes > HUNGRY and max(pauses, default=0) < MEAL

    @property
    def sides(self) -> int:
        return sum(one.sides for one in self.copies)


def packet(library: Library, session: Session) -> Packet:
    """What `session` needs; modules that do not exist are passed over."""
    return Packet(
        session,
        schedule(library, session),
        tuple(things(library, session.modules, session.people)),
        tuple(copies(library, session.modules, session.people)),
    )


def tables(people: int) -> int:
    """How many tables a group sits at."""
    return -(-people // TABLE)


def number(count: int, per: Per, people: int) -> int:
    """So many for the session, for each table or for each person, in all."""
    return count * {"session": 1, "table": tables(people), "person": people}[per]


def things(library: Library, modules: Sequence[str], people: int) -> list[Thing]:
    """The materials of several modules added up; of what is not used up, the most that one of them needs.

    In the order of data/materials.yml.
    """
    found: dict[str, list[int]] = {}
    for name in modules:
        module = library.modules.get(name)
        for need in module.meta.materials if module else ():
            found.setdefault(need.id, []).append(number(need.count, need.per, people))
    return [
        Thing(name, max(found[name]) if material.lasting else sum(found[name]))
        for name, material in library.materials.items()
        if name in found
    ]


def copies(library: Library, modules: Sequence[str], people: int) -> list[Copies]:
    """The handouts of several modules, in their order."""
    return [
        Copies(name, one.id, one.kind, one.pages, number(1, one.copies, people))
        for name in modules
        if name in library.modules
        for one in library.modules[name].meta.handouts
    ]


def thing_text(library: Library, thing: Thing, w: Words) -> str:
    """How many of what: 12 thick markers."""
    material = library.materials[thing.id]
    return f"{w.number(thing.count)} {(material.one if thing.count == 1 else material.many)[w.lang]}"
