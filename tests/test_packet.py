"""What a session of several modules needs, added up."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.library import load
from curriculum.packet import copies, packet, tables, thing_text, things
from curriculum.words import words
from tests.conftest import TODAY
from tests.test_schedule import planned


@pytest.mark.parametrize(("people", "expected"), [(1, 1), (6, 1), (7, 2), (18, 3), (60, 10)])
def test_tables(people: int, expected: int) -> None:
    assert tables(people) == expected


def test_materials_are_added_up_over_modules(small: Path) -> None:
    meta = small / "modules" / "solo-es" / "module.yml"
    more = "materials: [{id: marcadores, count: 1, per: person}, {id: hilo, count: 2}]\n"
    meta.write_text(meta.read_text("utf-8") + more, "utf-8")
    library = load(small, TODAY)
    found = things(library, ["uno", "solo-es"], 18)
    # 3 tables with 2 markers each and 18 people with one each; a ball of string and two more.
    assert [(one.id, one.count) for one in found] == [("marcadores", 24), ("hilo", 3)]
    assert [thing_text(library, one, words("en")) for one in found] == ["24 markers", "3 balls of string"]
    materials = small / "data" / "materials.yml"
    materials.write_text(materials.read_text("utf-8").replace('markers"}}', 'markers"}, lasting: true}'), "utf-8")
    assert [one.count for one in things(load(small, TODAY), ["uno", "solo-es"], 18)] == [18, 3]


def test_copies_to_make(small: Path) -> None:
    found = copies(load(small, TODAY), ["uno", "solo-es"], 18)
    assert [(one.module, one.handout, one.pages, one.count, one.sides) for one in found] == [
        ("uno", "hoja", 1, 18, 18),
        ("uno", "tarjetas", 2, 3, 6),
    ]


def test_a_session_of_one(small: Path) -> None:
    session = planned("10:00").model_copy(update={"people": 1})
    found = packet(load(small, TODAY), session)
    assert (found.tables, found.sides, [one.count for one in found.things]) == (1, 3, [2, 1])


@pytest.mark.parametrize(("pause", "expected"), [(5, False), (6, True), (29, True), (30, False)])
def test_more_than_four_hours_want_a_meal(small: Path, pause: int, expected: bool) -> None:
    """`uno` takes 75 minutes, and all but a pause of 5 minutes more than four hours."""
    meta = small / "modules" / "solo-es" / "module.yml"
    meta.write_text(meta.read_text("utf-8").replace("minutes: 30", "minutes: 160"), "utf-8")
    session = planned("10:00", modules=["uno", "solo-es"], breaks=pause)
    assert packet(load(small, TODAY), session).lacks_meal == expected
