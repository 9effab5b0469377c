"""What each kind of paper is for, seen in what it holds and in how it is laid out."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from curriculum.print import Fault, Sheet
from curriculum.print.fold import sides
from tests.print.conftest import printed, texts
from tests.print.test_guide import elements

Suite = dict[tuple[str, str], Sheet]


def test_every_kind_is_clean_and_has_a_name_of_its_own(suite: Suite) -> None:
    assert {key: sheet.warnings for key, sheet in suite.items() if sheet.warnings} == {}
    kinds = ("guide", "handouts", "plan", "large", "booklet", "forms", "book", "icebreakers")
    assert set(suite) == {(kind, lang) for kind in kinds for lang in ("es", "en")}
    for (kind, lang), sheet in suite.items():
        assert sheet.path.name == f"{'' if kind in ('book', 'icebreakers') else 'uno-'}{kind}-{lang}.pdf"


# ── handouts ──


def test_handouts_have_numbers_of_their_own(suite: Suite) -> None:
    pages = texts(suite["handouts", "es"].path)
    labels = [found[0] if (found := re.findall(r"Hoja \d de \d(?: página \d de \d)?", page)) else "" for page in pages]
    # The back of the first and of the poster stay white; the poster's four tiles come after it.
    assert labels == [
        "Hoja 1 de 3", "", "Hoja 2 de 3 página 1 de 2", "Hoja 2 de 3 página 2 de 2", "Hoja 3 de 3", "", "", "", "",
    ]  # fmt: skip


def test_handouts_are_for_participants_only(suite: Suite) -> None:
    text = " ".join(texts(suite["handouts", "es"].path))
    assert "Mi mapa" in text
    for word in ("Diga", "Pregunte", "Plan de la sesión", "Hoja de evaluación", "Objetivos", "Qué llevar"):
        assert word.casefold() not in text.casefold()


def test_backs_fall_behind_their_fronts(suite: Suite) -> None:
    pages = texts(suite["handouts", "es"].path)
    front = next(number for number, page in enumerate(pages) if "El sol cansa" in page)
    # Counted from 0, a front is on an even page: the right side of a leaf.
    assert front % 2 == 0
    assert "Verdad" in pages[front + 1]
    assert pages[front + 1].index("Mito") < pages[front + 1].index("Verdad")


def test_cards_with_one_side_have_nothing_behind_them(small: Path) -> None:
    rows = "\n".join(f"- Tarjeta {number}" for number in range(1, 11))
    for lang in ("es", "en"):
        (small / f"modules/uno/handouts/tarjetas.{lang}.md").write_text(f'---\ntitle: "Tarjetas"\n---\n\n{rows}\n')
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("handouts",))
    assert sheet.warnings == ()
    pages = texts(sheet.path)
    assert [bool(page) for page in pages] == [True, False, True, False, True]
    assert "Tarjeta 1" in pages[2]
    assert "página 1 de 2" in pages[2]
    assert "Tarjeta 9" in pages[4]
    assert "página 2 de 2" in pages[4]


def test_cards_carry_no_number_where_its_list_is_not(suite: Suite) -> None:
    backs = {
        kind: next(page for page in texts(suite[kind, "es"].path) if "Mito" in page and "Hoja 2" in page)
        for kind in ("guide", "handouts")
    }
    assert re.search(r"Verdad ?\[\d\]", backs["guide"])
    assert "[" not in backs["handouts"]


def test_white_backs_are_wholly_white(suite: Suite) -> None:
    document = pypdfium2.PdfDocument(suite["handouts", "es"].path)
    assert document[1].render(scale=1).to_pil().convert("L").getextrema() == (255, 255)


def test_poster_comes_as_tiles_that_nobody_hears_twice(suite: Suite) -> None:
    path = suite["handouts", "es"].path
    pages = texts(path)
    poster = next(number for number, page in enumerate(pages) if "Hoja 3 de 3" in page)
    tiles = pages[poster + 1 :]
    assert len(tiles) == 4
    for number, page in enumerate(tiles, 1):
        assert f"parte {number} de 4" in page
    with pikepdf.open(path) as document:
        shown = {page.objgen for page in document.pages[poster + 1 :]}
        tagged = {
            element.Pg.objgen
            for element in elements(document.Root.StructTreeRoot)
            if "/Pg" in element and len(element.K)
        }
        assert not shown & tagged
        for page in document.pages[poster + 1 :]:
            operators = [str(op.operator) for op in pikepdf.parse_content_stream(page)]
            assert "BDC" in operators
            assert not any(
                "/MCID" in op.operands[1] for op in pikepdf.parse_content_stream(page) if str(op.operator) == "BDC"
            )


def test_tiles_overlap_and_make_the_poster(suite: Suite) -> None:
    """Each tile shows its quarter of the poster at twice the size, and the same centimetre as its neighbour."""
    document = pypdfium2.PdfDocument(suite["handouts", "es"].path)
    dots = 72 / 25.4 * 2
    first = len(document) - 4
    window = (15.5, 12, 15.5 + 184.9, 12 + 249.4)

    def tile(number: int):  # type: ignore[no-untyped-def]
        image = document[first + number].render(scale=2).to_pil().convert("L")
        return image.crop(tuple(round(side * dots) for side in window))

    west, east = tile(0), tile(1)
    # Without the marks: a strip inside the shared centimetre, well below the top and above the bottom.
    shared = [
        image.crop((left + round(2 * dots), round(20 * dots), left + round(8 * dots), round(230 * dots)))
        for image, left in ((west, round(174.9 * dots)), (east, 0))
    ]
    ink = [sum(pixel < 128 for pixel in image.get_flattened_data()) for image in shared]
    assert min(ink) > 50
    differing = sum(
        (a < 128) != (b < 128) for a, b in zip(*(image.get_flattened_data() for image in shared), strict=True)
    )
    assert differing < min(ink) * 0.2


def test_handout_on_more_pages_than_it_declares(small: Path) -> None:
    file = small / "modules/uno/handouts/hoja.es.md"
    file.write_text(file.read_text() + "\nOtra línea.\n" * 20)
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("handouts",))
    assert sheet.warnings == (Fault("handout-overflow", (("handout", "hoja"), ("pages", "2"), ("declared", "1"))),)


# ── plan ──


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", ["0:00", "10 min", "Apertura", "¿Qué le duele?", "0:10", "Descanso", "0:15", "1:15", "Fin", "hilo"]),
        ("en", ["0:00", "10 min", "Opening", "Where does it hurt?", "0:10", "Break", "0:15", "1:15", "End", "string"]),
    ],
)
def test_plan_is_the_session_on_one_page(suite: Suite, lang: str, words: list[str]) -> None:
    [page] = texts(suite["plan", lang].path)
    assert [word for word in words if word not in page] == []


def test_plan_says_less_until_it_fits(small: Path) -> None:
    page = small / "modules/uno/index.es.md"
    many = "\n".join(f"> - ¿Una pregunta larga, {'muy ' * 60}larga, con el número {number}?" for number in range(6))
    page.write_text(page.read_text().replace("> - ¿Qué le duele?", many))
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("plan",))
    assert (sheet.pages, sheet.warnings) == (1, ())
    [text] = texts(sheet.path)
    assert "número 0" in text
    assert "número 3" not in text


def test_plan_that_never_fits(small: Path) -> None:
    page = small / "modules/uno/index.es.md"
    page.write_text(page.read_text().replace("## Apertura", f"## Apertura {'larga ' * 900}"))
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("plan",))
    assert [fault.rule for fault in sheet.warnings] == ["plan-overflow"]


# ── large print ──


def sizes(path: Path, top: float, bottom: float) -> set[float]:
    """The sizes of type, in points, of what stands between `top` and `bottom`, in points from the bottom edge."""
    found = set()
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, low, right, high = text.get_charbox(index, loose=True)
            if bottom < low and high < top and right > left and text.get_text_range(index, 1).strip():
                found.add(round(pdfium.FPDFText_GetFontSize(text, index), 1))
    return found


def test_large_print_has_no_small_type(suite: Suite) -> None:
    for lang in ("es", "en"):
        assert min(sizes(suite["large", lang].path, top=792 - 55, bottom=86)) >= 18


def test_large_print_has_the_whole_guide(suite: Suite) -> None:
    guide, large = (" ".join(texts(suite[kind, "es"].path)) for kind in ("guide", "large"))
    for part in ("Haga un círculo", "La ley dice una cosa", "Quitar", "Mi mapa", "El sol cansa", "Verdad", "Acuerdos"):
        assert part in guide
        assert part in large
    assert len(texts(suite["large", "es"].path)) > len(texts(suite["guide", "es"].path))


def test_large_print_splits_no_word_and_slants_none(suite: Suite) -> None:
    assert not re.search(r"[a-zñáéíóú]-\s+[a-z]", " ".join(texts(suite["large", "es"].path)))
    with pikepdf.open(suite["large", "es"].path) as document:
        names = {
            str(item.FontName)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
    assert names
    assert not [name for name in names if "Italic" in name or "Oblique" in name]


# ── booklet ──


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (1, [(3, 0), (1, 2)]),
        (4, [(3, 0), (1, 2)]),
        (5, [(7, 0), (1, 6), (5, 2), (3, 4)]),
        (16, [(15, 0), (1, 14), (13, 2), (3, 12), (11, 4), (5, 10), (9, 6), (7, 8)]),
    ],
)
def test_sides_of_a_booklet(pages: int, expected: list[tuple[int, int]]) -> None:
    assert sides(pages) == expected


@pytest.mark.parametrize("pages", range(1, 61))
def test_folded_sheets_turn_page_by_page(pages: int) -> None:
    """The fronts of the sheets one in the other, then leaf by leaf, give the pages in order."""
    found = sides(pages)
    leaves: list[int] = []
    for sheet in range(0, len(found), 2):
        leaves += [found[sheet][1], found[sheet + 1][0]]
    for sheet in reversed(range(0, len(found), 2)):
        leaves += [found[sheet + 1][1], found[sheet][0]]
    assert leaves == list(range(2 * len(found)))
    assert 0 <= len(leaves) - pages < 4


def test_booklet_is_two_pages_a_sheet(suite: Suite) -> None:
    for lang in ("es", "en"):
        sheet = suite["booklet", lang]
        document = pypdfium2.PdfDocument(sheet.path)
        assert len(document) == sheet.pages
        assert len(document) % 2 == 0
        halves: dict[int, int] = {}
        for number, page in enumerate(document):
            width, height = page.get_size()
            assert (round(width), round(height)) == (792, 612)
            left, right = sides(sheet.pages * 2)[number]
            for wanted, (start, end) in ((left, (0, width / 2)), (right, (width / 2, width))):
                foot = page.get_textpage().get_text_bounded(left=start, right=end, bottom=0, top=46)
                halves[wanted] = int(foot.split()[-1])
        assert halves == {page: page + 1 for page in range(sheet.pages * 2)}


def test_booklet_claims_no_accessibility(suite: Suite) -> None:
    with pikepdf.open(suite["booklet", "es"].path) as document:
        assert "/StructTreeRoot" not in document.Root
        assert "/Metadata" not in document.Root
        assert document.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge


def test_inner_sheets_of_a_booklet_move_to_the_fold(suite: Suite) -> None:
    with pikepdf.open(suite["booklet", "es"].path) as document:
        moves = [
            [float(op.operands[4]) for op in pikepdf.parse_content_stream(page) if str(op.operator) == "cm"]
            for page in document.pages
        ]
    assert moves[0] == [0, 396]
    for side, (left, right) in enumerate(moves):
        assert left + right == pytest.approx(396)
        assert left == pytest.approx(side // 2 * 0.28)


# ── forms ──


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("es", ["Aviso de privacidad", "Permiso de palabra", "Asistencia, por", "Hoja de evaluación", "Registro"]),
        ("en", ["Privacy notice", "Spoken consent", "Attendance, by count", "Evaluation sheet", "Session record"]),
    ],
)  # fmt: skip
def test_forms_are_a_sheet_each_and_ask_nobody_who_they_are(suite: Suite, lang: str, parts: list[str]) -> None:
    pages = texts(suite["forms", lang].path)
    at = [next(number for number, page in enumerate(pages) if part in page) for part in parts]
    assert at == sorted(at)
    assert (at[0], at[2], at[3]) == (0, 1, 2)
    text = " ".join(pages)
    for asked in ("Nombre:", "Teléfono:", "Firma", "CURP", "Name:", "Phone:", "Signature"):
        assert asked not in text
    assert "prueba@example.org" in text


# ── book ──


def test_book_has_its_parts_where_the_contents_say(suite: Suite) -> None:
    pages = texts(suite["book", "es"].path)
    contents = next(
        page for page in pages if page.startswith("Prueba: el libro Contenido") or "Contenido Capítulo" in page
    )
    chapters = ("Cómo facilitar", "Uno: el mapa", "Palabras", "Datos citados", "Fuentes")
    for chapter in chapters:
        number = int(re.search(rf"{chapter}(?: \d+)? (\d+) ?", contents.replace("M1 ", ""))[1])  # type: ignore[index]
        assert chapter in pages[number - 1], (chapter, number)
        assert f"página {number} de {len(pages)}" in pages[number - 1]


def test_book_numbers_each_fact_once(suite: Suite) -> None:
    with pikepdf.open(suite["book", "es"].path) as document:
        names = [str(name) for name in document.Root.Names.Dests.Names[::2]]
    assert len([name for name in names if name.startswith("fact-")]) == 2
    assert {"uno-apertura", "uno-handout-hoja", "solo-es-top", "doc-facilitating-antes"} <= set(names)


def test_book_has_the_questions_by_the_codes_that_the_steps_name(suite: Suite) -> None:
    text = " ".join(texts(suite["book", "es"].path))
    asked = "Al empezar y al terminar E01 ¿Qué tanto conozco este tema? nada · algo · mucho Solo al terminar M1-1"
    assert f"Hoja de evaluación {asked}" in text


def test_book_says_where_its_links_lead(suite: Suite) -> None:
    """A module that is in the book by its number or name, a page by its address."""
    pages = texts(suite["book", "es"].path)
    [page] = [page for page in pages if "Lea todo" in page]
    assert "Use el planeador (prueba.example.org/plan)." in page
    assert "· Última versión: " in page
    assert "Verifique de nuevo antes del" in page
    assert "otro módulo (" in " ".join(pages)


def test_book_carries_its_sources(suite: Suite) -> None:
    with pikepdf.open(suite["book", "es"].path) as document:
        assert {"uno.index.es.md", "uno.hoja.es.md", "solo-es.index.es.md"} <= set(document.attachments)
        assert document.attachments["uno.index.es.md"].get_file().creation_date.year == 2026


# ── all ──


def test_no_page_with_a_few_lines_on_it(suite: Suite) -> None:
    """A page that is not white on purpose, nor a part of a poster, holds more than three lines, or a picture."""
    for (kind, _), sheet in suite.items():
        if kind == "book":
            # Its chapters begin on pages of their own, and here some hold a sentence.
            continue
        document = pypdfium2.PdfDocument(sheet.path)
        for number in range(len(document) - (4 if kind == "handouts" else 0)):
            image = document[number].render(scale=0.5).to_pil().convert("L").point(lambda value: 255 * (value < 240))
            width, height = image.size
            body = image.crop((0, round(height * 0.09), width, round(height * 0.88))).getbbox()
            if body:
                assert body[3] - body[1] > 40, (kind, number + 1)


# ── icebreakers ──


def test_icebreakers_are_cards_that_stay_whole(suite: Suite) -> None:
    [page] = texts(suite["icebreakers", "es"].path)
    for said in ("Banco de dinámicas", "La rueda", "Saber quiénes somos.", "10 min · energía media · sin contacto",
                 "1 bola de hilo", "Diga su nombre.", "En sillas."):  # fmt: skip
        assert said in page, said
    assert "The wheel" in texts(suite["icebreakers", "en"].path)[0]
