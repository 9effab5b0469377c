"""Single pages as a hand meets them: what stands above the footer, in the middle, on a leaf of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from curriculum.print import Sheet
from tests.print.conftest import printed, texts
from tests.print.test_layout import STEPS

Suite = dict[tuple[str, str], Sheet]

DOTS = 144  # an inch
NEAR = 8 / 25.4 * DOTS  # two rules closer to each other read as a double one


def rules(page: pypdfium2.PdfPage) -> list[int]:
    """How far down, in dots, rules run across the page. The edges of tables and boxes, which have sides, are none."""
    image = page.render(scale=DOTS / 72).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
    if (box := image.getbbox()) is None:
        return []
    left, _, right, _ = box
    strip = image.crop((left, 0, right, image.height))
    shares = list(strip.resize((1, image.height), 4).get_flattened_data())
    found = [y for y, share in enumerate(shares) if share > 240 and shares[y - 1] <= 240]
    return [y for y in found if not _sided(strip, y)]


def _sided(strip: object, y: int) -> bool:
    """Whether something goes straight up from the left end of a rule."""
    side = strip.crop((0, y - 12, 6, y - 2)).resize((6, 1), 4)  # type: ignore[attr-defined]
    return max(side.get_flattened_data()) > 240


def doubled(path: Path) -> Iterator[int]:
    """The pages, from 1, on which a rule runs so close above that of the footer that both read as one."""
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        found = rules(page)
        if any(0 < found[-1] - y < NEAR for y in found[:-1]):
            yield number


def test_no_rule_doubles_that_of_the_footer(suite: Suite) -> None:
    """Lines to write on end well above it, wherever a page ends; of others there are none."""
    kinds = ("guide", "handouts", "large", "forms", "book", "icebreakers")
    found = {(kind, lang): list(doubled(suite[kind, lang].path)) for kind in kinds for lang in ("es", "en")}
    assert not {key: pages for key, pages in found.items() if pages}
    # The footer's own rule is seen, and lines to write on are.
    assert any(len(rules(page)) > 8 for page in pypdfium2.PdfDocument(suite["forms", "es"].path))


@pytest.mark.parametrize("pauses", range(1, 5))
def test_what_is_written_after_a_session_keeps_off_the_footer(small: Path, pauses: int) -> None:
    """The record ends its pages elsewhere with each row of the plan."""
    meta = small / "modules/uno/module.yml"
    pause = "  - {id: descanso, minutes: 5, kind: break}\n"
    more = "".join(pause.replace("descanso", f"descanso-{number}") for number in range(pauses))
    meta.write_text(meta.read_text().replace(pause, pause + more))
    sheets = printed(small, small / "out", "uno", langs="es", kinds=("large", "forms"))
    assert {sheet.kind: list(doubled(sheet.path)) for sheet in sheets} == {"large": [], "forms": []}


def test_pictures_of_a_step_stand_in_the_middle(small: Path) -> None:
    page = small / "modules/uno/index.es.md"
    head = page.read_text().partition("## Apertura")[0]
    page.write_text(head + STEPS.format(before="", after=""))
    for kind in ("guide", "large"):
        [sheet] = printed(small, small / "out", "uno", langs="es", kinds=(kind,))
        drawn = _between(sheet.path, "Dibujar el mapa.", "Primera instrucción")
        assert abs(drawn[0] - drawn[1]) < 6, kind


def _between(path: Path, above: str, below: str) -> tuple[float, float]:
    """The points that stay white to the left and right of what is drawn between two lines of text."""
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        said = [text.get_text_bounded(*box) for box in boxes]
        if (top := _found(said, above)) is not None and (low := _found(said, below)) is not None:
            image = page.render(scale=1).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
            height = image.height
            cut = image.crop((0, round(height - boxes[top][1]) + 2, image.width, round(height - boxes[low][3]) - 4))
            box = cut.getbbox()
            assert box is not None
            return box[0], image.width - box[2]
    raise AssertionError(above)


def _found(said: list[str], words: str) -> int | None:
    """Which line has the words last: a purpose is in the agenda too."""
    return next((number for number in reversed(range(len(said))) if words in said[number]), None)


def test_own_questions_are_counted_on_from_moment_to_moment(small: Path) -> None:
    questions = small / "data/questions.yml"
    text = questions.read_text()
    own = text[text.index("- id: uno-1") :]
    own = own[: own.index("\n- id:", 1) + 1] if "\n- id:" in own[1:] else own
    later = own.replace("moment: after", "moment: later")
    questions.write_text(f"{text.rstrip()}\n{own.replace('uno-1', 'uno-2')}\n{later.replace('uno-1', 'uno-3')}\n")
    meta = small / "modules/uno/module.yml"
    meta.write_text(meta.read_text().replace("[E01, uno-1]", "[E01, uno-1, uno-2, uno-3]"))
    for kind in ("forms", "guide"):
        [sheet] = printed(small, small / "out", "uno", langs="es", kinds=(kind,))
        pages = " ".join(texts(sheet.path))
        sheet_of = pages[pages.index("Hoja de evaluación") :]
        assert re.findall(r"\bM1-\d", sheet_of) == ["M1-1", "M1-2", "M1-3"]


NOTICE = """---
title: "Aviso"
summary: "Se dice y se pega."
---

