"""The chain on a page: from here, what it rests on and what came of it, each a link."""

from __future__ import annotations

from curriculum.site.draft import Draft
from curriculum.trace import Point, point_name, point_place

SHOWN = 5  # points of a stage that a page names; the others are counted
# Quotes and facts stand on the pages of their themes and modules.
STAGES = ("consultation", "theme", "module", "session", "change", "brief")


def add_chain(draft: Draft, stage: str, name: str) -> None:
    """The chain around a point; nothing where the point is not in it."""
    desk, w, here = draft.desk, draft.w, Point(stage, name)
    if here not in desk.chain.onward:
        return
    around = desk.chain.around(here)
    columns = []
    for each in STAGES:
        points = around[each]
        # The newest is what a reader wants of sessions and consultations, whose ids begin with their day.
        some = points[-SHOWN:][::-1] if each in ("consultation", "session") else points[:SHOWN]
        links = [(_place(draft, one), point_name(desk.library, one, w), one == here) for one in some]
        columns.append((w(f"trace.stage.{each}"), links, len(points) - len(some)))
    draft.head("site.chain", "chain")
    draft.add(draft.part("chain", columns=columns))


def _place(draft: Draft, point: Point) -> str:
    place = point_place(point)
    return place if place.partition("#")[0] in draft.desk.places else ""
