"""Coverage: demand against minutes, and the gaps in the order in which they should be filled."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.coverage import Coverage, coverage
from curriculum.library import load
from tests.conftest import TODAY


def consultation(organisation: str, **dots: int) -> str:
    lines = "".join(f"  - {{theme: {theme}, dots: {count}}}\n" for theme, count in dots.items())
    return (
        f"round: 2026-1\norganisation: {organisation}\ndate: 2026-03-14\nplace: premises\nmethod: [dot-vote]\n"
        f"participants: {{total: 20}}\nconsent: {{notice: signed}}\ndots_per_person: 3\n"
        f"illustrative: true\ndots:\n{lines}"
    )


@pytest.fixture
def root(small: Path) -> Path:
    """Two sectors that voted: domestic workers for salud and digital, waste pickers for digital alone."""
    (small / "data/organisations.yml").write_text(
        "- {id: equipo, kind: platform}\n"
        "- {id: casa, sectors: [hogar], kind: union, illustrative: true}\n"
        "- {id: pet, sectors: [reciclaje], kind: cooperative, illustrative: true}\n",
        "utf-8",
    )
    themes = (small / "data/themes.yml").read_text("utf-8")
    head, tail = themes.split("- id: digital")
    ranked = tail.replace("round: 2026-1\n", "round: 2026-1\n      rank: 2\n")
    (small / "data/themes.yml").write_text(f"{head}- id: digital{ranked}", "utf-8")
    folder = small / "data/needs"
    folder.mkdir()
    (folder / "2026-03-14-casa.yml").write_text(consultation("casa", salud=30, digital=10), "utf-8")
    (folder / "2026-03-14-pet.yml").write_text(consultation("pet", digital=20), "utf-8")
    return small


def found(root: Path) -> Coverage:
    library = load(root, TODAY)
    assert library.problems == []
    return coverage(library)


def edit(root: Path, module: str, old: str, new: str) -> None:
    meta = root / "modules" / module / "module.yml"
    text = meta.read_text("utf-8")
    assert old in text
    meta.write_text(text.replace(old, new), "utf-8")


def test_cells_hold_demand_minutes_and_modules(root: Path) -> None:
    cell = found(root).cells["salud", "hogar"]
    assert (cell.asked, cell.minutes, cell.modules) == (0.75, 135, ("uno", "solo-es", "only-en"))
    assert (cell.covered, cell.missing) == (1.0, 0.0)
    assert found(root).cells["digital", "reciclaje"].missing == 1.0


def test_each_sector_counts_the_same(root: Path) -> None:
    whole = found(root)
    assert (whole.by_sector("hogar"), whole.by_sector("reciclaje")) == (0.75, 0.0)
    assert whole.whole == pytest.approx(0.375)
    assert whole.illustrative


def test_a_theme_without_module_comes_first_and_says_who_wants_it(root: Path) -> None:
    gap = found(root).gaps[0]
    assert (gap.kind, gap.theme, gap.sectors) == ("no-module-top", "digital", ("reciclaje",))
    assert gap.weight == pytest.approx(0.625)


def test_the_first_theme_of_a_sector_without_a_module(root: Path) -> None:
    edit(root, "uno", "sectors: [hogar, reciclaje]", "sectors: [reciclaje]")
    for module in ("solo-es", "only-en"):
        edit(root, module, "sectors: [all]", "sectors: [reciclaje]")
    kinds = [(gap.kind, gap.theme, gap.sectors) for gap in found(root).gaps]
    assert ("sector-top", "salud", ("hogar",)) in kinds


def test_too_little_time_is_a_part_of_the_demand(root: Path) -> None:
    for module in ("solo-es", "only-en"):
        edit(root, module, "status: pilot", "status: draft")
    gap = next(gap for gap in found(root).gaps if gap.kind == "thin")
    assert (gap.theme, gap.sectors) == ("salud", ("hogar",))
    assert gap.weight == pytest.approx(0.75 * (1 - 75 / 120) / 2)


def test_depth_that_is_missing(root: Path) -> None:
    assert [gap.kind for gap in found(root).gaps if gap.theme == "salud"] == []
    edit(root, "uno", "depth: starter", "depth: deepening")
    assert [gap.kind for gap in found(root).gaps if gap.theme == "salud"] == ["no-starter"]


def test_a_module_on_a_theme_that_is_no_longer_a_priority(root: Path) -> None:
    edit(root, "uno", "themes: [salud]", "themes: [digital]")
    themes = root / "data/themes.yml"
    themes.write_text(themes.read_text("utf-8").replace("      rank: 2\n", ""), "utf-8")
    gap = found(root).gaps[-1]
    assert (gap.kind, gap.module) == ("unprioritised", "uno")


def test_invented_decisions_end_with_the_first_real_one(root: Path) -> None:
    for file in (root / "data/needs").iterdir():
        file.write_text(file.read_text("utf-8").replace("illustrative: true\n", ""), "utf-8")
    undecided = coverage(load(root, TODAY))
    assert undecided.places == {"digital": 1, "salud": 2}
    assert not undecided.illustrative
    themes = root / "data/themes.yml"
    themes.write_text(themes.read_text("utf-8").replace("      illustrative: true\n", "", 1), "utf-8")
    library = load(root, TODAY)
    assert [theme.id for theme in library.prioritised] == ["salud"]
    assert coverage(library).places == {"salud": 1}
