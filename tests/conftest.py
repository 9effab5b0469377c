"""What tests share: the small curriculum, copied so that each may break its own."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from curriculum.checks import check
from curriculum.library import load
from curriculum.problem import Problem

HERE = Path(__file__).parent
TODAY = date(2026, 11, 21)

os.environ["NO_MKDOCS_2_WARNING"] = "1"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of tests/small: three modules, one in both languages, one in Spanish, one in English."""
    return Path(shutil.copytree(HERE / "small", tmp_path / "small", ignore=shutil.ignore_patterns("build")))


def problems(root: Path) -> list[Problem]:
    return check(load(root, TODAY))


def lines(found: list[Problem]) -> list[str]:
    """Problems as the cases write them: path:line:column: rule.variant, and what was perhaps meant."""
    return [f"{p.path}:{p.line}:{p.column}: {p.rule}.{p.variant}{f' ({p.near})' if p.near else ''}" for p in found]
