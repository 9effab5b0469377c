"""The chain as one picture: consultations and what was said → themes → modules → sessions → results → changes → briefs.

From any point of it one walks back to what it rests on, and on to what came of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from curriculum.evaluation import held
from curriculum.heard import allowed, evidence_of
from curriculum.library import Library
from curriculum.markdown import cited
from curriculum.needs import current
from curriculum.refine import refined
from curriculum.tally import module_name
from curriculum.words import Words

# The links of the chain in order. Facts stand beside the consultations: modules and briefs rest on both.
STAGES = ("consultation", "quote", "fact", "theme", "module", "session", "result", "change", "brief")


@dataclass(frozen=True, order=True)
class Point:
    """A point of the chain: its stage and its id there."""

    stage: str
    id: str


@dataclass(frozen=True)
class Chain:
    """Every point, and which leads to which, from what was said to what is recommended."""

    points: dict[str, list[Point]]  # by id; a session and its results share one
    onward: dict[Point, tuple[Point, ...]]

    @cached_property
    def back(self) -> dict[Point, tuple[Point, ...]]:
        found: dict[Point, list[Point]] = defaultdict(list)
        for point, others in self.onward.items():
            for other in others:
                found[other].append(point)
        return {point: tuple(others) for point, others in found.items()}

    def around(self, point: Point) -> dict[str, list[Point]]:
        """By stage, in the chain's order, everything that a point rests on and everything that came of it."""
        found = {point} | self._reach(point, self.back) | self._reach(point, self.onward)
        return {stage: sorted(one for one in found if one.stage == stage) for stage in STAGES}

    @staticmethod
    def _reach(point: Point, ways: dict[Point, tuple[Point, ...]]) -> set[Point]:
        found: set[Point] = set()
        waiting = [point]
        while waiting:
            for other in ways.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found


def chain(library: Library) -> Chain:
    """The chain of what readers see: one round of consultations, live modules, sessions that were held, briefs."""
    onward: dict[Point, dict[Point, None]] = {}

    def link(start: Point, *others: Point) -> None:
        ways = onward.setdefault(start, {})
        for other in others:
            ways[other] = None
            onward.setdefault(other, {})

    for theme in library.themes:
        link(Point("theme", theme))
    _consultations(library, link)
    live = {module.id: module for module in library.live}
    for name, module in live.items():
        point = Point("module", name)
        for theme in module.meta.themes:
            if theme in library.themes:
                link(Point("theme", theme), point)
        for text in module.pages.values():
            for fact in cited(text.document.body):
                if fact in library.facts:
                    link(Point("fact", fact), point)
        for change, sessions in refined(library, module):
            for session in sessions:
                link(Point("result", session), Point("change", f"{name}@{change.version}"))
    for name, one in held(library).items():
        for each in one.modules:
            if each in live:
                link(Point("module", each), Point("session", name))
        link(Point("session", name), Point("result", name))
    for name, brief in library.briefs.items():
        pages = library.docs.get(f"briefs/{name}", {})
        if not pages:
            continue
        point = Point("brief", name)
        link(point)
        for theme in brief.themes:
            if theme in library.themes:
                link(Point("theme", theme), point)
        for each in brief.modules:
            if each in live:
                link(Point("module", each), point)
        for session, one in held(library).items():
            if set(one.modules) & set(brief.modules):
                link(Point("result", session), point)
        for each, (_, evidence) in zip(brief.evidence, evidence_of(library, brief), strict=True):
            if evidence and Point("quote", each) in onward:
                link(Point("quote", each), point)
        for page in pages.values():
            for fact in cited(page.document.body):
                if fact in library.facts:
                    link(Point("fact", fact), point)
    points: dict[str, list[Point]] = defaultdict(list)
    for point in onward:
        points[point.id].append(point)
    return Chain(dict(points), {point: tuple(others) for point, others in onward.items()})


def _consultations(library: Library, link: Callable[..., None]) -> None:
    shown = current(library)
    for name, one in library.consultations.items():
        if shown is None or one not in shown.consultations:
            continue
        point = Point("consultation", name)
        link(point)
        themes = [line.theme for line in one.dots if line.theme and line.dots] + [each.theme for each in one.evidence]
        for theme in themes:
            if theme in library.themes:
                link(point, Point("theme", theme))
        for number, evidence in enumerate(one.evidence, 1):
            if allowed(one, evidence) and evidence.theme in library.themes:
                quote = Point("quote", f"{name}#{number}")
                link(point, quote)
                link(quote, Point("theme", evidence.theme))


def point_name(library: Library, point: Point, w: Words) -> str:
    """What a point is called in the reader's language."""
    if point.stage == "quote":
        consultation, _, number = point.id.partition("#")
        text = library.consultations[consultation].evidence[int(number) - 1].text
        return w("trace.quote", text=text.get(w.lang, next(iter(text.values()))))
    if point.stage == "fact":
        return library.facts[point.id].text[w.lang]
    if point.stage == "consultation":
        return w("trace.consultation", day=w.date(library.consultations[point.id].date))
    if point.stage == "theme":
        return library.themes[point.id].title[w.lang]
    if point.stage == "module":
        return module_name(library, point.id, w)
    if point.stage in ("session", "result"):
        return w(f"trace.{point.stage}", day=w.date(library.sessions[point.id].date))
    if point.stage == "change":
        module, _, version = point.id.partition("@")
        return w("trace.change", module=module_name(library, module, w), version=version)
    pages = library.docs[f"briefs/{point.id}"]
    return pages[w.lang if w.lang in pages else next(iter(pages))].front.title


def point_place(point: Point) -> str:
    """The place on the site at which a point is read, "" for none; an anchor may follow it."""
    if point.stage == "change":
        return f"modules/{point.id.partition('@')[0]}/#m-refined"
    places = {
        "consultation": "why/#m-consultations",
        "theme": f"themes/{point.id}/",
        "module": f"modules/{point.id}/",
        "session": f"sessions/{point.id}/",
        "result": f"sessions/{point.id}/#m-results",
        "brief": f"briefs/{point.id}/",
    }
    return places.get(point.stage, "")
