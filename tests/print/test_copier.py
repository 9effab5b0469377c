"""Paper that was copied from a copy of a copy: its code still leads to the page, and nothing on it is gone.

A cheap copier in black and white smears what it sees (the lens, the toner), makes it a little smaller, unequally in
both directions, and turns it (the glass, the feeder); it knows ink or no ink. Three rounds of that, at 300 dpi.
"""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from curriculum.library import load
from curriculum.print import Sheet, print_all, print_packet
from tests.conftest import HERE, TODAY

Suite = dict[tuple[str, str], Sheet]
Affine = tuple[
    float, float, float, float, float, float
]  # where a point of the result is taken from: ax + by + c, dx + ey + f

DPI = 300
GENERATIONS = 3
SMEAR = 0.07 / 25.4 * DPI  # less than a tenth of a millimetre
ACROSS, ALONG = 0.98, 0.976  # of the width and of the height
TURN = 0.5  # degrees, to one side and to the other
# A copier set too light loses what is thin, one set too dark fills what is narrow.
LEVELS = {"light": 100, "right": 128, "dark": 145}
CELL = round(1.5 / 25.4 * DPI)  # 1.5 mm: about a letter
RULE = round(3 / 25.4 * DPI)  # 3 mm: longer than the stroke of a letter
GAP = round(0.5 / 25.4 * DPI)  # half of what a rule may lack, and as far as it may have moved


def page(path: Path, number: int) -> Image.Image:
    return pypdfium2.PdfDocument(path)[number].render(scale=DPI / 72).to_pil().convert("L")


def glass(size: tuple[int, int], degrees: float) -> Affine:
    """What one copy does to a page, about its middle."""
    x, y = size[0] / 2, size[1] / 2
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    a, b, d, e = cos / ACROSS, sin / ACROSS, -sin / ALONG, cos / ALONG
    return a, b, x - a * x - b * y, d, e, y - d * x - e * y


def after(first: Affine, then: Affine) -> Affine:
    """Both, one after the other."""
    a, b, c, d, e, f = first
    u, v, w, x, y, z = then
    return a * u + b * x, a * v + b * y, a * w + b * z + c, d * u + e * x, d * v + e * y, d * w + e * z + f


def undone(one: Affine) -> Affine:
    a, b, c, d, e, f = one
    whole = a * e - b * d
    return e / whole, -b / whole, (b * f - c * e) / whole, -d / whole, a / whole, (c * d - a * f) / whole


def copied(image: Image.Image, level: int) -> Image.Image:
    """The image after three generations, as it was delivered; black is 0."""
    return _copied(image, level)[0]


def copied_and_laid_on(image: Image.Image, level: int) -> Image.Image:
    """The image after three generations, turned and enlarged back so that it can be laid on the original."""
    image, moved = _copied(image, level)
    return image.transform(image.size, Image.Transform.AFFINE, undone(moved), Image.Resampling.NEAREST, fillcolor=255)


def _copied(image: Image.Image, level: int) -> tuple[Image.Image, Affine]:
    moved: Affine = (1, 0, 0, 0, 1, 0)
    for generation in range(GENERATIONS):
        move = glass(image.size, TURN if generation % 2 else -TURN)
        seen = image.transform(image.size, Image.Transform.AFFINE, move, Image.Resampling.BICUBIC, fillcolor=255)
        image = seen.filter(ImageFilter.GaussianBlur(SMEAR)).point(lambda value: 255 * (value >= level))
        moved = after(moved, move)
    return image, moved


def ink(image: Image.Image) -> Image.Image:
    return image.point(lambda value: 255 * (value < 128))


def vanished(original: Image.Image, copy: Image.Image) -> int:
    """How many cells of the page had ink and have none within a cell's distance in the copy."""
    # A cell counts as inked with at least a hundredth of it: a thin line through it, a dot.
    cells = ink(original).reduce(CELL).point(lambda value: 255 * (value >= 3))
    left = ink(copy).reduce(CELL).point(lambda value: 255 * (value >= 1))
    around = left.filter(ImageFilter.MaxFilter(3))
    return sum(value > 0 for value in ImageChops.subtract(cells, around).get_flattened_data())


