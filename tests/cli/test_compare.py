"""`curriculum compare`: one edit in a small repository, and what it changes for readers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(small: Path) -> Path:
    git(small, "init", "-q", "-b", "main")
    git(small, "add", "-A")
    git(small, "commit", "-q", "-m", "first")
    return small


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_nothing_changes_for_readers_where_nothing_changed(run: Run, repository: Path) -> None:
    (repository / "modules/uno/.nota").write_text("x")
    done = run("--messages", "en", "compare", "main")
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing changes for readers."), done.stderr


def test_a_sentence_changes_the_papers_that_contain_it(run: Run, repository: Path) -> None:
    edit(repository / "modules/uno/handouts/hoja.es.md", "Ya lo dije.", "Ya lo hice.")
    done = run("--messages", "en", "compare", "main")
    assert done.returncode == 0, done.stderr
    papers = [line.strip() for line in done.stdout.splitlines() if " · es" in line]
    assert papers
    assert all(line.startswith("- M1 · ") for line in papers)
    assert " · en" not in done.stdout
    assert "The module" not in done.stdout


def test_a_module_that_goes_takes_its_papers_and_its_minutes(run: Run, repository: Path, tmp_path: Path) -> None:
    edit(repository / "modules/solo-es/module.yml", "status: pilot", "status: draft")
    summary = tmp_path / "summary.md"
    done = run("compare", "main", "--summary", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    text = summary.read_text("utf-8")
    for said in ("Ya no está el módulo", "The module", "is gone", "M2 · ", "La cobertura de", "Coverage of"):
        assert said in text, said


@pytest.mark.parametrize("name", ["nada", "--output=/tmp/x", "main; rm -rf /"])
def test_what_is_no_commit_is_said_in_a_sentence(run: Run, repository: Path, name: str) -> None:
    done = run("compare", "--", name)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert name in done.stderr
