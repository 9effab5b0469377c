"""The desk at which pages are written: the editions, the PDFs, what was asked for and every place of the site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from curriculum.coverage import Coverage, coverage
from curriculum.edition import Edition, editions
from curriculum.evaluation import Summary, by_module, by_quarter, by_theme, held
from curriculum.library import Library
from curriculum.model import Decision, Theme
from curriculum.needs import Round, current
from curriculum.session import Session
from curriculum.site.download import Download
from curriculum.site.links import site_route
from curriculum.site.parts import Part, environment, parts_of
from curriculum.trace import Chain, chain


@dataclass(frozen=True)
class Desk:
    """`places` gives every place of the site with the languages in which it has a text of its own."""

    library: Library
    downloads: dict[tuple[str, str], list[Download]]  # by module and language of the paper
    places: dict[str, tuple[str, ...]]
    parts: Callable[[str, str], Part]  # those of a page, by reader's language and place
    editions: dict[str, dict[str, Edition]] = field(default_factory=dict)  # of the languages asked for so far

    def read_in(self, lang: str) -> dict[str, Edition]:
        """The editions for readers of a language by module, in the modules' order."""
        if lang not in self.editions:
            made = editions(self.library, lang, site_route(self.library))
            self.editions[lang] = {one.module.id: one for one in made}
        return self.editions[lang]

    @cached_property
    def led_to(self) -> dict[str, list[str]]:
        """By module, those that require or follow it, in their order."""
        found: dict[str, list[str]] = {}
        for module in self.library.live:
            for name in {*module.meta.requires, *module.meta.follows}:
                found.setdefault(name, []).append(module.id)
        return found

    @cached_property
    def held(self) -> Round | None:
        """The round of consultations that readers see."""
        return current(self.library)

    @cached_property
    def covered(self) -> Coverage:
        return coverage(self.library)

    @cached_property
    def taught(self) -> dict[str, Session]:
        """The recorded sessions that readers see, oldest first."""
        return held(self.library)

    @cached_property
    def by_module(self) -> dict[str, Summary]:
        return by_module(self.library)

    @cached_property
    def by_theme(self) -> dict[str, Summary]:
        return by_theme(self.library)

    @cached_property
    def by_quarter(self) -> dict[str, Summary]:
        return by_quarter(self.library)

    @cached_property
    def chain(self) -> Chain:
        """From consultations to briefs."""
        return chain(self.library)

    def decisions(self, theme: Theme) -> list[Decision]:
        """Those about a theme, newest first; invented ones only as long as no real round is held."""
        real = self.held is not None and not self.held.illustrative
        shown = [decision for decision in theme.decisions if not (real and decision.illustrative)]
        return sorted(shown, key=lambda decision: decision.date, reverse=True)

    def decision(self, theme: Theme) -> Decision | None:
        """The newest that readers see."""
        return next(iter(self.decisions(theme)), None)

    def rank(self, theme: Theme) -> int | None:
        decision = self.decision(theme)
        return decision.rank if decision else None

    @property
    def themes(self) -> list[Theme]:
        """In order of priority; those without a rank come last."""
        return sorted(self.library.themes.values(), key=lambda theme: (self.rank(theme) or 1000, theme.id))

    @cached_property
    def changed(self) -> date | None:
        """The day of the newest change of a module or decision about a theme."""
        days = [module.meta.changes[0].date for module in self.library.live]
        days += [decision.date for theme in self.library.themes.values() for decision in theme.decisions]
        return max(days, default=None)

    @cached_property
    def heard(self) -> date | None:
        """The day of the newest consultation, decision or change of a module."""
        days = [one.date for one in self.held.consultations] if self.held else []
        return max([*days, *([self.changed] if self.changed else [])], default=None)


def desk(library: Library, places: dict[str, tuple[str, ...]], downloads: Sequence[Download]) -> Desk:
    env = environment(library)
    shelf: dict[tuple[str, str], list[Download]] = {}
    for download in downloads:
        shelf.setdefault((download.module, download.lang), []).append(download)
    return Desk(
        library=library,
        downloads=shelf,
        places=places,
        parts=lambda lang, place: parts_of(env, library, lang, place),
    )
