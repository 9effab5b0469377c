"""What must stay together stays together, and no page is left empty for it: seen in where the built paper breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from curriculum.print.text import tidy
from curriculum.words import words
from tests.print.conftest import printed, texts

STEPS = """
## Apertura {{#apertura}}

Conocernos y decir para qué estamos aquí.

1. Haga un círculo.

{before}

## Práctica {{#practica}}

Dibujar el mapa.

![Un círculo con un punto](images/mapa.svg){{.half}}

1. Primera instrucción del mapa.

{after}

> [!short]
> Sin dibujo, si no alcanza.

> [!plan-b]
> Sin hilo, con los dedos.
"""


def built(root: Path, before: str, after: str) -> list[str]:
    """The pages of the Spanish guide of `uno` with other steps, up to the facts."""
    page = root / "modules/uno/index.es.md"
    head = page.read_text().partition("## Apertura")[0]
    page.write_text(head + STEPS.format(before=before, after=after))
    [sheet] = printed(root, root / "out", "uno", langs="es")
    assert sheet.warnings == ()
    return texts(sheet.path)


def only(pages: list[str], words: str) -> int:
    """The page after the agenda's that holds the words."""
    [found] = [number for number, page in enumerate(pages) if number and words in page]
    return found


@pytest.mark.parametrize("lines", range(30, 46, 2))
def test_a_step_begins_with_heading_picture_and_first_item(small: Path, lines: int) -> None:
    """Wherever on a page the step before it ends; and its clock is there once."""
    pages = built(small, "\n".join(f"{number}. Camine hasta la puerta." for number in range(2, lines)), "")
    step = only(pages, "0:15–1:15")
    assert "Dibujar el mapa." in pages[step]
    assert "Primera instrucción" in pages[step]
    assert pages[step].count("0:15–1:15") == 1
    # The rest of the page before is no larger than what did not fit on it.
    assert sum(page.count("Camine hasta la puerta.") for page in pages) == lines - 2


@pytest.mark.parametrize("lines", range(26, 46, 2))
def test_boxes_that_close_a_step_stand_beside_its_last_item(small: Path, lines: int) -> None:
    items = "\n".join(f"{number}. Camine hasta la puerta número {number}." for number in range(2, lines))
    pages = built(small, "", f"{items}\n\n**En el rotafolio:** un círculo.")
    last = only(pages, f"puerta número {lines - 1}.")
    assert "Sin dibujo, si no alcanza." in pages[last]
    assert "Sin hilo, con los dedos." in pages[last]


@pytest.mark.parametrize("lines", range(54, 60))
def test_bold_words_above_a_list_stay_with_it(small: Path, lines: int) -> None:
    before = "\n".join(f"{number}. Camine hasta la puerta." for number in range(2, lines))
    pages = built(small, f"{before}\n\n**En la semana**\n\n- Invite al grupo.\n- Busque un salón.", "")
    assert "Invite al grupo." in pages[only(pages, "En la semana")]


def test_a_long_speech_fills_the_page_it_begins_on(small: Path) -> None:
    """A callout of eight lines is not carried over whole: no third of a page is left empty for it."""
    speech = "> [!say]\n> " + "Caminamos hasta la puerta y contamos los pasos de ida y de vuelta. " * 8
    page = small / "modules/uno/index.es.md"
    before = page.read_text()
    parts = set()
    for lines in range(38, 54, 2):
        page.write_text(before)
        pages = built(small, "\n".join(f"{number}. Camine." for number in range(2, lines)) + f"\n\n{speech}", "")
        parts.add(len([page for page in pages if "contamos los pasos" in page]))
    assert parts == {1, 2}


def white(path: Path) -> list[float]:
    """The millimetres of each page that nothing is printed on, above the rule of its footer."""
    found = []
    for page in pypdfium2.PdfDocument(path):
        image = page.render(scale=1).to_pil().convert("L").point(lambda value: 255 * (value < 160))
        foot = round(image.height - 18 / 25.4 * 72)
        box = image.crop((0, 0, image.width, foot)).getbbox()
        found.append((foot - (box[3] if box else 0)) / 72 * 25.4)
    return found


