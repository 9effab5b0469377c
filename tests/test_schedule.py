"""A session by the clock: in order, past midnight, on the nights on which the clocks change."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from curriculum.library import Library, load
from curriculum.schedule import Schedule, pauses, schedule
from curriculum.session import Break, Session
from tests.conftest import TODAY


def planned(start: str, day: str = "2026-12-06", modules: list[str] | None = None, breaks: int = 0) -> Session:
    modules = modules or ["uno"]
    return Session(
        date=date.fromisoformat(day),
        start=time.fromisoformat(start),
        place="premises",
        organisations=["ejemplo-hogar"],
        modules=modules,
        people=18,
        breaks=[Break(after=modules[0], minutes=breaks)] if breaks else [],
    )


@pytest.fixture
def library(small: Path) -> Library:
    return load(small, TODAY)


def in_zone(small: Path, zone: str) -> Library:
    platform = small / "data" / "platform.yml"
    platform.write_text(f"{platform.read_text('utf-8')}timezone: {zone}\n", "utf-8")
    return load(small, TODAY)


def clocks(found: Schedule) -> list[str]:
    return [f"{entry.start:%H:%M}–{entry.end:%H:%M} {entry.step or entry.kind}" for entry in found.entries]


def test_steps_follow_one_another(library: Library) -> None:
    found = schedule(library, planned("10:00", modules=["uno", "solo-es"], breaks=15))
    assert clocks(found)[:4] == [
        "10:00–10:10 apertura",
        "10:10–10:15 descanso",
        "10:15–11:15 practica",
        "11:15–11:30 break",
    ]
    assert found.minutes == 75 + 15 + library.modules["solo-es"].meta.minutes
    assert [entry.step for entry in found.of("uno")] == ["apertura", "descanso", "practica"]


def test_no_pause_after_the_last_module(library: Library) -> None:
    assert clocks(schedule(library, planned("10:00", breaks=15)))[-1] == "10:15–11:15 practica"


def test_past_midnight(library: Library) -> None:
    found = schedule(library, planned("23:30"))
    assert clocks(found) == ["23:30–23:40 apertura", "23:40–23:45 descanso", "23:45–00:45 practica"]
    assert found.end.date() == date(2026, 12, 7)


def test_clocks_that_leap_forward(small: Path) -> None:
    found = schedule(in_zone(small, "Europe/Madrid"), planned("01:30", "2026-03-29"))
    assert clocks(found) == ["01:30–01:40 apertura", "01:40–01:45 descanso", "01:45–03:45 practica"]
    assert found.minutes == 75


def test_clocks_that_fall_back(small: Path) -> None:
    found = schedule(in_zone(small, "Europe/Madrid"), planned("02:30", "2026-10-25"))
    assert clocks(found) == ["02:30–02:40 apertura", "02:40–02:45 descanso", "02:45–02:45 practica"]
    assert found.end.timestamp() - found.start.timestamp() == 75 * 60


def test_a_pause_where_people_would_sit_for_too_long(small: Path) -> None:
    meta = small / "modules" / "solo-es" / "module.yml"
    text = meta.read_text("utf-8")
    assert pauses(load(small, TODAY), ["uno", "solo-es"]) == []
    # An hour of the first module since its own pause, and one minute more than another.
    meta.write_text(text.replace("minutes: 30", "minutes: 61"), "utf-8")
    library = load(small, TODAY)
    assert pauses(library, ["uno", "solo-es"]) == [Break(after="uno", minutes=15)]
    # The second module pauses by itself after ten minutes.
    assert pauses(library, ["solo-es", "uno"]) == []
