"""What a facilitator finds in a guide, and what a reader of any kind finds in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from curriculum.print import Sheet
from tests.conftest import HERE
from tests.print.conftest import printed, texts

SESSION = """date: 2026-08-09
start: "17:00"
place: market
organisations: [ejemplo-hogar]
modules: [uno]
people: 12
"""


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_only_editions_in_their_own_language_are_printed(small: Path, tmp_path: Path) -> None:
    sheets = printed(small, tmp_path / "out", "solo-es", "only-en")
    assert [(sheet.module, sheet.lang) for sheet in sheets] == [("solo-es", "es"), ("only-en", "en")]
    assert sheets[0].path == tmp_path / "out/solo-es/solo-es-guide-es.pdf"
    assert sheets[0].path.stat().st_size == sheets[0].bytes


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", ["Uno: el mapa", "Guía para facilitar", "75", "6–20", "Plan de la sesión", "0:10–0:15", "Mi reloj"]),
        ("en", ["One: the map", "Facilitator guide", "75", "6–20", "Session plan", "0:10–0:15", "My clock"]),
    ],
)  # fmt: skip
def test_first_page_is_the_session_plan(guides: dict[str, Sheet], lang: str, words: list[str]) -> None:
    page = texts(guides[lang].path)[0]
    assert [word for word in words if word.casefold() not in page.casefold()] == []


def test_guide_has_all_its_parts_in_order(guides: dict[str, Sheet]) -> None:
    text = " ".join(texts(guides["es"].path))
    parts = [
        "Plan de la sesión", "Qué llevar", "Copiar la hoja", "Haga un círculo", "DIGA", "PREGUNTE",
        "ESCUCHE", "SI FALTA TIEMPO", "Información clave", "Datos citados", "Sobre esta guía", "Mi mapa",
        "De dónde viene", "Recorte por las líneas", "Reversos", "Hoja de evaluación", "Antes", "Después",
        "Registro de la sesión", "No escriba nombres",
    ]  # fmt: skip
    at = 0
    for part in parts:
        at = text.casefold().find(part.casefold(), at)
        assert at >= 0, part


@pytest.mark.parametrize(
    ("lang", "footer", "language"), [("es", "página {} de {}", "Español"), ("en", "page {} of {}", "English")]
)
def test_every_page_says_which_it_is(guides: dict[str, Sheet], lang: str, footer: str, language: str) -> None:
    pages = texts(guides[lang].path)
    assert len(pages) == guides[lang].pages
    for number, page in enumerate(pages, 1):
        assert footer.format(number, len(pages)) in page
        assert f"prueba.example.org/{'' if lang == 'es' else 'en/'}1 · M1 · " in page
        assert "0.2.0" in page
        assert language in page
        assert "2026" in page
        assert "2027" in page
    assert "M1 · " in pages[1]


def test_instructions_keep_their_numbers(guides: dict[str, Sheet]) -> None:
    # Numbers are drawn after the text that they stand beside.
    assert "1. 2." in " ".join(texts(guides["es"].path))


def test_handouts_have_pages_of_their_own(guides: dict[str, Sheet]) -> None:
    pages = [page for page in texts(guides["es"].path) if "M1 · Hoja" in page and "página" in page]
    assert ["Mi mapa" in page for page in pages if "M1 · Hoja 1 página" in page] == [True]
    assert len([page for page in pages if "M1 · Hoja 2 página" in page]) == 2


def test_what_is_copied_or_cut_shares_its_leaf_with_nothing(suite: dict[tuple[str, str], Sheet]) -> None:
    pages = texts(suite["guide", "es"].path)
    first = {
        number: next(at for at, page in enumerate(pages) if f"M1 · Hoja {number} página" in page) for number in "123"
    }
    after = next(at for at, page in enumerate(pages) if "E01" in page)
    # Counted from 0, the right side of a leaf is even.
    assert [at % 2 for at in (*first.values(), after)] == [0, 0, 0, 0]
    for at in (first["1"] + 1, first["3"] + 1):
        assert "Esta cara queda en blanco" in pages[at]
    # The cards' own backs are behind them: no leaf more than is needed.
    assert first["3"] == first["2"] + 2


def test_a_cut_line_on_every_edge_of_the_cards(guides: dict[str, Sheet]) -> None:
    document = pypdfium2.PdfDocument(guides["es"].path)
    fronts, backs = (page for page in document if "M1 · Hoja 2\r\npágina" in page.get_textpage().get_text_bounded())
    for page in (fronts, backs):
        ink = page.render(scale=4).to_pil().convert("L").point(lambda grey: grey < 128 and 255)
        width, height = ink.size
        # In the left margin, as far in as the cards begin: dashes down one column, above and below each other.
        edge = ink.crop((width // 20, height // 8, width // 14, height // 4))
        columns = [sum(edge.crop((x, 0, x + 1, edge.height)).histogram()[255:]) for x in range(edge.width)]
        assert max(columns) > edge.height / 3


def test_backs_of_cards_are_mirrored(guides: dict[str, Sheet]) -> None:
    fronts, backs = (page for page in texts(guides["es"].path) if "M1 · Hoja 2 página" in page)
    assert fronts.index("El sol cansa") < fronts.index("Nadie se enferma")
    assert backs.index("Mito") < backs.index("Verdad")


def test_evaluation_asks_before_and_after(guides: dict[str, Sheet]) -> None:
    page = next(page for page in texts(guides["es"].path) if "Hoja de evaluación" in page and "E01" in page)
    assert "nada algo mucho Antes Después" in page
    assert "Se espera: Uno que se pueda nombrar." in page


def test_a_version_names_its_sessions_by_day_and_place(small: Path) -> None:
    (small / "data/sessions").mkdir(exist_ok=True)
    (small / "data/sessions/2026-08-09-mercado.yml").write_text(SESSION)
    meta = small / "modules/uno/module.yml"
    text = meta.read_text()
    meta.write_text(text.replace('en: "More time"}', 'en: "More time", after: [2026-08-09-mercado]}'))
    for lang, says in (("es", "9 de agosto de 2026, mercado o tianguis"), ("en", "9 August 2026, market")):
        [sheet] = printed(small, small / "out", "uno", langs=lang)
        whole = " ".join(texts(sheet.path))
        assert says in whole
        assert "2026-08-09-mercado" not in whole


def test_outline_names_steps_and_handouts(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        [root] = outline.root
        titles = [item.title for item in root.children]
    assert root.title == "Uno: el mapa"
    assert [title for title in titles if title[0].isdigit() or title.startswith("M1")] == [
        "1 · Apertura", "2 · Práctica", "M1 · Hoja 1 · Mi mapa", "M1 · Hoja 2 · Tarjetas",
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "locale"), [("es", "es-MX"), ("en", "en-GB")])
def test_file_says_what_it_is(guides: dict[str, Sheet], lang: str, locale: str) -> None:
    with pikepdf.open(guides[lang].path) as document:
        root = document.Root
        assert str(root.Lang) == locale
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        xmp = document.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert str(document.docinfo.Title).startswith(xmp["dc:title"][:4])
        assert str(document.docinfo.CreationDate).startswith("D:20261001")
        assert str(document.docinfo.ModDate).startswith("D:20261101")


def test_fonts_are_embedded_and_ours(pdf: pikepdf.Pdf) -> None:
    fonts = [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    for font in fonts:
        assert "Atkinson" in str(font.FontName)
        assert "/FontFile2" in font or "/FontFile3" in font


def test_tags_are_mended(pdf: pikepdf.Pdf) -> None:
    found = list(elements(pdf.Root.StructTreeRoot))
    kinds = {str(element.S) for element in found}
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/LBody", "/Table", "/TH", "/TD", "/Link", "/Figure"} <= kinds
    for element in found:
        above = str(element.P.get("/S", ""))
        if element.S == "/Figure":
            assert str(element.Alt)
            left, bottom, right, top = (float(side) for side in element.A.BBox)
            assert 0 <= left < right <= 612
            assert 0 <= bottom < top <= 792
        elif element.S == "/TH":
            assert str(element.A.Scope) in ("/Row", "/Column")
        elif element.S == "/LBody":
            assert above == "/LI"
        elif element.S == "/LI":
            assert above == "/L"
        elif element.S in ("/Span", "/P", "/NonStruct"):
            assert len(element.K)


def test_running_titles_are_artifacts(pdf: pikepdf.Pdf) -> None:
    second = pikepdf.parse_content_stream(pdf.pages[1])
    kinds = [
        str(op.operands[1].get("/Subtype")) for op in second if str(op.operator) == "BDC" and "/Type" in op.operands[1]
    ]
    assert set(kinds) == {"/Header", "/Footer"}


def test_black_on_white(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for op in pikepdf.parse_content_stream(page):
            if str(op.operator) in ("rg", "RG", "g", "G"):
                assert {float(value) for value in op.operands} in ({0.0}, {1.0})
            elif str(op.operator) == "w":
                # Rules thinner than 0.7 points vanish in the copier; one is 4/3 of a pixel.
                assert float(op.operands[0]) >= 0.7


def test_boxes_are_drawn_and_lines_are_lines(guides: dict[str, Sheet]) -> None:
    text = " ".join(texts(guides["es"].path))
    assert not set(text) & set("☐☑□■✓✔")
    assert "__" not in text


def test_source_travels_with_the_paper(pdf: pikepdf.Pdf) -> None:
    source = (HERE / "small/modules/uno/index.es.md").read_bytes()
    assert set(pdf.attachments) == {"index.es.md", "hoja.es.md", "tarjetas.es.md"}
    attached = pdf.attachments["index.es.md"]
    assert attached.get_file().read_bytes() == source
    assert attached.relationship == pikepdf.Name.Source
    assert attached.get_file().creation_date.date().isoformat() == "2026-11-01"


def test_qr_is_large_enough(pdf: pikepdf.Pdf) -> None:
    code = next(element for element in elements(pdf.Root.StructTreeRoot) if element.S == "/Figure")
    assert "prueba.example.org/1" in str(code.Alt)
    left, _, right, _ = (float(side) for side in code.A.BBox)
    # 29 modules and 8 of white: the code itself is 30 mm or more.
    assert (right - left) / 72 * 25.4 * 29 / 37 >= 30


def test_no_address_no_qr(small: Path, tmp_path: Path) -> None:
    platform = small / "data/platform.yml"
    platform.write_text(platform.read_text().replace("site_url: https://prueba.example.org/\n", ""))
    [sheet] = printed(small, tmp_path / "out", "solo-es")
    assert sheet.warnings == ()
    assert "QR" not in " ".join(texts(sheet.path))


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.28, 841.89))])
def test_paper_size(small: Path, tmp_path: Path, paper: str, size: tuple[float, float]) -> None:
    [sheet] = printed(small, tmp_path / "out", "solo-es", paper=paper)
    with pikepdf.open(sheet.path) as document:
        box = [float(side) for side in document.pages[0].MediaBox]
    assert box[2:] == pytest.approx(size, abs=0.05)


def test_conforms(guides: dict[str, Sheet], vera: Callable[..., str]) -> None:
    report = vera(*(sheet.path for sheet in guides.values()))
    assert len(re.findall("^PASS", report, re.MULTILINE)) == 4, report
