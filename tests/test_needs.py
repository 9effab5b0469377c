"""The ranking: the worked example to the decimal, and what each rule is for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from curriculum.consultation import Consultation
from curriculum.library import Library, load
from curriculum.needs import Round, _longest, current, differences, rounds
from tests.conftest import TODAY

# Invented: three organisations of three sectors vote with dots.
EXAMPLE = {
    "vendors": {"espacio": 30, "salud": 12, "negociacion": 10, "cuidado": 8},
    "domestic": {"seguridad": 20, "cuidado": 15, "negociacion": 5, "salud": 5},
    "recyclers": {"salud": 14, "espacio": 10, "cooperativas": 8, "negociacion": 4},
}


def consultation(
    organisation: str, dots: dict[str, int] | list[dict[str, str]], day: str = "2026-03-14", **more: object
) -> Consultation:
    return Consultation.model_validate(
        {
            "round": "r",
            "organisation": organisation,
            "date": day,
            "place": "premises",
            "method": ["dot-vote"],
            "participants": {"total": "20"},
            "consent": {"notice": "signed"},
            "dots_per_person": "3",
            "dots": dots if isinstance(dots, list) else [{"theme": name, "dots": str(n)} for name, n in dots.items()],
            **more,
        }
    )


def a_round(*several: Consultation, members: dict[str, int] | None = None) -> Round:
    sectors = {one.organisation: (one.organisation,) for one in several}
    return Round("r", True, several, sectors, members or {})


def test_worked_example_to_the_decimal() -> None:
    example = a_round(*(consultation(name, dots) for name, dots in EXAMPLE.items()))
    found = {row.theme: (f"{row.score:.1%}", f"{row.by_dots:.1%}") for row in example.ranking}
    assert found == {
        "espacio": ("25.9%", "28.4%"),
        "salud": ("23.3%", "22.0%"),
        "cuidado": ("15.6%", "16.3%"),
        "seguridad": ("14.8%", "14.2%"),
        "negociacion": ("13.0%", "13.5%"),
        "cooperativas": ("7.4%", "5.7%"),
    }
    assert [row.rank for row in example.ranking] == [1, 2, 3, 4, 5, 6]
    percent = {name: f"{share:.1%}" for name, share in example.ranking[0].by_organisation.items()}
    assert percent == {"vendors": "50.0%", "domestic": "0.0%", "recyclers": "27.8%"}


def test_breadth_counts_organisations_that_have_it_among_their_first() -> None:
    example = a_round(*(consultation(name, dots) for name, dots in EXAMPLE.items()))
    assert {row.theme: row.breadth for row in example.ranking} == {
        "espacio": 2, "salud": 3, "cuidado": 1, "seguridad": 1, "negociacion": 2, "cooperativas": 1,
    }  # fmt: skip


def test_a_large_meeting_weighs_no_more_than_a_small_one() -> None:
    both = a_round(consultation("large", {"a": 50, "b": 10}), consultation("small", {"b": 6}))
    assert [(row.theme, round(row.score, 3)) for row in both.ranking] == [("b", 0.583), ("a", 0.417)]
    assert [row.by_dots > 0.7 for row in both.ranking] == [False, True]


def test_two_consultations_of_an_organisation_are_one_voice() -> None:
    twice = a_round(consultation("x", {"a": 6}), consultation("x", {"b": 6}, "2026-03-15"), consultation("y", {"b": 3}))
    assert twice.platform == pytest.approx({"a": 0.25, "b": 0.75})


def test_members_can_weigh_instead() -> None:
    weighed = a_round(consultation("x", {"a": 6}), consultation("y", {"b": 6}), members={"x": 300, "y": 100})
    assert {row.theme: row.by_members for row in weighed.ranking} == pytest.approx({"a": 0.75, "b": 0.25})
    unknown = a_round(consultation("x", {"a": 6}), consultation("y", {"b": 6}), members={"x": 300})
    assert {row.by_members for row in unknown.ranking} == {None}


def test_no_sector_is_left_without_one_of_its_own_first_two() -> None:
    crowd = {f"t{n}": 10 for n in range(8)}
    crowds = [consultation(f"o{n}", crowd) for n in range(6)]
    proposal = a_round(*crowds, consultation("alone", {"own": 9, "next": 3})).proposal
    assert proposal[0] == "own" or "own" in proposal
    quiet = a_round(*crowds, *(consultation(f"p{n}", crowd) for n in range(20)), consultation("alone", {"own": 9}))
    assert "own" in quiet.proposal
    assert len(quiet.proposal) == 9


def test_dots_for_something_else_count_in_the_whole_but_are_no_theme() -> None:
    line = [{"theme": "a", "dots": "15"}, {"es": "Transporte", "en": "Transport", "dots": "5"}]
    other = a_round(consultation("x", line))
    assert [(row.theme, row.score) for row in other.ranking] == [("a", 0.75)]
    assert [(text["en"], dots) for _, text, dots in other.others] == [("Transport", 5)]


def test_interviews_give_evidence_and_no_shares() -> None:
    said = {"theme": "b", "kind": "quote", "es": "Así.", "en": "So.", "consent": "anonymous"}
    talk = consultation("y", {}, method=["interview"], evidence=[said, {**said, "consent": "none"}])
    mixed = a_round(consultation("x", {"a": 6}), talk)
    assert [(row.theme, row.score, row.quotes) for row in mixed.ranking] == [("a", 1.0, 0), ("b", 0.0, 1)]
    assert list(mixed.organisations) == ["x"]
    assert mixed.proposal == ["a"]


def test_gap_is_womens_share_minus_mens() -> None:
    lines = [
        {"theme": "a", "dots": "30", "women": "24", "men": "6"},
        {"theme": "b", "dots": "30", "women": "6", "men": "24"},
    ]
    row_a, row_b = a_round(consultation("x", lines)).ranking
    assert (row_a.gap, row_b.gap) == pytest.approx((0.6, -0.6))
    assert a_round(consultation("x", {"a": 3})).ranking[0].gap is None


def test_equal_scores_share_a_rank() -> None:
    equal = a_round(consultation("x", {"a": 5, "b": 5, "c": 2}))
    assert [(row.theme, row.rank) for row in equal.ranking] == [("a", 1), ("b", 1), ("c", 3)]


@pytest.mark.parametrize(
    ("order", "kept"), [([1, 2, 3], {1, 2, 3}), ([3, 1, 2], {1, 2}), ([2, 3, 1], {2, 3}), ([2, 1], {1}), ([], set())]
)
def test_only_what_moved_is_named(order: list[int], kept: set[int]) -> None:
    assert _longest(order) == kept


def decided(small: Path, *ranks: tuple[str, str]) -> Library:
    """The small curriculum with a vote (salud before digital) and these decisions: (theme, what it says)."""
    (small / "data/needs").mkdir()
    (small / "data/needs/2026-03-14-ejemplo-hogar.yml").write_text(
        "round: 2026-1\norganisation: ejemplo-hogar\ndate: 2026-03-14\nplace: premises\nmethod: [dot-vote]\n"
        "participants: {total: 20}\nconsent: {notice: signed}\ndots_per_person: 3\nillustrative: true\n"
        "dots: [{theme: salud, dots: 40}, {theme: digital, dots: 20}]\n",
        "utf-8",
    )
    themes = "".join(
        f"- id: {name}\n  title: {{es: x, en: x}}\n  summary: {{es: x, en: x}}\n  decisions:\n"
        f"    - {{round: 2026-1, date: 2026-10-15, by: {{es: x, en: x}}{says}}}\n"
        for name, says in ranks
    )
    (small / "data/themes.yml").write_text(themes, "utf-8")
    return load(small, TODAY)


@pytest.mark.parametrize(
    ("salud", "digital", "expected"),
    [
        (", rank: 1", ", rank: 2", []),
        (", rank: 2", ", rank: 1", ["digital"]),
        (", rank: 1", "", ["digital"]),
        ("", ", rank: 1", ["salud"]),
    ],
)
def test_decision_against_evidence(salud: str, digital: str, expected: list[str], small: Path) -> None:
    library = decided(small, ("salud", salud), ("digital", digital))
    one = current(library)
    assert one
    assert [difference.theme.id for difference in differences(library, one)] == expected


def test_real_rounds_hide_invented_ones(small: Path) -> None:
    library = decided(small, ("salud", ", rank: 1"), ("digital", ", rank: 2"))
    invented = current(library)
    assert invented
    assert invented.illustrative
    text = (small / "data/needs/2026-03-14-ejemplo-hogar.yml").read_text("utf-8")
    real = text.replace("2026-1", "2025-2").replace("2026-03-14", "2025-03-14").replace("illustrative: true\n", "")
    (small / "data/needs/2025-03-14-ejemplo-hogar.yml").write_text(real, "utf-8")
    library = load(small, TODAY)
    assert list(rounds(library)) == ["2025-2", "2026-1"]
    shown = current(library)
    assert shown
    assert (shown.name, shown.illustrative) == ("2025-2", False)
    assert shown.consultations[0].date == date(2025, 3, 14)
