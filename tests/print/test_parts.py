"""The small parts: text made ready for paper, codes, pictures, the fetcher."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from curriculum.markdown import render
from curriculum.print import images, qr
from curriculum.print.fetch import Fetcher
from curriculum.print.stack import stacked
from curriculum.print.text import inside, tidy
from curriculum.words import words

W = words("es")


def ready(markdown: str) -> str:
    return tidy(render(markdown), set(), W)


def test_boxes_to_tick() -> None:
    html = ready("- [ ] Busque\n- [x] Ya")
    assert html.count('<span class="tick"></span>') == 2
    assert "<input" not in html


def test_lines_to_write_on() -> None:
    assert ready("Día ________ hora") == '<p>Día <span class="blank" style="width:4.8em"></span> hora</p>'
    assert "a______b" in ready("[x](https://example.org/a______b)")


def test_numbers_go_on_after_a_callout() -> None:
    assert 'style="counter-reset:list-item 1"' in ready("1. a\n\n> [!say] Diga\n> x\n\n2. b")


def test_marks_stay_with_their_words() -> None:
    html = ready('Dice <sup class="cite"><a href="#f">1</a></sup> y **más**.')
    assert html == '<p>Dice<sup class="cite"><a href="#f">1</a></sup> y<strong> más</strong>.</p>'


def test_numbers_stay_with_their_units() -> None:
    assert ready("En 15 minutos, art. 9") == "<p>En 15\u00a0minutos, art.\u00a09</p>"


def test_numerals_and_multiplications_are_not_broken() -> None:
    assert ready("4 × 4") == "<p>4\u00a0×\u00a04</p>"
    assert ready("El 2-IX dice") == "<p>El 2-\u2060IX dice</p>"


@pytest.mark.parametrize(("lines", "kept"), [(1, True), (5, True), (9, False)])
def test_only_short_callouts_are_kept_whole(lines: int, kept: bool) -> None:
    html = ready("> [!ask] Pregunte\n" + "> - ¿Qué?\n" * lines)
    assert ('class="admonition ask keep half"' in html) == kept


def test_anchors_are_unique() -> None:
    seen: set[str] = set()
    first, second = (tidy('<h3 id="nota">Nota</h3>', seen, W) for _ in range(2))
    assert (first, second) == ('<h3 id="nota">Nota</h3>', "<h3>Nota</h3>")


def test_handout_keeps_to_itself() -> None:
    html = inside('<h2 id="a">A</h2><a href="#fact-F01">1</a><a href="#handout-b">b</a>', "handout-x")
    assert html == ('<h3 id="handout-x-a">A</h3><a href="#handout-x-fact-F01">1</a><a href="#handout-b">b</a>')


@pytest.mark.parametrize("address", ["https://a.mx/1", "https://curriculo.example.org/en/modules/hog-registro-imss/"])
def test_qr_is_at_least_30_mm(address: str) -> None:
    drawing = qr.svg(address, "Ver <aquí>")
    side = float(drawing.split('width="')[1].split("mm")[0])
    modules = float(drawing.split('viewBox="0 0 ')[1].split()[0])
    assert side * (modules - 8) / modules >= 30
    assert "<title>Ver &lt;aquí&gt;</title>" in drawing


def test_photographs_become_small_and_grey(tmp_path: Path) -> None:
    photo = tmp_path / "foto.png"
    Image.new("RGBA", (3000, 1500), (255, 0, 0, 128)).save(photo)
    html = images.presized(f'<img alt="x" src="{photo.as_uri()}">', tmp_path / "small")
    [small] = images.files(html)
    with Image.open(small) as image:
        assert (image.mode, image.size) == ("L", (images.WIDTH, images.WIDTH // 2))
    assert images.presized(html.replace(small.name, "nada.png"), tmp_path / "small") == html.replace(
        small.name, "nada.png"
    )


def test_fetcher(tmp_path: Path) -> None:
    inside_, outside = tmp_path / "in" / "a.svg", tmp_path / "b.svg"
    inside_.parent.mkdir()
    for file in (inside_, outside):
        file.write_text("<svg/>")
    (inside_.parent / "link.svg").symlink_to(outside)
    fetcher = Fetcher([inside_.parent])
    assert fetcher.fetch(inside_.as_uri()).read() == b"<svg/>"
    assert fetcher.fetch("data:text/plain,x").read() == b"x"
    for url in (
        outside.as_uri(),
        f"{inside_.parent.as_uri()}/../b.svg",
        f"{inside_.parent.as_uri()}/link.svg",
        "file://server/share/a.svg",
        "http://example.org/a.svg",
        "https://example.org/a.svg",
        "ftp://example.org/a.svg",
    ):
        with pytest.raises(ValueError, match=r"outside the allowed folders|not on paper"):
            fetcher.fetch(url)


def table(columns: int, rows: int) -> str:
    line = "|".join(["", *"abcdefgh"[:columns], ""])
    return stacked(ready("\n".join([line, "|-" * columns + "|", *[line.upper()] * rows])))


@pytest.mark.parametrize(("columns", "rows", "tables"), [(7, 1, 1), (6, 3, 3), (5, 1, 1)])
def test_wide_tables_become_lists(columns: int, rows: int, tables: int) -> None:
    html = table(columns, rows)
    assert html.count('<table class="stacked">') == tables
    assert html.count('<th scope="row">') == columns * rows
    assert '<th scope="row">b</th><td>B</td>' in html


@pytest.mark.parametrize(("columns", "rows"), [(5, 2), (3, 1)])
def test_narrow_tables_stay(columns: int, rows: int) -> None:
    assert "stacked" not in table(columns, rows)