def broken(original: Image.Image, copy: Image.Image) -> int:
    """How many pieces of rules, upright or level and 3 mm long, have a gap of a millimetre in the copy."""
    before = ink(original)
    # A box blur has something wherever there is ink within its reach.
    near = ink(copy).filter(ImageFilter.BoxBlur(GAP)).point(lambda value: 255 * (value > 0))
    found = 0
    for piece in ((RULE, 1), (1, RULE)):
        rules = before.reduce(piece).point(lambda value: 255 * (value == 255))
        whole = near.reduce(piece).point(lambda value: 255 * (value == 255))
        found += sum(value > 0 for value in ImageChops.subtract(rules, whole).get_flattened_data())
    return found


@pytest.fixture(scope="module")
def papers(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of every kind in Spanish: the small module's, and the platform's own from the shipped curriculum."""
    root = tmp_path_factory.mktemp("papers")
    shutil.copytree(HERE / "small", root / "small", ignore=shutil.ignore_patterns("build"))
    shipped = print_all(load(HERE.parent, TODAY), [], root / "out", ("wall", "briefing", "poster", "quarter"), jobs=1)
    library = load(root / "small", TODAY)
    session = next(iter(load(HERE.parent, TODAY).sessions.values())).model_copy(
        update={"modules": ["uno"], "breaks": []}
    )
    packet = print_packet(library, session, "", "es", root / "packet.pdf", "letter")
    sheets = (*suite.values(), *shipped, packet)
    return {sheet.kind: sheet.path for sheet in reversed(sheets) if sheet.lang == "es"}


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("guide", "light"),
        ("guide", "dark"),
        ("large", "right"),
        ("booklet", "dark"),
        ("book", "light"),
        ("poster", "dark"),
    ],
)
def test_code_is_read_from_the_third_copy(papers: dict[str, Path], kind: str, level: str) -> None:
    original = page(papers[kind], 0)
    [address] = [found.text for found in zxingcpp.read_barcodes(original)]
    assert address.startswith("https://")
    assert [found.text for found in zxingcpp.read_barcodes(copied(original, LEVELS[level]))] == [address]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("guide", 0),
        ("guide", 1),
        ("handouts", 0),
        ("handouts", 2),  # cards
        ("handouts", -1),  # a tile of the poster
        ("plan", 0),
        ("large", 1),
        ("booklet", 1),
        ("forms", 1),
        ("forms", 2),
        ("book", 0),
        ("book", 1),
        ("icebreakers", 0),
        ("packet", 0),
        ("wall", 0),
        ("briefing", 0),
        ("poster", 0),
        ("quarter", 0),
    ],
)
def test_nothing_vanishes_and_no_rule_is_broken(papers: dict[str, Path], kind: str, number: int) -> None:
    """Not even where the copier is set too light."""
    pages = len(pypdfium2.PdfDocument(papers[kind]))
    original = page(papers[kind], number % pages)
    copy = copied_and_laid_on(original, LEVELS["light"])
    assert (vanished(original, copy), broken(original, copy)) == (0, 0)


def test_the_copier_of_this_test_loses_what_is_grey_or_thin() -> None:
    """What the styles forbid does vanish: a grey field, a hairline; a rule of three quarters of a point breaks."""
    image = Image.new("L", (600, 600), 255)
    image.paste(190, (100, 100, 300, 300))
    copy = copied_and_laid_on(image, LEVELS["light"])
    assert vanished(image.point(lambda value: 0 if value == 190 else value), copy) > 0
    hairline = Image.new("L", (600, 600), 255)
    hairline.paste(0, (100, 400, 500, 401))
    assert vanished(hairline, copied_and_laid_on(hairline, LEVELS["light"])) > 0
    rule = Image.new("L", (600, 600), 255)
    rule.paste(0, (100, 400, 500, 403))
    assert broken(rule, copied_and_laid_on(rule, LEVELS["light"])) > 0