@pytest.mark.parametrize("lines", range(30, 46, 3))
def test_what_is_left_of_a_page_is_ruled_to_write_on(small: Path, lines: int) -> None:
    """Where the next step was too tall for it, where the facts and where the evaluation end."""
    pages = built(small, "\n".join(f"{number}. Camine hasta la puerta." for number in range(2, lines)), "")
    space = white(small / "out/uno/uno-guide-es.pdf")
    # Not what participants hold: the handouts, the cards, and what falls on their backs.
    ours = [
        mm
        for mm, text in zip(space, pages, strict=True)
        if not re.search(r"M1 · Hoja \d página|Esta cara queda en blanco", text)
    ]
    assert len(ours) > 6
    assert max(ours) < 50


def test_at_a_glance_the_lines_of_an_entry_begin_below_each_other(small: Path) -> None:
    sectors = small / "data/sectors.yml"
    long = "Personas trabajadoras no asalariadas, de la calle y del Metro"
    sectors.write_text(sectors.read_text().replace("Trabajadoras del hogar", long, 1))
    [sheet] = printed(small, small / "out", "uno", langs="es")
    page = pypdfium2.PdfDocument(sheet.path)[0].get_textpage()
    boxes = [page.get_rect(number) for number in range(page.count_rects())]
    at = next(number for number, box in enumerate(boxes) if page.get_text_bounded(*box).startswith("Personas trab"))
    first, second = boxes[at : at + 2]
    assert second[3] < first[3]
    assert second[0] == pytest.approx(first[0], abs=0.6)


def test_pictures_are_known_from_text() -> None:
    w = words("es")
    assert tidy('<p><img src="a.svg" alt="a"></p>', set(), w).startswith('<p class="picture">')
    assert tidy('<p><img src="a.svg" alt="a"> y texto</p>', set(), w).startswith("<p><img")


def test_days_of_checking_and_facts_said_before_are_said_once(small: Path) -> None:
    page = small / "modules/uno/index.es.md"
    page.write_text(page.read_text().replace("[@F02]", "[@F02] [@F03]"))
    [sheet] = printed(small, small / "out", "uno", langs="es")
    text = " ".join(texts(sheet.path))
    facts = text[text.index("Datos citados y sus fuentes") : text.index("Sobre esta guía")]
    dates = "Texto verificado el 1 de junio de 2026; revisar antes del 31 de enero de 2027."
    assert facts.count(dates) == 1
    assert f"Datos 2 a 3. {dates}" in facts
    assert "1, el dato 1 de arriba." in facts


def test_columns_to_be_written_in_are_wide_enough(small: Path) -> None:
    page = small / "modules/uno/handouts/hoja.es.md"
    told = "Un texto largo que se lleva todo el ancho que haya en la hoja " * 2
    page.write_text(f'---\ntitle: "Mi mapa"\n---\n\n| Qué | Día | Sí |\n| --- | --- | --- |\n| {told} | | |\n')
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("handouts",))
    words_ = pypdfium2.PdfDocument(sheet.path)[0].get_textpage()
    left = {
        words_.get_text_bounded(*box).strip(): box[0]
        for box in (words_.get_rect(number) for number in range(words_.count_rects()))
    }
    assert (left["Sí"] - left["Día"]) / 72 * 25.4 >= 15


