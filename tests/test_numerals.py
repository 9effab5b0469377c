"""The same number, however each language writes it; and two that differ, found."""

from __future__ import annotations

import pytest

from curriculum.numerals import differing, figures, grammar
from curriculum.words import words

ES, EN = grammar(words("es")), grammar(words("en"))


@pytest.mark.parametrize(
    ("es", "en"),
    [
        ("Son 1,500 pesos.", "It is $1,500."),
        ("Son 1 500 personas", "They are 1,500 people"),
        ("Son 1\u00a0500 personas y 2\u202f000 más", "They are 1,500 people and 2,000 more"),
        ("Mide 1.5 metros", "It measures 1.5 metres"),
        ("El 12 % y el 7% y el 3 por ciento", "12%, 7 per cent and 3 percent"),
        ("El 22 de julio de 2026", "On 22 July 2026"),
        ("El 22 de julio del\n2026", "July 22, 2026"),
        ("El 1.º de mayo, el primero de mayo", "On 1 May, on May 1st"),
        ("En julio de 2026", "In July\n2026"),
        ("Del 16 de abril al 15 de mayo de 2026", "From 16 April to 15 May 2026"),
        ("A las 5:30 p. m. y a las 17:00", "At 5:30 pm and at 5 in the afternoon"),
        ("A las 9 de la mañana", "At 9 a.m."),
        ("2.5 millones de personas; 56 mil más", "2.5 million people; 56,000 more"),
        ("2 mil millones de pesos", "2 billion pesos"),
        ("US$5, 5 dólares y $8", "5 dollars, USD 5 and 8 pesos"),
        ("Forme mesas de 4 personas", "Form tables of four people"),
        ("Quedan treinta y cinco días", "35 days are left"),
        ("Una casa y 1 mesa", "A house and one table"),
        ("1. Reparta 3 hojas.\n2. Espere.", "2. Hand out 3 sheets.\n1. Wait."),
        ("Dice la ley [@F30] en [su sitio](https://a.mx/2024/).", "The law says [@F31] in [its page](https://a.mx/en/3/)."),
        ("Los dos idiomas", "Both languages"),
        ("Art. 239-C y 10.B.1", "Arts. 239-C and 10.B.1"),
        ("Se pueden mostrar 2", "2 may be shown"),
    ],
)  # fmt: skip
def test_the_same(es: str, en: str) -> None:
    assert differing(es, ES, en, EN) == ([], [])


@pytest.mark.parametrize(
    ("es", "en", "only_es", "only_en"),
    [
        ("Ponga 4 gotas", "Add 2 drops", ["4"], ["2"]),
        ("Ponga cuatro gotas", "Add two drops", ["4"], ["2"]),
        ("Ponga 4 gotas", "Add some drops", ["4"], []),
        ("Es 1.5", "It is 1,500", ["1.5"], ["1500"]),
        ("Es el 12 %", "It is 12", ["12"], ["12"]),
        ("El 22 de julio", "On 22 June", ["07-22"], ["06-22"]),
        ("A las 5 de la tarde", "At 5 am", ["17:00"], ["5:00"]),
        ("Son 500 pesos", "It is 500 dollars", ["500"], ["500"]),
        ("Son 30 y 30", "It is 30", ["30"], []),
    ],
)
def test_not_the_same(es: str, en: str, only_es: list[str], only_en: list[str]) -> None:
    left, right = differing(es, ES, en, EN)
    assert ([one.value for one in left], [one.value for one in right]) == (only_es, only_en)


def test_what_is_counted() -> None:
    found = [
        (one.kind, one.value, one.unit) for one in figures("El 3 de mayo a las 9:15, 8 % y US$1,200 en 7 días", ES)
    ]
    assert found == [
        ("date", "05-03", ""),
        ("time", "9:15", ""),
        ("percent", "8", ""),
        ("money", "1200", "USD"),
        ("number", "7", ""),
    ]
