"""The same input gives the same bytes, and what has not changed is not laid out again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from curriculum.library import load
from curriculum.print import Sheet, press, print_all, wishes
from tests.conftest import TODAY
from tests.print.conftest import printed


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules that were laid out, not taken from the cache."""
    names: list[str] = []
    real = press.lay_out_all

    def spy(orders, *arguments):  # type: ignore[no-untyped-def]
        names.extend(f"{order.module}.{order.lang}" for order in orders)
        return real(orders, *arguments)

    monkeypatch.setattr(press, "lay_out_all", spy)
    return names


def test_same_bytes_here_and_in_two_workers(small: Path, tmp_path: Path, guides: dict[str, Sheet]) -> None:
    sheets = printed(small, tmp_path / "out", "uno", jobs=2)
    assert {sheet.lang: sheet.sha256 for sheet in sheets} == {lang: sheet.sha256 for lang, sheet in guides.items()}


def test_cache(small: Path, tmp_path: Path, laid_out: list[str]) -> None:
    [first] = printed(small, tmp_path / "a", "solo-es")
    [second] = printed(small, tmp_path / "b", "solo-es")
    assert laid_out == ["solo-es.es"]
    assert (second.sha256, second.pages, second.warnings) == (first.sha256, first.pages, first.warnings)
    assert second.path.read_bytes() == first.path.read_bytes()


def test_change_is_laid_out_again(small: Path, tmp_path: Path, laid_out: list[str]) -> None:
    printed(small, tmp_path, "uno", "solo-es", langs="es")
    laid_out.clear()
    picture = small / "modules/uno/images/mapa.svg"
    picture.write_text(picture.read_text().replace("<svg", "<svg data-x='1'"))
    printed(small, tmp_path, "uno", "solo-es", langs="es")
    assert laid_out == ["uno.es"]


def test_damaged_cache_counts_as_none(small: Path, tmp_path: Path, laid_out: list[str]) -> None:
    printed(small, tmp_path, "solo-es")
    for file in (small / "build/cache/print").glob("*.pdf"):
        file.write_bytes(b"%PDF-")
    [sheet] = printed(small, tmp_path, "solo-es")
    assert laid_out == ["solo-es.es", "solo-es.es"]
    assert sheet.path.stat().st_size == sheet.bytes > 5


def test_warnings_are_remembered(small: Path, tmp_path: Path, laid_out: list[str]) -> None:
    page = small / "modules/solo-es/index.es.md"
    page.write_text(page.read_text() + "\n→\n")
    [first] = printed(small, tmp_path, "solo-es")
    [second] = printed(small, tmp_path, "solo-es")
    assert laid_out == ["solo-es.es"]
    assert first.warnings == second.warnings != ()


def test_progress(small: Path, tmp_path: Path) -> None:
    library = load(small, TODAY)
    seen: list[tuple[int, int]] = []
    sheets = print_all(
        library, wishes(library), tmp_path, ("guide",), jobs=1, report=lambda _, done, total: seen.append((done, total))
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [(sheet.module, sheet.lang) for sheet in sheets] == [
        ("uno", "es"),
        ("uno", "en"),
        ("solo-es", "es"),
        ("only-en", "en"),
    ]


def test_progress_says_what_is_begun(small: Path, tmp_path: Path) -> None:
    library = load(small, TODAY)
    for jobs in (1, 2):
        begun: list[str] = []
        print_all(
            library,
            wishes(library),
            tmp_path,
            ("plan",),
            jobs=jobs,
            paper=("letter", "a4")[jobs - 1],
            begin=lambda order, begun=begun: begun.append(f"{order.module}.{order.lang}"),  # type: ignore[misc]
        )
        assert sorted(begun) == ["only-en.en", "solo-es.es", "uno.en", "uno.es"]


def test_an_interruption_leaves_nothing_broken(small: Path, tmp_path: Path) -> None:
    """Ctrl-C reaches the command and its workers; it ends with a sentence, and the next run ends the work."""
    command = [sys.executable, "-m", "curriculum", "--root", str(small), "print", "-o", str(tmp_path), "--jobs", "2"]
    store = small / "build/cache/print"
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        while running.poll() is None and not any(store.glob("*.json")):
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 130
    assert "Traceback" not in said
    assert not [file for folder in (store, tmp_path) for file in folder.rglob(".*") if file.is_file()]
    done = {file: file.read_bytes() for file in tmp_path.rglob("*.pdf")}
    assert all(content.rstrip().endswith(b"%%EOF") for content in done.values())
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert {file: file.read_bytes() for file in done} == done
    assert len(list(tmp_path.rglob("*.pdf"))) > len(done)


def test_nothing_is_left_beside_the_files(small: Path, tmp_path: Path) -> None:
    printed(small, tmp_path / "out", "solo-es")
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()] == ["solo-es-guide-es.pdf"]
    assert not list((small / "build").rglob(".*"))