def test_a_table_that_is_all_to_be_written_in_is_known() -> None:
    w = words("es")
    head = "<table>\n<thead>\n<tr><th>Día</th></tr></thead>\n<tbody>\n<tr>\n<td>"
    assert tidy(f"{head}</td>\n</tr>\n</tbody></table>", set(), w).startswith('<table class="fields">')
    assert tidy(f"{head}Lunes</td>\n</tr>\n</tbody></table>", set(), w).startswith("<table>")
    assert tidy(f"{head}</td></tr></tbody></table>{head}a</td></tr></tbody></table>", set(), w).count("fields") == 1


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_count_of_a_large_group_stays_on_one_page(small: Path, paper: str) -> None:
    meta = small / "modules/uno/module.yml"
    meta.write_text(re.sub(r"group: \{min: (\d+), max: \d+\}", r"group: {min: \1, max: 36}", meta.read_text()))
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("forms",), paper=paper)
    [page] = [text for text in texts(sheet.path) if "Asistencia, por conteo" in text]
    assert "PRIVACIDAD" in page


def test_below_a_table_a_rule_is_where_to_cut(small: Path) -> None:
    """Dashed, midway between the two tables, which stay whole."""
    table = "| Da | Pide |\n|---|---|\n| Techo | Nada |\n"
    for lang in ("es", "en"):
        page = small / f"modules/uno/handouts/hoja.{lang}.md"
        page.write_text(f'---\ntitle: "Hojas"\n---\n\n{table}\n---\n\n{table}')
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("handouts",))
    ink = (
        pypdfium2.PdfDocument(sheet.path)[0]
        .render(scale=4)
        .to_pil()
        .convert("L")
        .point(lambda grey: grey < 128 and 255)
    )
    width, height = ink.size
    # How much of each row of pixels is ink: in a table's border all of it, in a dashed rule about half.
    rows = ink.crop((width // 10, height // 8, width - width // 10, height // 2)).resize(
        (1, height // 2 - height // 8), 4
    )
    shares = list(rows.get_flattened_data())
    full = [y for y, share in enumerate(shares) if share > 240]
    dashed = [y for y, share in enumerate(shares) if 90 < share < 200]
    [above, below] = [max(y for y in full if y < dashed[0]), min(y for y in full if y > dashed[-1])]
    assert abs((dashed[0] - above) - (below - dashed[-1])) <= 12


def test_pages_of_a_sheet_that_is_cut_have_white_backs(small: Path) -> None:
    """Else cutting one page would cut the other; the guide and the handouts by themselves alike."""
    pieces = "\n---\n\n".join(f"| Da | Pide |\n|---|---|\n| Pieza {name} | Nada |\n\n" for name in "ABC")
    for lang in ("es", "en"):
        (small / f"modules/uno/handouts/hoja.{lang}.md").write_text(f'---\ntitle: "Hojas"\n---\n\n{pieces}')
    meta = small / "modules/uno/module.yml"
    meta.write_text(meta.read_text().replace("kind: sheet, pages: 1", "kind: sheet, pages: 2"))
    for sheet in printed(small, small / "out", "uno", langs="es", kinds=("guide", "handouts")):
        assert sheet.warnings == ()
        pages = texts(sheet.path)
        [first, second, third] = [only(["", *pages], f"Pieza {name}") for name in "ABC"]
        assert (second, third) == (first, first + 2)
        assert "Pieza" not in pages[first]


def test_a_day_of_publication_is_not_a_day_of_checking(small: Path) -> None:
    with (small / "data/sources.yml").open("a") as sources:
        sources.write('- {id: DIARIO, title: "Nota", publisher: "Diario", date: "2021-02", lang: es, kind: press}\n')
    facts = small / "data/facts.yml"
    text = facts.read_text().replace("sources: [{id: LEY}]\n  jurisdiction: federal\n  valid_as_of: 2026-06-01", (
        "sources: [{id: DIARIO}]\n  jurisdiction: federal\n  valid_as_of: 2021-02-01"
    ))  # fmt: skip
    facts.write_text(text)
    [sheet] = printed(small, small / "out", "uno", langs="es")
    whole = " ".join(texts(sheet.path))
    assert "Publicado: febrero de 2021" in whole
    assert "verificado el 1 de febrero de 2021" not in whole
