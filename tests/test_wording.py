"""Advice on words: what is found, and that the shipped texts give no false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.legibility import legibility, sentences
from curriculum.library import load
from curriculum.problem import Problem
from curriculum.tongue import LEAST, foreign, own, paragraphs
from curriculum.translation import every_section
from curriculum.words import words
from tests.conftest import TODAY, lines, problems
from tests.test_translation import EN, ES, edit

ROOT = Path(__file__).parents[1]
BOTH = ("es", "en")


def advice(root: Path, rule: str) -> list[Problem]:
    return [one for one in problems(root) if one.rule == rule]


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("The contribution is paid every month, in advance, by the employer.", "es", "en"),
        ("La cuota se paga cada mes, por adelantado, y la paga quien emplea.", "en", "es"),
        ("- [ ] Ask the group what they would change about the session.", "es", "en"),
        ("> [!say]\n> Buenas tardes, compañeras. Vamos a hablar de lo que pasa en el trabajo.", "en", "es"),
        ("La cuota se paga cada mes, por adelantado. The employer pays it at the counter of the bank, every month. "
         "También se puede pagar en la página del instituto, con los datos de la casa.", "es", "en"),
        # Quotes, names and what is marked may be in another language.
        ("They said “no nos vamos a mover de aquí porque no tenemos a dónde ir” and stayed.", "en", ""),
        ("Read the Ley Federal del Trabajo and the Reglamento para los Trabajadores no Asalariados.", "en", ""),
        ('She said <span lang="es">no nos vamos a mover de aquí porque aquí vendemos</span>.', "en", ""),
        ("No nos vamos a mover de aquí porque aquí trabajamos.\n{: lang=es }", "en", ""),
        ("`La cuota se paga cada mes por adelantado en el banco`", "en", ""),
        ("Una sesión con el IMSS.", "en", ""),
        ("La cuota se paga cada mes, por adelantado.", "es", ""),
    ],
)  # fmt: skip
def test_a_paragraph_in_the_wrong_language(text: str, lang: str, found: str) -> None:
    assert foreign(text, lang, BOTH) == found


def test_the_shipped_texts_give_no_false_alarm_and_in_the_other_language_they_would() -> None:
    seen = missed = 0
    for one in every_section(load(ROOT, TODAY)):
        for lang, passage in one.texts.items():
            other = "en" if lang == "es" else "es"
            for _, text in paragraphs(passage.text):
                assert foreign(text, lang, BOTH) == "", (one.unit.label, one.key, text)
                if len(own(text)) > LEAST:
                    seen += 1
                    missed += foreign(text, other, BOTH) == ""
    assert seen > 3000
    assert missed < seen * 0.03


def test_the_check_says_where(small: Path) -> None:
    edit(small, EN, "A part of the body.", "Una parte del cuerpo que les duele cuando trabajan.")
    assert lines(advice(small, "mixed-language")) == [f"{EN}:31:1: mixed-language.paragraph"]
    assert advice(small, "mixed-language")[0].severity == "advice"


def test_words_to_avoid(small: Path) -> None:
    edit(small, ES, "Haga un círculo.", "Haga un círculo con las pepenadoras.")
    edit(small, EN, "Make a circle.", "Make a circle with “scavengers”, as the law says.")
    (found,) = advice(small, "glossary-avoid")
    assert lines([found]) == [f"{ES}:20:28: glossary-avoid.word"]
    assert "recicladoras de base" in found.message(words("es"))


def test_a_fixed_pair(small: Path) -> None:
    glossary = small / "data/glossary.yml"
    glossary.write_text(glossary.read_text("utf-8").replace("avoid:", "fixed: true, avoid:"), "utf-8")
    edit(small, ES, "Dibujen.", "Dibujen a las recicladoras de base.")
    edit(small, EN, "Draw.", "Draw the rag pickers.")
    assert lines(advice(small, "glossary-pair")) == [f"{EN}:33:1: glossary-pair.fixed"]
    edit(small, EN, "rag pickers", "waste pickers")
    assert advice(small, "glossary-pair") == []


HARD = (
    "El aseguramiento obligatorio comprende la totalidad de las prestaciones correspondientes al periodo mensual. "
    "La incorporación voluntaria presupone la formalización documental ante la subdelegación correspondiente. "
    "Las organizaciones representativas coadyuvarán al cumplimiento de las disposiciones reglamentarias aplicables. "
    "Va. Así es. El seguro dura un mes entero.\n"
)


def test_a_sheet_that_is_hard_to_read_names_its_hardest_sentences(small: Path) -> None:
    sheet = small / "modules/uno/handouts/hoja.es.md"
    sheet.write_text(sheet.read_text("utf-8") + "\n" + HARD, "utf-8")
    (found,) = advice(small, "reading-level")
    values = dict(found.values)
    assert found.path == "modules/uno/handouts/hoja.es.md"
    assert int(values["score"]) < 40
    assert values["hardest"].count("“") == 3
    assert "coadyuvarán" in values["hardest"]


def test_the_figure_is_that_of_the_formula() -> None:
    """Twelve words of two syllables in two sentences, four times over: 206.835 - 62.3 × 2 - 6."""
    found = legibility("Casa mesa tapa pala cama ropa. Bota gato luna rama pera vaca.\n\n" * 4, words("es"))
    assert found
    assert found.score == pytest.approx(206.835 - 62.3 * 2 - 6)
    assert found.band == 1
    assert legibility("Pocas palabras.", words("es")) is None


def test_a_citation_leaves_no_gap_before_the_stop() -> None:
    text = "The law says so [@F01].\n\nIt does [@F02 pending], always!"
    assert sentences(text) == ["The law says so.", "It does, always!"]
