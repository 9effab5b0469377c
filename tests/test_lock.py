"""translation.lock.yml: written by sync, the same bytes for the same texts, and no hash put in by hand passes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from curriculum.library import load
from curriculum.lock import NAME, Record, read, written
from curriculum.translation import lock_of, sections, synced, units
from tests.conftest import TODAY, lines, problems


def lock_all(root: Path, day: date = TODAY, reason: str = "") -> None:
    """What `translation sync --all` writes."""
    library = load(root, day)
    folders: dict[str, dict[str, dict[str, list[Record]]]] = {}
    for unit in units(library):
        lock = lock_of(library, unit.folder)
        folders.setdefault(unit.folder, {})[unit.name] = synced(unit, lock, sections(unit, lock), day, reason)
    for folder, lock in folders.items():
        (root / folder / NAME).write_text(written(lock, "Nota"), "utf-8")


def test_what_is_written_is_read_again(small: Path) -> None:
    lock_all(small)
    lock = lock_of(load(small, TODAY), "modules/uno")
    assert list(lock) == ["index", "handouts/hoja", "handouts/tarjetas", "module"]
    assert written(lock, "Nota") == (small / "modules/uno" / NAME).read_text("utf-8")


def test_a_seal_that_is_figures_only_is_text(small: Path) -> None:
    record = Record({"es": "000000000012", "en": "123456789012"}, TODAY, "en", "No: 1e5")
    text = written({"index": {"1": [record], "no": [record]}}, "Nota")
    (small / "docs").mkdir()
    (small / "docs" / NAME).write_text(text, "utf-8")
    # Also as other tools may write it again, without quotation marks.
    assert read(load(small, TODAY).locks["docs"]) == ({"index": {"1": [record], "no": [record]}}, [])
    (small / "docs" / NAME).write_text(text.replace('"000000000012"', "000000000012"), "utf-8")
    assert read(load(small, TODAY).locks["docs"])[0]["index"]["1"] == [record]


def test_hashes_pushed_forward_by_hand_do_not_pass(small: Path) -> None:
    """The lock says that a changed text is equal, and nobody has touched the translation."""
    lock_all(small)
    lock = small / "modules/uno" / NAME
    before = lock_of(load(small, TODAY), "modules/uno")["index"]["practica"][0].hashes["es"]
    page = small / "modules/uno/index.es.md"
    page.write_text(page.read_text("utf-8").replace("Dibujen.", "Dibujen en la calle."), "utf-8")
    (unit,) = [unit for unit in units(load(small, TODAY)) if unit.label == "uno/index"]
    (now,) = [one.texts["es"].hash for one in sections(unit, {}) if one.key == "practica"]
    lock.write_text(lock.read_text("utf-8").replace(before, now), "utf-8")
    assert lines(problems(small)) == ["modules/uno/translation.lock.yml:6:14: field-invalid.seal"]


def test_a_file_that_is_no_lock(small: Path) -> None:
    lock = small / "modules/uno" / NAME
    for text, expected in (
        ("- a\n", ["modules/uno/translation.lock.yml:1:1: field-invalid.not-mapping"]),
        ("index: {front: [x]}\n", ["modules/uno/translation.lock.yml:1:17: field-invalid.lock"]),
        ("index: {front: [{es: 1, equal: ayer}]}\n", ["modules/uno/translation.lock.yml:1:17: field-invalid.lock"]),
        ("index:\n\t- x\n", ["modules/uno/translation.lock.yml:2:1: yaml-syntax.tab"]),
        ("", []),
    ):
        lock.write_text(text, "utf-8")
        assert lines(problems(small)) == expected
