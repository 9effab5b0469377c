"""Nothing on a sheet is drawn finer than a point, as it comes to stand there: a third copy would lose it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from curriculum.print import EDITIONS, Sheet
from tests.conftest import HERE
from tests.print.conftest import printed

Suite = dict[tuple[str, str], Sheet]

FINEST = 0.99  # points: what is one point may be written as 0.9999
FINE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" fill="none" stroke="#000" stroke-width="1">
<rect x="20" y="20" width="360" height="360"/><g transform="scale(0.5)"><path d="M100 400H700"/></g></svg>
"""

BORDER = re.compile(r"border(?:-\w+)*: ([^;}]*)")
LENGTH = re.compile(r"(?<![\w.])([0-9.]*[1-9][0-9.]*)(pt|mm|px|em)")
POINTS = {"pt": 1, "mm": 72 / 25.4, "px": 0.75, "em": 8}


def widths(path: Path) -> Iterator[tuple[int, float]]:
    """The width in points of everything drawn on a page, with the page: of strokes, and of bars that are filled."""
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        for one in page.get_objects(max_depth=8):
            if one.type != raw.FPDF_PAGEOBJ_PATH:
                continue
            fill, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
            assert raw.FPDFPath_GetDrawMode(one.raw, fill, stroked)
            if stroked.value:
                assert raw.FPDFPageObj_GetStrokeWidth(one.raw, width)
                a, b, c, d, _, _ = one.get_matrix().get()
                yield number, width.value * sqrt(abs(a * d - b * c))
            elif fill.value:
                left, bottom, right, top = one.get_bounds()
                yield number, min(right - left, top - bottom)


def test_no_style_asks_for_a_finer_border() -> None:
    styles = sorted((HERE.parent / "overrides/print").glob("*.css"))
    assert styles
    for path in styles:
        for border in BORDER.findall(path.read_text()):
            lines = 3 if "double" in border else 1  # and the white between the two
            assert all(float(n) * POINTS[unit] / lines >= FINEST for n, unit in LENGTH.findall(border)), (path, border)


@pytest.mark.parametrize("kind", [*EDITIONS, "book", "icebreakers"])
def test_nothing_is_finer_than_a_point(suite: Suite, kind: str) -> None:
    found = list(widths(suite[kind, "es"].path))
    assert found
    assert [one for one in found if one[1] < FINEST] == []


def test_a_drawing_keeps_its_lines_however_small_it_is(small: Path) -> None:
    (small / "modules/uno/images/fina.svg").write_text(FINE)
    page = small / "modules/uno/handouts/hoja.es.md"
    page.write_text(
        '---\ntitle: "Mi mapa"\n---\n\n| Qué | Día |\n| --- | --- |\n'
        "| ![Un cuadro](../images/fina.svg){.icon} | |\n\n![Un cuadro](../images/fina.svg){.full}\n"
    )
    [sheet] = printed(small, small / "out", "uno", langs="es", kinds=("handouts",))
    drawn = [width for number, width in widths(sheet.path) if number == 0]
    assert min(drawn) == pytest.approx(1, abs=0.01)
