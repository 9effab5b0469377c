"""What must not reach a reader is reported with the module's name; what is forbidden is not opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from curriculum.print import Fault, Sheet
from curriculum.print.press import PAPERS
from tests.conftest import HERE
from tests.print.conftest import printed

OVERRIDES = HERE.parent / "overrides" / "print"


def appended(root: Path, name: str, text: str) -> Sheet:
    """Print the Spanish guide of `uno` with something added at the end of one of its files."""
    file = root / "modules/uno" / name
    file.write_text(file.read_text() + text)
    [sheet] = printed(root, root / "out", "uno", langs="es")
    return sheet


def test_clean(guides: dict[str, Sheet]) -> None:
    assert [sheet.warnings for sheet in guides.values()] == [(), ()]


def test_lists_in_lists_need_no_other_signs(small: Path) -> None:
    assert appended(small, "index.es.md", "\n- uno\n    - dos\n        - tres\n").warnings == ()


def test_missing_glyph(small: Path) -> None:
    sheet = appended(small, "index.es.md", "\nUna flecha: →\n")
    assert (sheet.module, sheet.warnings) == (
        "uno",
        (Fault("glyph-missing", (("character", "→"), ("code", "U+2192"))),),
    )


def test_missing_description(small: Path) -> None:
    assert appended(small, "index.es.md", "\n![](images/mapa.svg)\n").warnings == (
        Fault("alt-missing", (("image", "mapa.svg"),)),
    )


def test_missing_picture(small: Path) -> None:
    [fault] = appended(small, "index.es.md", "\n![Nada](images/nada.svg)\n").warnings
    assert fault.rule == "paper-warning"
    assert "nada.svg" in fault.values[0][1]


@pytest.mark.parametrize("target", ["../../secreto.svg", "../otro/mapa.svg"])
def test_picture_outside_the_module(small: Path, target: str) -> None:
    (small / "modules/otro").mkdir()
    for name in ("secreto.svg", "modules/otro/mapa.svg"):
        shutil.copy(small / "modules/uno/images/mapa.svg", small / name)
    [fault] = appended(small, "index.es.md", f"\n![Un círculo]({target})\n").warnings
    assert "outside the allowed folders" in fault.values[0][1]


def test_link_to_nowhere(small: Path) -> None:
    [fault] = appended(small, "index.es.md", "\n[aquí](#no-existe)\n").warnings
    assert "#no-existe" in fault.values[0][1]


def test_handout_too_long(small: Path) -> None:
    assert appended(small, "handouts/hoja.es.md", "\nOtra línea.\n" * 20).warnings == (
        Fault("handout-overflow", (("handout", "hoja"), ("pages", "2"), ("declared", "1"))),
    )


def test_picture_wider_than_the_page(small: Path) -> None:
    shutil.copytree(OVERRIDES, small / "overrides/print")
    style = small / "overrides/print/paper-letter.css"
    style.write_text(style.read_text() + "#practica table { width: 300mm }\n")
    sheet = appended(small, "index.es.md", "\n## Más {#practica}\n\n| Uno | Dos |\n|---|---|\n| a | b |\n")
    [fault] = [fault for fault in sheet.warnings if fault.rule == "paper-overhang"]
    assert dict(fault.values)["text"] == "Uno Dos a b"


def test_card_too_full(small: Path) -> None:
    row = f"| Corta | {'Una respuesta demasiado larga. ' * 20}|\n"
    assert appended(small, "handouts/tarjetas.es.md", row).warnings == (
        Fault("handout-overflow", (("handout", "tarjetas"), ("card", "3"))),
    )


def test_ignored_css(small: Path) -> None:
    shutil.copytree(OVERRIDES, small / "overrides/print")
    style = small / "overrides/print/paper-letter.css"
    style.write_text(style.read_text() + "p { colour: red }\n")
    for sheet in printed(small, small / "out", "solo-es", "only-en"):
        [fault] = sheet.warnings
        assert fault.rule == "paper-warning"
        assert "colour" in fault.values[0][1]


def test_engine_that_breaks_spares_the_others(small: Path) -> None:
    """A crash of the engine (here its defect #2918) becomes a fault of its module; no file is left."""
    shutil.copytree(OVERRIDES, small / "overrides/print")
    style = small / "overrides/print/guide.css"
    style.write_text(style.read_text() + '#practica li::marker { content: "x" }\n')
    broken, whole = printed(small, small / "out", "uno", "solo-es", langs="es")
    assert (broken.module, broken.bytes, broken.sha256) == ("uno", 0, "")
    assert broken.warnings[0].rule == "paper-warning"
    assert not broken.path.exists()
    assert whole.warnings == ()
    assert whole.path.exists()


def test_unknown_kind_or_paper(small: Path) -> None:
    assert "letter" in PAPERS
    with pytest.raises(ValueError, match="a5"):
        printed(small, small / "out", paper="a5")
