"""Amounts of money that a law sets for a year: shown until their day, blank afterwards, on every paper and page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from curriculum.amount import lapsing
from curriculum.edition import edition
from curriculum.library import load
from curriculum.markdown import plain

UNTIL = {"F02": date(2026, 12, 31)}
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)

CASES = [
    ("Son $6,400 [@F02].", "Son $________ [@F02]."),
    ("Son $1,500.50 y $20 [@F02].\n\nInventado: $300.", "Son $________ y $________ [@F02].\n\nInventado: $300."),
    ("- $10 [@F02]\n- $20\n- $30 [@F01]", "- $________ [@F02]\n- $20\n- $30 [@F01]"),
    ("| a |\n|---|\n| $10 [@F02] |\n| $20 |", "| a |\n|---|\n| $________ [@F02] |\n| $20 |"),
    ("> [!say]\n> Son $10\n> al mes [@F02].\n>\n> $20.", "> [!say]\n> Son $________\n> al mes [@F02].\n>\n> $20."),
    ("1. Uno: $10.\n   Sigue [@F02].\n2. Dos: $20.", "1. Uno: $________.\n   Sigue [@F02].\n2. Dos: $20."),
    ("### $5 [@F02]\nTexto de $10.", "### $________ [@F02]\nTexto de $10."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "later"), CASES)
def test_an_amount_goes_with_the_fact_it_stands_beside(text: str, later: str) -> None:
    assert lapsing(text, UNTIL, AFTER) == later
    kept = lapsing(text, UNTIL, BEFORE)
    assert '<span data-until="2026-12-31">$' in kept
    assert kept.replace('<span data-until="2026-12-31">', "").replace("</span>", "") == text


def test_page_paper_and_list_of_facts_lose_the_amount_on_the_same_day(small: Path) -> None:
    facts = small / "data/facts.yml"
    text = facts.read_text("utf-8").replace("dice otra cosa.", "da $2,000.").replace("another thing.", "$2,000.")
    facts.write_text(text.replace("  review_by: 2027-01-31\n", "  review_by: 2027-01-31\n  lapses: true\n"), "utf-8")
    sheet = small / "modules/uno/handouts/hoja.es.md"
    sheet.write_text(sheet.read_text("utf-8").replace("La ley dice otra cosa", "Son $2,000 al mes"), "utf-8")
    for today, shown in ((date(2027, 1, 31), True), (date(2027, 2, 1), False)):
        library = load(small, today)
        one = edition(library, library.modules["uno"], "es")
        (hoja,) = (handout for handout in one.handouts if handout.id == "hoja")
        assert ("$2,000" in plain(hoja.html)) is shown
        assert ("$2,000" in hoja.facts[0].text) is shown
        assert ("(ya venció: pregunte la de hoy)" in hoja.html) is not shown
