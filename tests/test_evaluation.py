"""Summaries of sessions: shares with their n, no data that is not 0, and never a group in which someone stands out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.checks.results import results_small
from curriculum.evaluation import FEW, Tally, by_module, by_quarter, by_sector, by_theme, held, progress, quarter, whole
from curriculum.library import load
from curriculum.refine import refined, requests, timings
from curriculum.results import GROUPS, Row
from tests.conftest import TODAY

HEAD = "module,question,moment,group,total,1,2,3,sum,guide\n"


def hold(root: Path, day: str, record: str = "", results: str = "", name: str = "hogar", **plan: str) -> str:
    """Write a recorded session of 17 people, with results; `record` is more of its record."""
    fields = {"organisations": "[ejemplo-hogar]", "modules": "[uno]", **plan}
    text = f'date: {day}\nstart: "10:00"\nplace: premises\npeople: 18\n'
    text += "".join(f"{field}: {value}\n" for field, value in fields.items())
    text += "record:\n  attendance: {total: 17}\n  consent: {notice: oral-recorded, quotes: anonymous}\n" + record
    for folder in ("sessions", "results"):
        (root / "data" / folder).mkdir(exist_ok=True)
    (root / "data" / "sessions" / f"{day}-{name}.yml").write_text(text, "utf-8")
    if results:
        (root / "data" / "results" / f"{day}-{name}.csv").write_text(HEAD + results, "utf-8")
    return f"{day}-{name}"


def test_shares_of_the_two_highest_levels_each_with_its_n(small: Path) -> None:
    hold(small, "2026-08-16", results="uno,E01,before,all,17,9,5,3,,\nuno,E01,after,all,16,1,6,9,,\n")
    hold(small, "2026-09-06", results="uno,E01,before,all,10,10,0,0,,\n")
    e01 = whole(load(small, TODAY)).measures["E01"]
    assert e01["before"] == Tally(27, (19, 5, 3), 0, 2)
    assert e01["before"].top == pytest.approx(8 / 27)
    assert (e01["after"].n, e01["after"].top, e01["after"].sessions) == (16, 15 / 16, 1)
    assert "later" not in e01


def test_no_data_is_not_nought(small: Path) -> None:
    hold(small, "2026-08-16", results="uno,E01,before,all,,,,,,\nuno,E01,after,all,4,1,1,2,,\n")
    found = whole(load(small, TODAY))
    assert found.measures == {}
    assert Tally(4, (1, 1, 2), 0, 1).top is None
    assert whole(load(small, date(2026, 11, 21))).cost is None
    assert found.kept(TODAY).share is None


def test_by_module_theme_sector_and_quarter(small: Path) -> None:
    hold(small, "2026-06-30", modules="[uno, solo-es]", results="uno,E01,after,all,10,0,5,5,,\n")
    hold(small, "2026-07-01", modules="[solo-es]", organisations="[equipo]")
    library = load(small, TODAY)
    assert {name: len(one.sessions) for name, one in by_module(library).items()} == {"uno": 1, "solo-es": 2}
    assert {name: len(one.sessions) for name, one in by_theme(library).items()} == {"salud": 2}
    assert {name: len(one.sessions) for name, one in by_sector(library).items()} == {"hogar": 1}
    assert {name: len(one.sessions) for name, one in by_quarter(library).items()} == {"2026-2": 1, "2026-3": 1}
    assert by_quarter(library)["2026-2"].measures["E01"]["after"].n == 10
    assert by_module(library)["solo-es"].measures == {}
    assert [quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026-1", "2026-1", "2026-2", "2026-4"]


def test_a_session_of_one_adds_nobody_that_can_be_told(small: Path) -> None:
    name = hold(small, "2026-08-16")
    file = small / "data" / "sessions" / f"{name}.yml"
    file.write_text(file.read_text("utf-8").replace("total: 17", "total: 1"), "utf-8")
    hold(small, "2026-09-06")
    found = whole(load(small, TODAY))
    assert (len(found.sessions), found.people) == (2, 17)


def test_invented_sessions_are_hidden_once_a_real_one_exists(small: Path) -> None:
    hold(small, "2026-08-16", illustrative="true")
    assert whole(load(small, TODAY)).illustrative
    real = hold(small, "2026-09-06")
    library = load(small, TODAY)
    assert list(held(library)) == [real]
    assert not whole(library).illustrative


def test_agreements_are_asked_about_after_eight_weeks(small: Path) -> None:
    made = "  agreements:\n" + "".join(
        f"    - {{by: board, due: 2026-10-30, {state}es: A, en: A}}\n"
        for state in ("kept: yes, asked: 2026-11-01, ", "kept: partly, asked: 2026-11-01, ", "")
    )
    hold(small, "2026-09-26", made)
    hold(small, "2026-09-27", made)
    kept = whole(load(small, TODAY)).kept(date(2026, 11, 21))
    assert (kept.yes, kept.partly, kept.no, kept.unasked) == (1, 1, 0, 1)
    assert kept.share == pytest.approx(1 / 2)


def test_costs_are_shared_by_all_who_came(small: Path) -> None:
    hold(small, "2026-08-16", "  costs: {currency: MXN, transport: 1700}\n")
    hold(small, "2026-09-06", "  costs: {currency: MXN, food: 3400}\n")
    assert whole(load(small, TODAY)).cost == (150.0, "MXN", 2)
    hold(small, "2026-09-13", "  costs: {currency: USD, food: 1}\n")
    assert whole(load(small, TODAY)).cost is None


def test_requests_are_open_until_taken_up_or_declined(small: Path) -> None:
    asked = """  requests:
    - {module: uno, step: practica, es: "Más tiempo.", en: "More time."}
    - {module: uno, declined: 2026-10-01, reason: {es: "No.", en: "No."}, es: "Un video.", en: "A video."}