## Para decir {#decir}

Dígalo despacio.

## Para imprimir {#imprimir .pinned}

Quién guarda los datos: ________.

## Qué dice la ley {#ley}

Mucho [@F02].
"""


def test_in_the_book_what_is_pinned_up_has_a_page_of_its_own(small: Path) -> None:
    (small / "docs").mkdir()
    (small / "docs/privacy.es.md").write_text(NOTICE)
    sheet, *_ = printed(small, small / "out", "uno", langs="es", kinds=("book",))
    assert sheet.path.name == "book-es.pdf"
    assert sheet.warnings == ()
    pages = texts(sheet.path)
    [notice] = [page for page in pages if "Quién guarda los datos" in page]
    assert "Dígalo despacio" not in notice
    assert "Qué dice la ley" not in notice
    # The pages before and after it are ruled to their end.
    document = pypdfium2.PdfDocument(sheet.path)
    at = pages.index(notice)
    assert len(rules(document[at - 1])) > 15
    assert len(rules(document[at + 1])) > 15


def test_sources_follow_the_facts_and_a_page_is_named_after_its_first_line(suite: Suite) -> None:
    pages = texts(suite["book", "es"].path)
    last = pages[-1]
    assert last.startswith("Datos citados")
    assert "Fuentes" in last


def test_the_address_on_a_cover_in_large_print_is_one_line(small: Path) -> None:
    platform = small / "data/platform.yml"
    long = platform.read_text().replace("prueba.example.org", "formacion.personas-trabajadoras.org")
    platform.write_text(long)
    for lang in ("es", "en"):
        [sheet] = printed(small, small / "out", "uno", langs=lang, kinds=("large",))
        text = pypdfium2.PdfDocument(sheet.path)[0].get_textpage().get_text_bounded()
        assert "formacion.personas-trabajadoras.org/" + ("en/1" if lang == "en" else "1") in text


@pytest.mark.parametrize("kind", ["handouts", "booklet"])
def test_copiers_do_not_lose_the_foot_of_what_goes_home(suite: Suite, kind: str) -> None:
    for page in pypdfium2.PdfDocument(suite[kind, "es"].path):
        image = page.render(scale=DOTS / 72).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
        box = image.getbbox()
        assert box is None or (image.height - box[3]) / DOTS * 25.4 >= 8.9


def test_a_sheet_names_its_module_on_every_page_but_that_of_its_title(suite: Suite) -> None:
    pages = texts(suite["handouts", "es"].path)
    assert "M1 · " in pages[0]
    assert any("M1 · " in page.split("Hoja")[0] for page in pages[1:])


def test_a_booklet_says_what_comes_separately(suite: Suite) -> None:
    assert "van aparte: M1 · Hoja 1 Mi mapa" in texts(suite["booklet", "es"].path)[0]


def test_a_booklet_on_a4_fills_its_sheet(small: Path) -> None:
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("booklet",), paper="a4")
    width, height = pypdfium2.PdfDocument(sheet.path)[0].get_size()
    assert (round(width), round(height)) == (842, 595)


def test_the_list_of_copies_says_on_which_sides(small: Path) -> None:
    table = "| Da | Pide |\n|---|---|\n| Techo | Nada |\n"
    page = small / "modules/uno/handouts/hoja.es.md"
    page.write_text(f'---\ntitle: "Hojas"\n---\n\n{table}\n---\n\n{table}')
    """And in the guide on which page of it each sheet is, with the forms at its end."""
    guide, plan = printed(small, small / "out", "uno", langs="es", kinds=("guide", "plan"))
    text = " ".join(texts(guide.path))
    assert re.search(r"Hojas: una copia por persona, por un solo lado \(página \d+\)", text)
    assert re.search(r"M1 · Hoja 2 [^:]*: una copia por mesa, por los dos lados \(página \d+\)", text)
    assert re.search(r"Hoja de evaluación \(página \d+\) Registro de la sesión \(página \d+\)", text)
    text = " ".join(texts(plan.path))
    assert "Hojas: una copia por persona, por un solo lado" in text
    assert "Material: " in text
