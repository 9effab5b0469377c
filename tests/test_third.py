"""A third language, and a fourth that no table of dates knows: a line in platform.yml and files, and no code."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from curriculum.checks import check
from curriculum.edition import edition
from curriculum.library import load
from curriculum.print import print_all
from curriculum.words import words
from tests.conftest import HERE, TODAY, lines
from tests.site.conftest import Site, make
from tests.test_lock import lock_all
from tests.test_translation import edit


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small curriculum with tests/third over it: one page in Portuguese, and a part of the words."""
    base = tmp_path_factory.mktemp("third")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    shutil.copytree(HERE / "third", root, dirs_exist_ok=True)
    return root


@pytest.fixture(scope="module")
def built(third: Path) -> Site:
    return make(third, third.parent / "out")


def test_the_check_says_what_is_missing_and_stops_nothing(third: Path) -> None:
    library = load(third, TODAY)
    found = check(library)
    assert {one.rule for one in found} == {"translation-missing", "translation-numbers"}
    # One line a file and language, with a count, not one a text.
    facts = [one for one in found if one.path == "data/facts.yml"]
    assert [(dict(one.values)["lang"], dict(one.values)["count"]) for one in facts] == [
        ("pt", str(len(library.facts))),
        ("zap", str(len(library.facts))),
    ]
    # The page in Portuguese is compared with the Spanish one: there are four people in it and none here.
    (numbers,) = [one for one in found if one.rule == "translation-numbers"]
    assert numbers.path == "modules/uno/index.pt.md"
    assert dict(numbers.values)["second"] == "4"


def test_what_a_language_lacks_comes_from_the_first_that_has_it(third: Path) -> None:
    library = load(third, TODAY)
    for module, lang, expected in [
        ("uno", "pt", "pt"),
        ("uno", "zap", "es"),
        ("solo-es", "pt", "es"),
        ("only-en", "pt", "en"),
        ("only-en", "es", "en"),
    ]:
        assert edition(library, library.modules[module], lang).text_lang == expected, (module, lang)
    assert library.themes["salud"].title["pt"] == "Salud"
    assert "pt" not in library.themes["salud"].title
    assert edition(library, library.modules["uno"], "pt").facts[0].text == "La ley inventada dice una cosa."


def test_words_plurals_and_dates(third: Path) -> None:
    load(third, TODAY)
    pt, zap = words("pt"), words("zap")
    assert pt("callout.say") == "Diga em voz alta"
    assert pt("callout.ask") == words("es")("callout.ask")  # not in the catalogue
    assert pt("site.due", day="x") == words("es")("site.due", day="x")  # left open by the translator
    # Its plural has a rule of its own, and words lent by Spanish keep that of Spanish.
    assert [pt("translation.state.ahead", n=n) for n in (0, 1, 2)] == [
        "0 seção atrasada",
        "1 seção atrasada",
        "2 seções atrasadas",
    ]
    assert pt("translation.state.both", n=0) == words("es")("translation.state.both", n=0)
    assert pt.date(date(2026, 3, 1)) == "1 de março de 2026"
    assert pt.number(1500.5) == "1.500,5"
    assert zap.date(date(2026, 3, 1)) == "1 de marzo de 2026"
    assert zap("callout.say") == "Diga"


def test_the_site_has_it(built: Site) -> None:
    page = built.page("pt/modules/uno/")
    assert page.html["lang"] == "pt"
    assert page.h1.get_text() == "Um: o mapa"
    assert page.find(class_="say").find(class_="admonition-title").get_text() == "Diga em voz alta"
    assert "Módulos de formação" in built.text("pt/modules/")
    assert [link["hreflang"] for link in page.find_all("a", class_="language")] == ["es", "en", "zap"]
    assert {link["hreflang"] for link in page.find_all("link", rel="alternate")} == {"es", "en", "pt", "x-default"}
    # Falls back in the platform's order, and says in which language the text is.
    assert built.page("pt/modules/solo-es/").h1["lang"] == "es"
    assert built.page("pt/modules/only-en/").h1["lang"] == "en"
    assert built.page("zap/modules/uno/").h1["lang"] == "es"
    assert built.page("zap/modules/uno/").find(class_="fallback")
    assert built.page("pt/modules/uno/participants/").find(class_="sheet")["lang"] == "es"


def test_the_paper_has_it(third: Path, tmp_path: Path) -> None:
    library = load(third, TODAY)
    (sheet,) = print_all(library, [(library.modules["uno"], "pt")], tmp_path, ("guide",))
    assert sheet.warnings == ()
    text = "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(sheet.path))
    assert "Um: o mapa" in text
    assert "DIGA EM VOZ ALTA" in text.upper()


def test_it_may_be_ahead_or_behind_as_well(third: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(third, tmp_path / "root", ignore=shutil.ignore_patterns("build")))
    lock_all(root)
    edit(root, "modules/uno/index.pt.md", "Esta sessão", "Esta nova sessão")
    assert [one for one in lines(check(load(root, TODAY))) if "stale" in one] == [
        "modules/uno/index.es.md:1:1: translation-stale.ahead"
    ]
    edit(root, "modules/uno/index.es.md", "Dibujen.", "Dibujen bien.")
    assert [one for one in lines(check(load(root, TODAY))) if "stale" in one] == [
        "modules/uno/index.en.md:33:1: translation-stale.ahead",
        "modules/uno/index.es.md:1:1: translation-stale.ahead",
        "modules/uno/index.pt.md:33:1: translation-stale.ahead",
    ]
