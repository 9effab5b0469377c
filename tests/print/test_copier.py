"""Paper that was copied from a copy of a copy: its code still leads to the page, and nothing on it is gone.

A cheap copier in black and white smears what it sees (the lens, the toner), sees it a little smaller and turned (the
glass, the feeder), and knows ink or no ink. Three rounds of that, at 300 dots an inch.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from curriculum.print import Sheet

Suite = dict[tuple[str, str], Sheet]

DPI = 300
GENERATIONS = 3
SMEAR = 0.07 / 25.4 * DPI  # less than a tenth of a millimetre
# A copier set too light loses what is thin, one set too dark fills what is narrow.
LEVELS = {"light": 120, "right": 128, "dark": 145}
CELL = round(1.5 / 25.4 * DPI)  # 1.5 mm: about a letter


def page(path: Path, number: int) -> Image.Image:
    return pypdfium2.PdfDocument(path)[number].render(scale=DPI / 72).to_pil().convert("L")


def copied(image: Image.Image, level: int) -> Image.Image:
    """The image after three generations; black is 0."""
    for generation in range(GENERATIONS):
        turned = image.rotate(0.2 if generation % 2 else -0.2, Image.Resampling.BICUBIC, fillcolor=255)
        smeared = turned.filter(ImageFilter.GaussianBlur(SMEAR))
        image = smeared.point(lambda value: 255 * (value >= level))
    # The last turn is undone, so that the copy can be laid on the original.
    return image.rotate(0.2, Image.Resampling.NEAREST, fillcolor=255)


def vanished(original: Image.Image, copy: Image.Image) -> int:
    """How many cells of the page had ink and have none within a cell's distance in the copy."""
    ink = original.point(lambda value: 255 * (value < 128))
    # A cell counts as inked with at least a hundredth of it: a thin line through it, a dot.
    cells = ink.reduce(CELL).point(lambda value: 255 * (value >= 3))
    left = copy.point(lambda value: 255 * (value < 128)).reduce(CELL).point(lambda value: 255 * (value >= 1))
    around = left.filter(ImageFilter.MaxFilter(3))
    return sum(value > 0 for value in ImageChops.subtract(cells, around).get_flattened_data())


@pytest.mark.parametrize(
    ("kind", "level"), [("guide", "light"), ("guide", "dark"), ("large", "right"), ("booklet", "dark")]
)
def test_code_is_read_from_the_third_copy(suite: Suite, kind: str, level: str) -> None:
    copy = copied(page(suite[kind, "es"].path, 0), LEVELS[level])
    assert [found.text for found in zxingcpp.read_barcodes(copy)] == ["https://prueba.example.org/1/"]


@pytest.mark.parametrize(
    ("kind", "number"),
    [("guide", 0), ("guide", 1), ("handouts", 0), ("handouts", 2), ("plan", 0), ("forms", 1), ("booklet", 1)],
)
def test_nothing_vanishes(suite: Suite, kind: str, number: int) -> None:
    """Not even where the copier is set too light."""
    original = page(suite[kind, "es"].path, number)
    copy = copied(original, LEVELS["light"])
    assert vanished(original, copy) == 0


def test_the_copier_of_this_test_loses_what_is_grey_or_thin(tmp_path: Path) -> None:
    """What the styles forbid does vanish: a grey field, a hairline."""
    image = Image.new("L", (600, 600), 255)
    image.paste(190, (100, 100, 300, 300))
    assert vanished(image.point(lambda value: 0 if value == 190 else value), copied(image, LEVELS["light"])) > 0
    hairline = Image.new("L", (600, 600), 255)
    hairline.paste(0, (100, 400, 500, 401))
    assert vanished(hairline, copied(hairline, LEVELS["light"])) > 0
