"""Every page of the site in a language. Where a text is missing, its page shows it in a language that has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from curriculum.evaluation import by_module, by_quarter, by_theme, held
from curriculum.library import Library
from curriculum.site.briefs import brief_page, briefs_page
from curriculum.site.coverage import coverage_page
from curriculum.site.desk import Desk, desk
from curriculum.site.download import Download
from curriculum.site.facilitator import facilitator, retired
from curriculum.site.links import doc_place, retired_modules
from curriculum.site.offline import offline_page
from curriculum.site.page import Page
from curriculum.site.participants import participants
from curriculum.site.planner import plan_page
from curriculum.site.reference import glossary_page, icebreakers_page, paths_page, print_page
from curriculum.site.results import module_results, quarter_page, results_page, theme_results
from curriculum.site.search import search_page
from curriculum.site.sessions import session_page, sessions_page
from curriculum.site.theme import theme_page
from curriculum.site.translations import translations_page
from curriculum.site.why import why_page
from curriculum.site.written import explained, written
from curriculum.words import words

# Pages that a file of docs/ with their name replaces.
MADE = {
    "plan": plan_page,
    "print": print_page,
    "paths": paths_page,
    "icebreakers": icebreakers_page,
    "glossary": glossary_page,
    "why": why_page,
    "coverage": coverage_page,
    "search": search_page,
    "translations": translations_page,
    "sessions": sessions_page,
    "results": results_page,
    "briefs": briefs_page,
    "offline": offline_page,
}
# Pages made for each of several things, by the beginning of their place.
EACH: dict[str, Callable[[Desk, str, str], Page]] = {
    "sessions": session_page,
    "results/modules": module_results,
    "results/themes": theme_results,
    "learnt": quarter_page,
    "briefs": brief_page,
}


def pages(library: Library, lang: str, downloads: Sequence[Download] = ()) -> Iterator[Page]:
    """Those for readers of a language, the same places in the same order in each."""
    table = desk(library, places(library), downloads)
    for place in table.places:
        yield _write(table, place, lang)


def places(library: Library) -> dict[str, tuple[str, ...]]:
    """Every place of the site, with the languages in which it has a text of its own; the default first."""
    every = tuple(library.languages)
    found = {"": every, "modules/": every, "themes/": every} | {f"{name}/": every for name in MADE}
    for name in ("paths", "icebreakers", "glossary"):
        if not getattr(library, name):
            del found[f"{name}/"]
    if explained(words(every[0])):
        found["rules/"] = every
    for name, docs in library.docs.items():
        found[doc_place(name)] = tuple(lang for lang in every if lang in docs)
    found |= {f"themes/{theme}/": every for theme in library.themes}
    for module in [*library.live, *retired_modules(library)]:
        if own := tuple(lang for lang in every if lang in module.pages):
            found[f"modules/{module.id}/"] = own
            if module.meta.status != "retired":
                found[f"modules/{module.id}/participants/"] = own
    for name in held(library):
        found[f"sessions/{name}/"] = every
    seen = {module.id for module in library.live}
    found |= {f"results/modules/{name}/": every for name in by_module(library) if name in seen}
    found |= {f"results/themes/{name}/": every for name in by_theme(library) if name in library.themes}
    found |= {f"learnt/{key}/": every for key in by_quarter(library)}
    return found


def _write(table: Desk, place: str, lang: str) -> Page:
    kind, _, name = place.rstrip("/").partition("/")
    above, _, last = place.rstrip("/").rpartition("/")
    if above in EACH:
        return EACH[above](table, last, lang)
    if kind == "themes" and name:
        return theme_page(table, table.library.themes[name], lang)
    if kind == "modules" and name:
        name, _, below = name.partition("/")
        if edition := table.read_in(lang).get(name):
            return participants(table, edition) if below else facilitator(table, edition)
        return retired(table, table.library.modules[name], lang)
    if kind in MADE and kind not in table.library.docs:
        return MADE[kind](table, lang)
    return written(table, place, lang)
