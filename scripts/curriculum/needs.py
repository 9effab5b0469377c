"""From consultations to a ranking of themes: shares, never raw dots, averaged so that each voice counts alike.

The rule, from the platform's method (needs assessment, scoring rule 1-6): shares within a consultation; their mean to
the organisation; the organisations' mean to the sector; the sectors' mean to the platform. That every organisation and
then every sector weighs the same is a political choice; the other weightings show whether it decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean

from curriculum.consultation import Consultation
from curriculum.library import Library
from curriculum.model import Decision, Theme

Shares = dict[str, float]  # theme -> share of the dots, 0 to 1
OTHER = ""  # the name under which dots for something else are counted

TOP = 3  # breadth: among an organisation's first three
OWN = 2  # no sector is left without one of its own first two
SET = 8  # how many themes a priority set has at most, before the rule of sectors


@dataclass(frozen=True)
class Row:
    """A theme in the ranking. Shares and spreads are 0 to 1; `rank` counts from 1, equal scores share it."""

    theme: str
    rank: int
    score: float
    by_sector: Shares
    by_organisation: Shares
    breadth: int
    gap: float | None  # women's share minus men's; None where nobody voted by gender
    disagreement: float  # between the organisation that asks for it most and the one that does least
    quotes: int
    by_members: float | None
    by_dots: float


@dataclass(frozen=True)
class Round:
    """All consultations of a round; those without dots give evidence only."""

    name: str
    illustrative: bool
    consultations: tuple[Consultation, ...]
    sectors: Mapping[str, Collection[str]]  # organisation -> its sectors
    members: Mapping[str, int]  # organisation -> members, where known

    @cached_property
    def voted(self) -> list[Consultation]:
        return [one for one in self.consultations if one.votes]

    @cached_property
    def organisations(self) -> dict[str, Shares]:
        """Each organisation's shares: the mean of its consultations."""
        found: dict[str, list[Shares]] = defaultdict(list)
        for one in self.voted:
            found[one.organisation].append(shares({name: sum(votes) for name, votes in _votes(one).items()}))
        return {name: mean(several) for name, several in sorted(found.items())}

    @cached_property
    def by_sector(self) -> dict[str, Shares]:
        """Each sector's shares: the mean of its organisations."""
        found: dict[str, list[Shares]] = defaultdict(list)
        for organisation, own in self.organisations.items():
            for sector in self.sectors.get(organisation, ()):
                found[sector].append(own)
        return {name: mean(several) for name, several in sorted(found.items())}

    @cached_property
    def platform(self) -> Shares:
        """The platform's shares: the mean of its sectors."""
        return mean(list(self.by_sector.values()))

    @cached_property
    def ranking(self) -> list[Row]:
        """Every theme with dots or evidence, most wanted first; equal scores in the order of breadth, then of ids."""
        quotes: dict[str, int] = defaultdict(int)
        raised: set[str] = set()
        for one in self.consultations:
            for evidence in one.evidence:
                raised.add(evidence.theme)
                quotes[evidence.theme] += evidence.kind == "quote" and evidence.consent != "none"
        by_dots = shares(_sum(_votes(one) for one in self.voted))
        by_members = self._by_members()
        gaps = self._gaps()
        themes = {theme for own in self.organisations.values() for theme in own} | raised
        rows = []
        for theme in themes - {OTHER}:
            asked = {name: own.get(theme, 0.0) for name, own in self.organisations.items()}
            rows.append(
                Row(
                    theme=theme,
                    rank=0,
                    score=self.platform.get(theme, 0.0),
                    by_sector={name: own.get(theme, 0.0) for name, own in self.by_sector.items()},
                    by_organisation=asked,
                    breadth=sum(theme in first(own, TOP) for own in self.organisations.values()),
                    gap=gaps.get(theme) if gaps else None,
                    disagreement=max(asked.values(), default=0.0) - min(asked.values(), default=0.0),
                    quotes=quotes[theme],
                    by_members=by_members.get(theme, 0.0) if by_members else None,
                    by_dots=by_dots.get(theme, 0.0),
                )
            )
        rows.sort(key=lambda row: (-round(row.score, 9), -row.breadth, row.theme))
        scores = [round(row.score, 9) for row in rows]
        return [replace(row, rank=scores.index(score) + 1) for row, score in zip(rows, scores, strict=True)]

    def _by_members(self) -> Shares:
        """Shares with each organisation weighted by its members; empty where an organisation's are not known."""
        if not self.organisations or any(name not in self.members for name in self.organisations):
            return {}
        whole = sum(self.members[name] for name in self.organisations)
        found: Shares = defaultdict(float)
        for name, own in self.organisations.items():
            for theme, share in own.items():
                found[theme] += share * self.members[name] / whole
        return found

    def _gaps(self) -> Shares:
        """Women's share minus men's, averaged as the score is; from the consultations that voted by gender."""
        found: dict[str, list[Shares]] = defaultdict(list)
        for one in self.voted:
            lines = [line for line in one.dots if line.women is not None and line.men is not None]
            women = shares({line.theme or OTHER: line.women or 0 for line in lines})
            men = shares({line.theme or OTHER: line.men or 0 for line in lines})
            if women and men:
                names = {*women, *men}
                found[one.organisation].append({name: women.get(name, 0.0) - men.get(name, 0.0) for name in names})
        organisations = {name: mean(several) for name, several in found.items()}
        sectors: dict[str, list[Shares]] = defaultdict(list)
        for name, own in organisations.items():
            for sector in self.sectors.get(name, ()):
                sectors[sector].append(own)
        return mean([mean(several) for several in sectors.values()])

    @cached_property
    def proposal(self) -> list[str]:
        """The priority set that the consultations give: the first themes, and any that the rule of sectors owes."""
        ranked = [row.theme for row in self.ranking if row.score > 0]
        chosen = ranked[:SET]
        for own in self.by_sector.values():
            wanted = [theme for theme in ranked if theme in first(own, OWN)]
            if wanted and not set(wanted) & set(chosen):
                chosen.append(wanted[0])
        return [theme for theme in ranked if theme in chosen]

    @property
    def others(self) -> list[tuple[Consultation, dict[str, str], int]]:
        """What people named that is no theme, with its dots: (consultation, text by language, dots)."""
        return [(one, line.text, line.dots) for one in self.consultations for line in one.dots if line.theme is None]


