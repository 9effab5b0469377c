"""Each folder of tests/cases is laid over the small curriculum and must give exactly the problems of its expected.txt.

To add a case, add a folder: the broken files, and expected.txt with a line a problem.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from curriculum.problem import RULES, as_github, as_json, as_markdown, as_text
from curriculum.words import words
from tests.conftest import HERE, lines, problems

CASES = sorted(path.parent.relative_to(HERE / "cases").as_posix() for path in HERE.glob("cases/**/expected.txt"))


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, small: Path) -> None:
    folder = HERE / "cases" / case
    shutil.copytree(folder, small, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    found = problems(small)
    assert lines(found) == (folder / "expected.txt").read_text("utf-8").splitlines()
    for lang in ("es", "en"):
        for form in (as_text, as_github, as_json, as_markdown):
            assert all(p.path in form(found, words(lang)) for p in found)


def test_every_rule_of_checking_has_a_case() -> None:
    given = "".join((HERE / "cases" / case / "expected.txt").read_text("utf-8") for case in CASES)
    rules = [rule for family in ("reading", "mapping", "text", "facts", "people", "waivers") for rule in RULES[family]]
    # What bytes can do is in test_bad_input, since a file of them cannot be read in a review.
    missing = [rule for rule in rules if f" {rule}." not in given and rule != "encoding"]
    assert missing == []


def test_the_small_curriculum_is_clean(small: Path) -> None:
    assert lines(problems(small)) == []
