"""Coverage: what workers asked for against what live modules give, theme by sector, and what to write next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curriculum.library import Library, Module
from curriculum.model import Sector, Theme
from curriculum.needs import Round, current, first

# A cell counts as covered in full from a standard session's length; less counts in proportion. From the platform's
# norms for sessions (module design, session plan norms): 120 minutes is the standard session.
STANDARD = 120

Kind = Literal["no-module", "no-module-top", "sector-top", "thin", "no-starter", "no-tactical", "unprioritised"]
# Nothing at all comes before too little, and too little before a missing depth, whatever the weight.
TIERS: dict[Kind, int] = {
    "no-module": 0,
    "no-module-top": 0,
    "sector-top": 0,
    "thin": 1,
    "no-starter": 2,
    "no-tactical": 2,
    "unprioritised": 3,
}


@dataclass(frozen=True)
class Cell:
    """A theme for a sector: the share of the sector's dots it got (None without votes), and what live modules give."""

    theme: str
    sector: str
    asked: float | None
    minutes: int
    modules: tuple[str, ...]

    @property
    def covered(self) -> float:
        """0 to 1: minutes of live modules against a standard session."""
        return min(1.0, self.minutes / STANDARD)

    @property
    def missing(self) -> float:
        """The share of the sector's dots that no minute answers."""
        return (self.asked or 0.0) * (1 - self.covered)


@dataclass(frozen=True)
class Gap:
    """Something missing. `weight` is the part of the platform's demand that waits for it, 0 to 1."""

    kind: Kind
    theme: str
    sectors: tuple[str, ...]  # those it is missing for, where not for all alike
    weight: float
    module: str = ""


@dataclass(frozen=True)
class Coverage:
    """The matrix and its gaps, the most missing first. `places` are ranks; a theme without one is no priority."""

    themes: tuple[Theme, ...]
    places: dict[str, int]
    sectors: tuple[Sector, ...]
    cells: dict[tuple[str, str], Cell]
    gaps: tuple[Gap, ...]
    illustrative: bool  # the demand or the ranks are invented

    def by_sector(self, sector: str) -> float | None:
        """The share of the sector's dots for prioritised themes that live modules answer; None without votes."""
        cells = [self.cells[theme.id, sector] for theme in self.themes]
        asked = sum(cell.asked or 0.0 for cell in cells)
        return sum((cell.asked or 0.0) * cell.covered for cell in cells) / asked if asked else None

    @property
    def whole(self) -> float | None:
        """The mean of the sectors that voted: each sector counts the same, as in the ranking."""
        known = [share for sector in self.sectors if (share := self.by_sector(sector.id)) is not None]
        return sum(known) / len(known) if known else None


def coverage(library: Library) -> Coverage:
    """Every prioritised theme, and any other that a live module still carries, against every sector."""
    held = current(library)
    places = _places(library, held)
    carried = {theme for module in library.live for theme in module.meta.themes}
    themes = [library.themes[name] for name in places]
    themes += [theme for theme in library.themes.values() if theme.id not in places and theme.id in carried]
    sectors = list(library.sectors.values())
    cells = {}
    for theme in themes:
        for sector in sectors:
            modules = [module for module in library.live if serves(module, theme.id, sector.id)]
            own = held.by_sector.get(sector.id) if held else None
            cells[theme.id, sector.id] = Cell(
                theme=theme.id,
                sector=sector.id,
                asked=None if own is None else own.get(theme.id, 0.0),
                minutes=sum(module.meta.minutes for module in modules),
                modules=tuple(module.id for module in modules),
            )
    gaps = _gaps(library, held, themes, places, sectors, cells)
    invented = held.illustrative if held else any(theme.decision and theme.decision.illustrative for theme in themes)
    return Coverage(tuple(themes), places, tuple(sectors), cells, tuple(gaps), invented)


def _places(library: Library, held: Round | None) -> dict[str, int]:
    """The rank of each prioritised theme, in that order.

    Where people were really consulted, an invented decision does not count; until a real one is made, what the
    consultations propose stands in its place.
    """
    real = held is not None and not held.illustrative
    decided = [theme for theme in library.prioritised if not (real and theme.decision and theme.decision.illustrative)]
    if decided or held is None:
        return {theme.id: theme.rank for theme in decided if theme.rank}
    return {name: place for place, name in enumerate(held.proposal, 1) if name in library.themes}


def serves(module: Module, theme: str, sector: str) -> bool:
    """Whether a module is on a theme and for a sector."""
    return theme in module.meta.themes and (sector in module.meta.sectors or "all" in module.meta.sectors)


def _gaps(
    library: Library,
    held: Round | None,
    themes: list[Theme],
    places: dict[str, int],
    sectors: list[Sector],
    cells: dict[tuple[str, str], Cell],
) -> list[Gap]:
    found = []
    voted = [sector for sector in sectors if held and sector.id in held.by_sector]
    part = 1 / len(voted) if voted else 0.0
    for theme in themes:
        on = [module for module in library.live if theme.id in module.meta.themes]
        wanted = held.platform.get(theme.id, 0.0) if held else 0.0
        tops = {one.id for one in voted if held and theme.id in first(held.by_sector[one.id], 1)}
        if theme.id not in places:
            found += [Gap("unprioritised", theme.id, (), 0.0, one.id) for one in on if one.meta.themes[0] == theme.id]
            continue
        if not on:
            found.append(Gap("no-module-top" if tops else "no-module", theme.id, tuple(sorted(tops)), wanted))
            continue
        short = [cell for sector in voted if (cell := cells[theme.id, sector.id]).missing > 0]
        lost = [cell for cell in short if cell.sector in tops and not cell.minutes]
        found += [Gap("sector-top", theme.id, (cell.sector,), cell.missing * part) for cell in lost]
        thin = [cell for cell in short if cell not in lost]
        if thin:
            weight = sum(cell.missing for cell in thin) * part
            found.append(Gap("thin", theme.id, tuple(cell.sector for cell in thin), weight))
        depths = {module.meta.depth for module in on}
        # A missing depth weighs as the whole theme halved: there is something, but one cannot begin or cannot act.
        if "starter" not in depths:
            found.append(Gap("no-starter", theme.id, (), wanted / 2))
        if "tactical" not in depths:
            found.append(Gap("no-tactical", theme.id, (), wanted / 2))
    order = {theme.id: place for place, theme in enumerate(themes)}
    return sorted(found, key=lambda gap: (TIERS[gap.kind], -round(gap.weight, 9), order[gap.theme], gap.sectors))
