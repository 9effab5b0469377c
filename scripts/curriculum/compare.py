"""What changes for readers between two states of the curriculum: modules, papers, translations, coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from curriculum.coverage import coverage
from curriculum.library import Library, Module
from curriculum.translation import every_section
from curriculum.words import Words

# (module, language, kind): what names a paper; the platform's own have no module.
Paper = tuple[str, str, str]


@dataclass(frozen=True)
class Comparison:
    """`papers` holds those that are new, changed or gone; `behind` the sections in which a translation now lags."""

    added: tuple[Module, ...]
    gone: tuple[Module, ...]
    papers: tuple[Paper, ...]
    behind: tuple[tuple[str, str, str], ...]  # text, section, language whose readers hold the older one
    caught_up: int
    coverage: tuple[tuple[str, int, int], ...]  # theme, minutes before and after, summed over sectors


def compare(before: Library, after: Library, old: Mapping[Paper, str], new: Mapping[Paper, str]) -> Comparison:
    """`old` and `new` are the fingerprints of the papers of both."""
    live = {module.id: module for module in before.live}
    now = {module.id: module for module in after.live}
    lagging, lags = _behind(before), _behind(after)
    minutes, gives = _minutes(before), _minutes(after)
    return Comparison(
        added=tuple(module for name, module in now.items() if name not in live),
        gone=tuple(module for name, module in live.items() if name not in now),
        papers=tuple(sorted(paper for paper in {*old, *new} if old.get(paper) != new.get(paper))),
        behind=tuple(sorted(lags - lagging)),
        caught_up=len(lagging - lags),
        coverage=tuple(
            (theme, minutes.get(theme, 0), gives.get(theme, 0))
            for theme in gives
            if gives[theme] != minutes.get(theme, 0)
        ),
    )


def _behind(library: Library) -> set[tuple[str, str, str]]:
    return {(one.unit.label, one.title, lang) for one in every_section(library) for lang in one.behind}


def _minutes(library: Library) -> dict[str, int]:
    """The minutes of live modules for each theme, added over the sectors they are for."""
    found: dict[str, int] = {}
    for (theme, _), cell in coverage(library).cells.items():
        found[theme] = found.get(theme, 0) + cell.minutes
    return found


def as_list(found: Comparison, library: Library, w: Words) -> Iterator[str]:
    """The comparison as lines of a Markdown list in one language."""
    if found == Comparison((), (), (), (), 0, ()):
        yield w("compare.nothing")
        return
    for key, modules in (("compare.added", found.added), ("compare.gone", found.gone)):
        for module in modules:
            yield f"- {w(key, title=_title(module, w.lang))}"
    if found.papers:
        names = [
            f"{_label(library, module) or w('compare.platform')} · {w(f'site.download.{kind}')} · {lang}"
            for module, lang, kind in found.papers
        ]
        yield f"- {w('compare.papers', n=len(names))}"
        yield from (f"  - {name}" for name in names[:20])
        if len(names) > 20:
            yield f"  - {w('compare.more', n=len(names) - 20)}"
    for text, section, lang in found.behind[:20]:
        name = next((one.name for one in library.platform.languages if one.code == lang), lang)
        yield f"- {w('compare.behind', text=text, section=section, language=name)}"
    if len(found.behind) > 20:
        yield f"- {w('compare.more', n=len(found.behind) - 20)}"
    if found.caught_up:
        yield f"- {w('compare.caught-up', n=found.caught_up)}"
    for theme, before, after in found.coverage:
        title = library.themes[theme].title[w.lang] if theme in library.themes else theme
        key = "compare.coverage-up" if after > before else "compare.coverage-down"
        yield f"- {w(key, theme=title, before=before, after=after)}"


def _title(module: Module, lang: str) -> str:
    page = module.pages.get(lang) or next(iter(module.pages.values()), None)
    return page.front.title if page else module.id


def _label(library: Library, name: str) -> str:
    module = library.modules.get(name)
    return f"M{module.meta.number}" if module and module.meta.number else name
