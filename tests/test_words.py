"""The catalogues: both languages say everything that the code asks for, with the same places to fill."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from curriculum.problem import RULES
from curriculum.validate import VARIANTS
from curriculum.words import FOLDER, languages, words

ROOT = Path(__file__).parents[1]
SOURCES = [*ROOT.glob("scripts/curriculum/**/*.py"), *ROOT.glob("overrides/**/*.html")]
# Sentences of the library of the command line, translated under its English.
FOREIGN = {"click"}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_languages_have_the_same_files() -> None:
    names = {lang: {p.name.split(".")[0] for p in FOLDER.glob(f"*.{lang}.po")} - FOREIGN for lang in languages()}
    assert names["es"] == names["en"]


def test_every_key_is_in_both_languages_with_the_same_places() -> None:
    es, en = words("es").texts, words("en").texts
    foreign = {message.id for name in FOREIGN for message in read_po((FOLDER / f"{name}.es.po").open("rb"))}
    assert set(es) - foreign == set(en)
    for key in en:
        assert {name for form in es[key] for name in places(form)} == {n for form in en[key] for n in places(form)}, key
        assert all(es[key]), key
        assert all(en[key]), key


def test_every_key_in_the_code_exists() -> None:
    asked = set()
    for source in SOURCES:
        asked |= set(
            re.findall(r"""\b(?:w|say|words\([^()]*\))\(\s*["']([a-z][a-z0-9.-]*)["']""", source.read_text("utf-8"))
        )
    assert len(asked) > 60
    known = words("es").texts
    # A key that ends in a sign is the beginning of one: w("print.depth." ~ depth).
    missing = [
        key for key in asked if key not in known and not (key[-1] in ".-" and any(k.startswith(key) for k in known))
    ]
    assert missing == []


def test_every_rule_is_explained() -> None:
    for family, rules in RULES.items():
        for lang in languages():
            w = words(lang)
            assert f"family.{family}" in w
            for rule in rules:
                assert {f"rule.{rule}.{part}" for part in ("title", "why", "pass", "fail")} <= set(w.texts)


def test_every_problem_that_the_code_can_raise_has_words() -> None:
    rules = {rule for family in RULES.values() for rule in family}
    raised = {f"field-invalid.{variant}" for variant in VARIANTS.values()}
    for source in ROOT.glob("scripts/curriculum/**/*.py"):
        raised |= {
            f"{rule}.{variant}"
            for rule, variant in re.findall(
                r"""\bproblem\([^\n]*?["']((?:[a-z]+-)+[a-z]+|encoding)["'],\s*["']([a-z0-9-]+)["']""",
                source.read_text("utf-8"),
            )
            if rule in rules and variant not in rules
        }
    assert len(raised) > 50
    for lang in languages():
        missing = [
            name for name in raised if f"problem.{name}" not in words(lang) or f"problem.{name}.fix" not in words(lang)
        ]
        assert missing == []


@pytest.mark.parametrize(
    ("lang", "day", "number"),
    [("es", "21 de noviembre de 2026", "1,500.5"), ("en", "21 November 2026", "1,500.5")],
)
def test_dates_and_numbers(lang: str, day: str, number: str) -> None:
    w = words(lang)
    assert w.date(date(2026, 11, 21)) == day
    assert w.number(1500.5) == number
    assert w.elapsed(75) == "1:15"
    assert w.minutes(15) == "15\u00a0min"