"""
    first = hold(small, "2026-08-16", asked)
    hold(small, "2026-09-06", asked)
    meta = small / "modules" / "uno" / "module.yml"
    meta.write_text(
        meta.read_text("utf-8").replace('en: "More time"}', f'en: "More time", after: [{first}]}}'), "utf-8"
    )
    library = load(small, TODAY)
    assert [one.state for one in requests(library, "uno")] == ["taken-up", "declined", "open", "declined"]
    assert requests(library, "solo-es") == []
    assert [names for _, names in refined(library, library.modules["uno"])] == [[first]]


def test_minutes_are_proposed_from_three_sessions_on(small: Path) -> None:
    def timed(day: str, practice: int, opening: int = 10) -> None:
        hold(small, day, f"  minutes: {{uno: {{apertura: {opening}, practica: {practice}}}}}\n")

    def proposals() -> dict[str, tuple[int, int, int | None]]:
        library = load(small, TODAY)
        return {one.step: (one.n, one.left_out, one.proposed) for one in timings(library, library.modules["uno"])}

    timed("2026-08-16", 80)
    timed("2026-08-23", 78)
    assert proposals() == {"apertura": (2, 0, None), "practica": (2, 0, None)}
    timed("2026-08-30", 90, opening=12)
    assert proposals() == {"apertura": (3, 0, None), "practica": (3, 0, 80)}
    timed("2026-09-06", 0)
    assert proposals()["practica"] == (3, 1, 80)


def test_outcomes_of_the_year(small: Path) -> None:
    (small / "data" / "outcomes.yml").write_text(
        "".join(
            f"- {{id: {name}, year: 2026, theme: {theme}, {measure}, es: A, en: A}}\n"
            for name, theme, measure in (
                ("a", "salud", "measure: sessions, target: 2"),
                ("b", "salud", "measure: share, question: E01, target: 80"),
                ("c", "digital", "measure: people, target: 30"),
                ("d", "salud", "measure: kept, target: 50"),
                ("e", "salud", "measure: organisations, target: 1"),
            )
        ),
        "utf-8",
    )
    hold(small, "2026-08-16", results="uno,E01,after,all,10,0,5,5,,\n")
    hold(small, "2025-08-16", results="uno,E01,after,all,10,10,0,0,,\n")
    found = progress(load(small, TODAY), 2026, TODAY)
    assert [(one.outcome.id, one.reached, one.n, one.met) for one in found] == [
        ("a", 1, 1, False),
        ("b", 100, 10, True),
        ("c", None, 0, False),
        ("d", None, 0, False),
        ("e", 1, 1, True),
    ]
    assert [one.reached for one in progress(load(small, TODAY), 2026, date(2026, 8, 1))] == [None] * 5


counts = st.lists(st.integers(0, 30), min_size=3, max_size=3)


@settings(max_examples=300, deadline=None)
@given(everybody=counts, parts=st.dictionaries(st.sampled_from(GROUPS[1:]), counts, max_size=4))
def test_no_part_of_one_to_four_passes_the_check(everybody: list[int], parts: dict[str, list[int]]) -> None:
    """Whatever is written, what passes leaves no cell of one to four, neither written nor by taking parts away."""
    from curriculum.library import EMPTY, Library

    library = Library(Path(), TODAY, EMPTY)
    rows = [_row("all", everybody), *(_row(group, cells) for group, cells in parts.items())]
    library.results["x"] = rows
    passed = not list(results_small(library))
    small = {count for group, cells in parts.items() if sum(cells) for count in _told(everybody, cells)}
    split = [cells for group, cells in parts.items() if group in ("women", "men", "other") and sum(cells)]
    if len(split) > 1:
        small |= {whole - sum(some) for whole, some in zip(everybody, zip(*split, strict=True), strict=True)}
    if passed:
        assert not any(0 < count < FEW for count in small)
        assert sum(everybody) == 0 or sum(everybody) >= FEW


def _row(group: str, cells: list[int]) -> Row:
    return Row("m", "q", "after", group, sum(cells), tuple(cells), None)


def _told(everybody: list[int], cells: list[int]) -> list[int]:
    return [*cells, *(whole - part for whole, part in zip(everybody, cells, strict=True))]


def test_answers_of_a_session_of_several_modules_are_of_the_whole(small: Path) -> None:
    bank = small / "data" / "questions.yml"
    scale = "scale: levels, es: A, en: A, options: [{es: a, en: a}, {es: b, en: b}, {es: c, en: c}]"
    more = f"- {{id: E04, level: 1, moment: after, {scale}}}\n- {{id: E08, level: 3, moment: later, {scale}}}\n"
    bank.write_text(bank.read_text("utf-8") + more, "utf-8")
    rows = "uno,E01,after,all,10,0,5,5,,\nuno,E04,after,all,10,0,5,5,,\nuno,E08,later,all,9,0,5,4,,\n"
    hold(small, "2026-06-30", modules="[uno, solo-es]", results=rows)
    found = by_module(load(small, TODAY))
    assert found["uno"].mixed(lambda each: each == "uno") == (1, ["E04", "E08"])
    hold(small, "2026-06-30", results=rows)
    assert by_module(load(small, TODAY))["uno"].mixed(lambda each: each == "uno") == (0, [])