def shares(dots: Mapping[str, int]) -> Shares:
    """Counts as parts of their sum; empty where there are none."""
    whole = sum(dots.values())
    return {name: count / whole for name, count in dots.items()} if whole else {}


def mean(several: Collection[Shares]) -> Shares:
    """The mean of each theme's shares; a theme that one does not name has share 0 there."""
    names = sorted({name for one in several for name in one})
    return {name: fmean(one.get(name, 0.0) for one in several) for name in names}


def first(own: Shares, count: int) -> set[str]:
    """The themes with fewer than `count` themes above them; equal shares are in or out together."""
    asked = {theme: share for theme, share in own.items() if share > 0 and theme != OTHER}
    return {theme for theme, share in asked.items() if sum(other > share for other in asked.values()) < count}


def _votes(one: Consultation) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for line in one.dots:
        found[line.theme or OTHER].append(line.dots)
    return found


def _sum(several: Iterable[Mapping[str, list[int]]]) -> dict[str, int]:
    whole: dict[str, int] = defaultdict(int)
    for one in several:
        for name, counts in one.items():
            whole[name] += sum(counts)
    return whole


def rounds(library: Library) -> dict[str, Round]:
    """Every round of consultations, oldest first."""
    found: dict[str, list[Consultation]] = defaultdict(list)
    for one in library.consultations.values():
        found[one.round].append(one)
    sectors = {name: organisation.sectors for name, organisation in library.organisations.items()}
    members = {name: one.members for name, one in library.organisations.items() if one.members}
    ordered = sorted(found.items(), key=lambda item: (max(one.date for one in item[1]), item[0]))
    return {
        name: Round(name, any(one.illustrative for one in several), tuple(several), sectors, members)
        for name, several in ordered
    }


def current(library: Library) -> Round | None:
    """The round that readers see: the newest real one; an invented one only as long as there is no real one."""
    every = list(rounds(library).values())
    real = [one for one in every if not one.illustrative]
    return (real or every)[-1] if every else None


@dataclass(frozen=True)
class Difference:
    """A theme decided otherwise than the ranking proposes. A rank is None where the theme is not in the set."""

    theme: Theme
    decision: Decision | None
    proposed: int | None
    decided: int | None

    @property
    def explained(self) -> bool:
        return bool(self.decision and self.decision.reason)


def decisions(library: Library, name: str) -> dict[str, Decision]:
    """The decisions of a round by theme."""
    return {
        theme.id: decision
        for theme in library.themes.values()
        for decision in theme.decisions
        if decision.round == name
    }


def differences(library: Library, one: Round) -> list[Difference]:
    """Where the decisions of a round are not what its consultations propose: added, dropped, or moved.

    When one theme moves up, those below it shift; only the fewest themes whose move explains the order are named.
    """
    made = decisions(library, one.name)
    if not made:
        return []
    proposed = {theme: place for place, theme in enumerate(one.proposal, 1)}
    decided = {theme: decision.rank for theme, decision in made.items() if decision.rank}
    order = sorted(decided, key=lambda theme: (decided[theme], proposed.get(theme, 0)))
    kept = _longest([proposed[theme] for theme in order if theme in proposed])
    found = []
    for theme in library.themes.values():
        place, rank = proposed.get(theme.id), decided.get(theme.id)
        moved = place is not None and rank is not None and place not in kept
        if moved or (place is None) != (rank is None):
            found.append(Difference(theme, made.get(theme.id), place, rank))
    return found


def _longest(numbers: list[int]) -> set[int]:
    """A longest rising subsequence; of several, the one that keeps the smallest numbers first."""

    def merit(way: list[int]) -> tuple[int, list[int]]:
        return len(way), [-number for number in way]

    best: list[list[int]] = []
    for number in numbers:
        before = sorted((way for way in best if way[-1] < number), key=merit)
        best.append([*(before[-1] if before else []), number])
    return set(sorted(best, key=merit)[-1]) if best else set()
