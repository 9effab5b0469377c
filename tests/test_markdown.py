"""The dialect: what is found where, and what a generator reads."""

from __future__ import annotations

import pytest

from curriculum.markdown import plain, prepare, render, scan, typeset
from curriculum.words import words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Dijo "hola" y "adiós".', "Dijo “hola” y “adiós”."),
        ("It's the workers' day", "It’s the workers’ day"),
        ("'Why?' she asks", "‘Why?’ she asks"),
        ("de 2026 -- 2027...", "de 2026 – 2027…"),
        ("**\"fuerte\"**", "**“fuerte”**"),
        ('[a](b.md "título") y <span lang="nah">nican</span>', '[a](b.md "título") y <span lang="nah">nican</span>'),
        ('![x](y.svg){.half width="50%"}', '![x](y.svg){.half width="50%"}'),
        ("| a | b |\n| --- | :-- |\n| \"c\" | d |", "| a | b |\n| --- | :-- |\n| “c” | d |"),
        ("uno\n\n---\n\ndos", "uno\n\n---\n\ndos"),
        ("`\"código\"` y \"texto\"", "`\"código\"` y “texto”"),
        ("```\n\"a\" -- b...\n```\n\"c\"", "```\n\"a\" -- b...\n```\n“c”"),
        ("sin signos", "sin signos"),
    ],
)  # fmt: skip
def test_typewriter_signs_become_printed_ones(typed: str, printed: str) -> None:
    assert typeset(typed) == printed


def test_headings_links_and_citations_have_their_places() -> None:
    found = scan("uno\n\n## Título {#t}\n\nVea [esto](a.md#b) [@F01] y [@F04 pending].\n", 11)
    assert [(h.level, h.text, h.id, tuple(h.place)) for h in found.headings] == [(2, "Título", "t", (13, 1))]
    assert [(link.target, tuple(link.place)) for link in found.links] == [("a.md#b", (15, 5))]
    assert [(c.name, c.rest, tuple(c.place)) for c in found.citations] == [
        ("F01", "", (15, 20)),
        ("F04", "pending", (15, 29)),
    ]


def test_headings_without_ids_get_the_ones_that_the_generator_gives() -> None:
    text = "## Cómo fue\n\n### Si falta\n\n### Si falta\n"
    assert [heading.id for heading in scan(text).headings] == ["como-fue", "si-falta", "si-falta_1"]
    assert 'id="si-falta_1"' in render(text)


def test_a_text_is_prepared_for_one_language_and_place() -> None:
    text = "> [!say]\n> Mire [@F01].\n\n[otro](../otro/index.es.md) ![m](images/m.svg) [nada](x.md)\n"
    ways = {"../otro/index.es.md": "/otro/", "images/m.svg": "/m.svg", "x.md": None}
    done = prepare(text, words("es"), lambda mark: f"<{mark.name}>", lambda link: ways[link.target])
    assert done == "> [!say] Diga\n> Mire <F01>.\n\n[otro](/otro/) ![m](/m.svg) nada\n"
    html = render(done)
    assert '<div class="admonition say">\n<p class="admonition-title">Diga</p>' in html


def test_numbers_go_on_after_a_callout() -> None:
    html = render("1. uno\n\n> [!ask] Pregunte\n> - ¿Qué?\n\n2. dos\n")
    assert '<ol start="2">' in html


def test_blanks_to_write_on_stay_blanks() -> None:
    def done(text: str) -> str:
        return render(prepare(text, words("es"), lambda mark: "", lambda link: link.target))

    assert "<p>Nombre: ____ y ____</p>" in done("Nombre: ____ y ____")
    assert "<td>____<br>____</td>" in done("| a | b |\n| --- | --- |\n| c | ____<br>____ |")
    assert "<hr" in done("uno\n\n____\n\ndos")
    assert "<strong>fuerte</strong>" in done("__fuerte__")


def test_plain_text_of_a_line() -> None:
    assert plain("**Mitos** y [verdades](x.md) `a` [@F01] {#m}") == "Mitos y verdades a"
