"""What sessions gave, summed up: over a module, a theme, a sector, a quarter or all of them.

Shares, never means of levels: how many of those who answered chose one of the two highest levels, before and after.
They are counts of the same group twice, not of the same persons, so nothing here is anybody's change. What nobody
answered is None, not 0; fewer than five answers are not shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from curriculum.consultation import Participants
from curriculum.library import Library
from curriculum.model import Question
from curriculum.outcome import Outcome
from curriculum.results import Row
from curriculum.session import KEPT_AFTER, Agreement, Said, Session, Story

FEW = 5  # fewer answers or people than this are not shown
GENDERS = ("women", "men", "other")
OTHERS = ("age_60_plus", "indigenous_language")
TOP = 2  # how many levels count as high


@dataclass(frozen=True)
class Tally:
    """Answers to one question at one moment: how many, by option from low to high, from how many sessions."""

    n: int
    counts: tuple[int, ...]
    sum: int
    sessions: int

    @property
    def top(self) -> float | None:
        """The share of answers in the two highest levels; None where fewer than five answered."""
        return sum(self.counts[-TOP:]) / self.n if self.n >= FEW and self.counts else None

    @property
    def high(self) -> int:
        """How many answers are in the two highest levels."""
        return sum(self.counts[-TOP:])


Measures = dict[str, dict[str, Tally]]  # by question, then by moment


@dataclass(frozen=True)
class Kept:
    """Agreements whose session was at least eight weeks ago, by how they stood when asked about."""

    yes: int
    partly: int
    no: int
    unasked: int

    @property
    def asked(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def share(self) -> float | None:
        """Those kept of those asked about; None where none was."""
        return self.yes / self.asked if self.asked else None


@dataclass(frozen=True)
class Summary:
    """Recorded sessions by name, and the lines of their results that count here."""

    questions: Mapping[str, Question]
    sessions: dict[str, Session]
    rows: tuple[tuple[str, Row], ...]

    @property
    def illustrative(self) -> bool:
        return any(one.illustrative for one in self.sessions.values())

    @cached_property
    def people(self) -> int:
        """How many came, over all sessions; one of fewer than five adds nothing, so that nobody can work it out."""
        return sum(total for one in self.sessions.values() if (total := _came(one)) >= FEW)

    @cached_property
    def genders(self) -> dict[str, int]:
        """Women, men and others, from the sessions that told them apart; empty where none did."""
        found: Counter[str] = Counter()
        for one in self.sessions.values():
            parts = parts_of(one.record.attendance) if one.record else {}
            if {"women", "men"} <= set(parts):
                found.update({name: parts[name] for name in GENDERS if name in parts})
        return {name: count for name, count in found.items() if count}

    @cached_property
    def organisations(self) -> list[str]:
        return sorted({name for one in self.sessions.values() for name in one.organisations})

    @cached_property
    def measures(self) -> Measures:
        """The answers of everybody, question by question in the order of the bank; fewer than five are left out."""
        return self.measures_of("all")

    def measures_of(self, group: str) -> Measures:
        """The answers of one group of people."""
        found: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
        for name, row in self.rows:
            if row.group == group and row.total >= FEW:
                found[row.question, row.moment].append((name, row))
        tallies: Measures = {}
        for question in self.questions:
            moments = {
                moment: _tally(found[question, moment]) for moment in ("before", "after", "later")
                if (question, moment) in found
            }  # fmt: skip
            if moments:
                tallies[question] = moments
        return tallies

    def mixed(self, ours: Callable[[str], bool]) -> tuple[int, list[str]]:
        """How many of the sessions also taught modules that are not `ours`, and what was asked there of the whole.

        The shared bank's questions at the end and weeks later (Was it useful? Have you used it?) are of the session.
        """
        names = {name for name, one in self.sessions.items() if not all(ours(module) for module in one.modules)}
        asked = {row.question for name, row in self.rows if name in names and row.group == "all" and row.total >= FEW}
        whole = [
            question
            for question in self.measures
            if question in asked and question[:1].isupper() and self.questions[question].moment != "before-after"
        ]
        return len(names), whole

    def kept(self, today: date) -> Kept:
        """How the agreements stand that are old enough to be asked about."""
        states = Counter(one.kept or "unasked" for name, one in self.agreements if _due(self.sessions[name], today))
        return Kept(states["yes"], states["partly"], states["no"], states["unasked"])

    @cached_property
    def agreements(self) -> list[tuple[str, Agreement]]:
        return [(name, each) for name, one in self.sessions.items() if one.record for each in one.record.agreements]

    @cached_property
    def quotes(self) -> list[tuple[str, Said]]:
        """What may be quoted: both the group and who said it agreed."""
        return [(name, each) for name, one in self.sessions.items() for each in _quotable(one)]

    @cached_property
    def stories(self) -> list[tuple[str, Story]]:
        """Stories of change that may be told; those chosen as most significant first."""
        told = [
            (name, each)
            for name, one in self.sessions.items()
            if one.record and one.record.consent.quotes != "none" and one.record.consent.notice != "none"
            for each in one.record.stories
            if each.consent != "none"
        ]
        return sorted(told, key=lambda item: (item[1].chosen is None, item[1].told))

    @cached_property
    def absent(self) -> list[tuple[str, dict[str, str]]]:
        """Who could not come, in words, by session."""
        return [(name, each.text) for name, one in self.sessions.items() if one.record for each in one.record.absent]

    @cached_property
    def barriers(self) -> list[tuple[str, int]]:
        """Why people could not come, by the number of sessions that said so."""
        named: Counter[str] = Counter()
        for one in self.sessions.values():
            named.update(one.record.barriers if one.record else ())
        return named.most_common()

    @cached_property
    def cost(self) -> tuple[float, str, int] | None:
        """Cost per person, its currency, over how many sessions; None where nobody knows or currencies are mixed."""
        known = [one.record for one in self.sessions.values() if one.record and one.record.costs]
        currencies = {record.costs.currency for record in known if record.costs}
        if len(currencies) != 1:
            return None
        total = sum(record.costs.total for record in known if record.costs)
        return total / sum(record.attendance.total for record in known), currencies.pop(), len(known)


def parts_of(people: Participants) -> dict[str, int]:
    """How many of those who came belong to each group that was counted; none if a part or what it leaves shows who."""
    counted = {name: part for name in (*GENDERS, *OTHERS) if (part := getattr(people, name)) is not None}
    left = people.total - sum(counted.get(name, 0) for name in GENDERS)
    rests = [people.total - part for part in counted.values()]
    if {"women", "men"} <= set(counted):
        rests.append(left)
    return {} if any(0 < number < FEW for number in (people.total, *counted.values(), *rests)) else counted


def _came(one: Session) -> int:
    return one.record.attendance.total if one.record else 0


def _quotable(one: Session) -> list[Said]:
    if not one.record or "none" in (one.record.consent.quotes, one.record.consent.notice):
        return []
    return [each for each in one.record.said if each.consent != "none"]


def _due(one: Session, today: date) -> bool:
    return one.date + timedelta(days=KEPT_AFTER) <= today


def _tally(rows: list[tuple[str, Row]]) -> Tally:
    columns = max(len(row.counts) for _, row in rows)
    counts = tuple(sum(row.counts[i] for _, row in rows if i < len(row.counts)) for i in range(columns))
    return Tally(
        n=sum(row.total for _, row in rows),
        counts=counts,
        sum=sum(row.sum or 0 for _, row in rows),
        sessions=len({name for name, _ in rows}),
    )


def shown(library: Library) -> dict[str, Session]:
    """The sessions that readers see, oldest first: the real ones; the invented ones only while there is no other."""
    ordered = sorted(library.sessions.items(), key=lambda item: (item[1].date, item[1].start, item[0]))
    real = any(not one.illustrative for _, one in ordered)
    return {name: one for name, one in ordered if not (real and one.illustrative)}


def held(library: Library) -> dict[str, Session]:
    """Those of the shown sessions that are recorded."""
    return {name: one for name, one in shown(library).items() if one.record}


# Says for a session and one of its modules what they count for.
Keys = Callable[[Session, str], Iterable[str]]


def grouped(library: Library, keys: Keys) -> dict[str, Summary]:
    """Summaries by key, in the order in which the keys first come up."""
    sessions: dict[str, dict[str, Session]] = {}
    rows: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for name, one in held(library).items():
        of_module = {module: list(keys(one, module)) for module in one.modules}
        for each in of_module.values():
            for key in each:
                sessions.setdefault(key, {})[name] = one
        for row in library.results.get(name, ()):
            for key in of_module.get(row.module, ()):
                rows[key].append((name, row))
    return {key: Summary(library.questions, found, tuple(rows[key])) for key, found in sessions.items()}


def whole(library: Library) -> Summary:
    """All recorded sessions together."""
    return grouped(library, lambda one, module: ("",)).get("", Summary(library.questions, {}, ()))


def by_module(library: Library) -> dict[str, Summary]:
    return grouped(library, lambda one, module: (module,))


def by_theme(library: Library) -> dict[str, Summary]:
    """By the first theme of each module, so that no answer counts twice."""
    return grouped(library, lambda one, module: _theme(library, module))


def by_sector(library: Library) -> dict[str, Summary]:
    """By the sectors of the organisations that came; a session of two sectors counts for both."""
    return grouped(library, lambda one, module: sectors(library, one))


def by_quarter(library: Library) -> dict[str, Summary]:
    return grouped(library, lambda one, module: (quarter(one.date),))


def quarter(day: date) -> str:
    """The quarter of a day: 2026-3 is July to September."""
    return f"{day.year}-{(day.month + 2) // 3}"


def quarter_end(key: str, today: date) -> date:
    """The day up to which a quarter counts: its last, or today while it lasts."""
    year, number = (int(part) for part in key.split("-"))
    following = date(year + (number == 4), number % 4 * 3 + 1, 1)
    return min(today, following - timedelta(days=1))


def sectors(library: Library, one: Session) -> list[str]:
    """The sectors of the organisations of a session, in the order of data/sectors.yml."""
    found = {
        sector
        for name in one.organisations
        if name in library.organisations
        for sector in library.organisations[name].sectors
    }
    return [sector for sector in library.sectors if sector in found]


def _theme(library: Library, module: str) -> tuple[str, ...]:
    found = library.modules.get(module)
    return (found.meta.themes[0],) if found else ()


@dataclass(frozen=True)
class Progress:
    """How far an outcome is: `reached` is counted as its target is, None without data; `n` is what it rests on."""

    outcome: Outcome
    reached: float | None
    n: int

    @property
    def met(self) -> bool:
        return self.reached is not None and self.reached >= self.outcome.target


def progress(library: Library, year: int, until: date) -> list[Progress]:
    """The outcomes of a year, measured over its sessions up to a day, in the order of data/outcomes.yml.

    What became of their agreements is what is known today.
    """

    def keys(one: Session, module: str) -> tuple[str, ...]:
        return _theme(library, module) if one.date.year == year and one.date <= until else ()

    sums = grouped(library, keys)
    empty = Summary(library.questions, {}, ())
    return [
        _measured(outcome, sums.get(outcome.theme, empty), library.today)
        for outcome in library.outcomes.values()
        if outcome.year == year
    ]


def _measured(outcome: Outcome, found: Summary, today: date) -> Progress:
    count = len(found.sessions)
    if outcome.measure == "share":
        tally = found.measures.get(outcome.question or "", {}).get("after")
        top = tally.top if tally else None
        return Progress(outcome, None if top is None else top * 100, tally.n if tally else 0)
    if outcome.measure == "kept":
        kept = found.kept(today)
        return Progress(outcome, None if kept.share is None else kept.share * 100, kept.asked)
    reached = {"sessions": count, "people": found.people, "organisations": len(found.organisations)}[outcome.measure]
    return Progress(outcome, reached if count else None, count)
