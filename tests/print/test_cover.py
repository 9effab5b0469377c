"""The book's cover draws who it is for and says how much there is; the packet's own pages are not left half empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.library import load
from curriculum.print import Sheet, print_packet
from curriculum.print.cover import sector_drawings
from tests.conftest import HERE, TODAY
from tests.print.conftest import texts
from tests.print.test_stroke import widths

Suite = dict[tuple[str, str], Sheet]


def bold_lines(path: Path) -> int:
    """How many strokes on the first page are of a drawing that is to be seen from afar."""
    return sum(number == 0 and width > 3 for number, width in widths(path))


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("es", ("Trabajadoras del hogar", "Recicladoras de base", "horas de sesiones", "Última versión")),
        ("en", ("Domestic workers", "Waste pickers", "hours of sessions")),
    ],
)
def test_the_cover_of_the_book_shows_each_trade(suite: Suite, lang: str, says: tuple[str, ...]) -> None:
    sheet = suite["book", lang]
    cover, contents, *_ = texts(sheet.path)
    assert [words for words in says if words not in cover] == []
    assert ("Contenido" if lang == "es" else "Contents") in contents
    # The house and the cart.
    assert bold_lines(sheet.path) >= 8


def test_a_drawing_of_ones_own_replaces_the_tools(small: Path) -> None:
    """And a sector without a drawing is not on the cover; nothing is where there are none at all."""
    own = small / "overrides/icons"
    own.mkdir(parents=True)
    (own / "sector-hogar.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n')
    sectors = small / "data/sectors.yml"
    sectors.write_text(sectors.read_text() + '- {id: otro, title: {es: "Otro", en: "Other"}}\n')
    found = sector_drawings(load(small, TODAY), ["hogar", "otro"], "es")
    assert found == [('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "Trabajadoras del hogar")]


def test_what_is_to_be_done_before_the_day_does_not_stand_alone(tmp_path: Path) -> None:
    library = load(HERE.parent, TODAY)
    for session in list(library.sessions.values())[:2]:
        sheet = print_packet(library, session, "x", "es", tmp_path / "packet.pdf", "letter")
        first, second, *_ = texts(sheet.path)
        assert "Antes del día" in first or "Copias que hay que sacar" in second
