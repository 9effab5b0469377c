"""Every paper that is not imposed is PDF/A-3a and PDF/UA-1 at once; what the validators cannot see is asserted here."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from curriculum.print import EDITIONS, Sheet
from tests.conftest import HERE
from tests.print.conftest import printed
from tests.print.test_guide import elements

Suite = dict[tuple[str, str], Sheet]
TAGGED = tuple(kind for kind in (*EDITIONS, "book") if kind != "booklet")


@pytest.fixture(scope="module")
def a4(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """The English papers of `uno` on A4, by kind."""
    root = tmp_path_factory.mktemp("a4") / "small"
    shutil.copytree(HERE / "small", root, ignore=shutil.ignore_patterns("build"))
    sheets = printed(root, root / "out", "uno", langs="en", paper="a4", kinds=EDITIONS)
    return {sheet.kind: sheet for sheet in sheets}


def test_conforms(suite: Suite, a4: dict[str, Sheet], vera: Callable[..., str]) -> None:
    papers = [suite[kind, lang].path for kind in TAGGED for lang in ("es", "en")]
    papers += [sheet.path for kind, sheet in a4.items() if kind != "booklet"]
    report = vera(*papers)
    assert len(re.findall("^PASS", report, re.MULTILINE)) == 2 * len(papers), report


def test_qpdf_finds_nothing_wrong(suite: Suite, a4: dict[str, Sheet]) -> None:
    for sheet in (*suite.values(), *a4.values()):
        job = pikepdf.Job(["qpdf", "--check", str(sheet.path)])
        job.run()
        assert job.exit_code == 0, sheet.path


def test_a4_is_a4(a4: dict[str, Sheet]) -> None:
    for kind, sheet in a4.items():
        assert sheet.warnings == ()
        with pikepdf.open(sheet.path) as document:
            sizes = {tuple(round(float(side), 1) for side in page.MediaBox[2:]) for page in document.pages}
        assert sizes == {(841.9, 595.3) if kind == "booklet" else (595.3, 841.9)}, kind


@pytest.fixture(params=TAGGED)
def paper(request: pytest.FixtureRequest, suite: Suite) -> Iterator[pikepdf.Pdf]:
    """The Spanish paper of each tagged kind."""
    with pikepdf.open(suite[request.param, "es"].path) as document:
        yield document


def test_says_what_it_is_in_which_language(paper: pikepdf.Pdf) -> None:
    assert str(paper.Root.Lang) == "es-MX"
    assert paper.Root.MarkInfo.Marked
    assert paper.Root.ViewerPreferences.DisplayDocTitle
    assert str(paper.docinfo.Title)
    xmp = paper.open_metadata()
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")


def test_headings_begin_with_the_first_level_and_skip_none(paper: pikepdf.Pdf) -> None:
    levels = [int(str(one.S)[2]) for one in elements(paper.Root.StructTreeRoot) if re.fullmatch("/H[1-6]", str(one.S))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_pictures_are_described_and_tables_have_headers(paper: pikepdf.Pdf) -> None:
    tables = 0
    for element in elements(paper.Root.StructTreeRoot):
        if element.S == "/Figure":
            assert str(element.Alt)
        elif element.S == "/TH":
            assert str(element.A.Scope) in ("/Row", "/Column")
        elif element.S == "/Table":
            tables += 1
            assert [one for one in elements(element) if one.S == "/TH"]
    assert tables or "/Names" in paper.Root


def spoken(node: Any, marks: dict[tuple[tuple[int, int], int], tuple[float, float]]) -> Iterator[Any]:
    """Where each piece of text stands, in the order in which a screen reader says them: (page, height)."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            place = marks.get((node.Pg.objgen, kid))
            if place:
                yield place
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from spoken(kid, marks)


def test_reading_order_is_the_order_on_the_page(suite: Suite) -> None:
    """Down the page, on each page after the one before: what is said next never stands on an earlier page, and stands
    higher on its page only where a column, a cell or a picture beside begins."""
    for kind in ("plan", "forms", "handouts", "guide"):
        with pikepdf.open(suite[kind, "es"].path) as document:
            marks: dict[tuple[tuple[int, int], int], tuple[float, float]] = {}
            for number, page in enumerate(document.pages):
                current = None
                for op in pikepdf.parse_content_stream(page):
                    if str(op.operator) == "BDC" and "/MCID" in op.operands[1]:
                        current = int(op.operands[1].MCID)
                    elif str(op.operator) == "Tm" and current is not None:
                        marks.setdefault((page.objgen, current), (number, float(op.operands[5])))
            order = list(spoken(document.Root.StructTreeRoot, marks))
            pages = [page for page, _ in order]
            assert pages == sorted(pages), kind
            assert len(order) > 20
            # WeasyPrint's y grows downwards before its page matrix, so later is larger.
            risen = sum(after < before - 40 for (p, before), (q, after) in pairwise(order) if p == q)
            assert risen < len(order) * 0.2, (kind, risen, len(order))


def test_passages_in_another_language_say_so(small: Path) -> None:
    """A handout that exists only in English is marked as English in the Spanish papers, and the foot says it."""
    (small / "modules/uno/handouts/hoja.es.md").unlink()
    sheets = printed(small, small / "out", "uno", langs="es", kinds=("guide", "handouts", "large"))
    for sheet in sheets:
        with pikepdf.open(sheet.path) as document:
            langs = {str(one.Lang) for one in elements(document.Root.StructTreeRoot) if "/Lang" in one}
            assert str(document.Root.Lang) == "es-MX"
            assert "en" in langs, sheet.kind


def test_only_guide_and_book_carry_their_source(suite: Suite) -> None:
    for (kind, _), sheet in suite.items():
        with pikepdf.open(sheet.path) as document:
            assert bool(document.attachments) == (kind in ("guide", "book")), kind
            for attached in document.attachments.values():
                assert attached.relationship == pikepdf.Name.Source


def test_type_is_ours_and_whole(suite: Suite) -> None:
    for sheet in suite.values():
        with pikepdf.open(sheet.path) as document:
            fonts = [
                item
                for item in document.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
            ]
            assert fonts
            for font in fonts:
                assert "Atkinson" in str(font.FontName)
                assert "/FontFile2" in font or "/FontFile3" in font


def test_signs_are_drawn_and_lines_are_black(suite: Suite) -> None:
    for sheet in suite.values():
        with pikepdf.open(sheet.path) as document:
            streams = [page.obj for page in document.pages]
            streams += [
                item
                for item in document.objects
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
            ]
            for stream in streams:
                for op in pikepdf.parse_content_stream(stream):
                    if str(op.operator) in ("rg", "RG", "g", "G"):
                        assert {float(value) for value in op.operands} in ({0.0}, {1.0}), sheet.kind
                    elif str(op.operator) == "w" and sheet.kind not in ("large", "book"):
                        assert float(op.operands[0]) >= 0.7, (sheet.kind, op)
