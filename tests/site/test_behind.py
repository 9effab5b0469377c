"""A reader sees which part of a page is older than in the other language, in their own language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from curriculum.library import load
from curriculum.site.links import new_address
from tests.conftest import HERE, TODAY
from tests.site.conftest import Site, make
from tests.test_lock import lock_all
from tests.test_translation import EN, ES, edit

DOC = "---\ntitle: {title}\n---\n\nUno.\n\n## {one} {{#uno}}\n\nTexto.\n\n## {two}\n\nMás.\n"


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small curriculum compared on the tests' day, then edited in one language here and there."""
    base = tmp_path_factory.mktemp("drifted")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs/guia.es.md").write_text(DOC.format(title="Guía", one="Primero", two="Después"), "utf-8")
    (root / "docs/guia.en.md").write_text(DOC.format(title="Guide", one="First", two="Then"), "utf-8")
    lock_all(root)
    edit(root, ES, "Dibujen.", "Dibujen juntas.")
    edit(root, ES, "## Información clave", "## Regreso {#regreso}\n\nVolver.\n\n## Información clave")
    edit(root, EN, "This session is for testing.", "This session is for testing things.")
    edit(root, "modules/uno/handouts/hoja.en.md", "title: ", "title: New ")
    sheet = root / "modules/uno/handouts/hoja.en.md"
    sheet.write_text(sheet.read_text("utf-8") + "\n" + "We draw the map of our street together. " * 8, "utf-8")
    edit(root, "data/facts.yml", "La ley inventada dice una cosa.", "La ley inventada dice algo.")
    edit(root, "docs/guia.es.md", "Más.", "Más y más.")
    return make(root, base / "out")


def notices(site: Site, path: str) -> list[tuple[str, str]]:
    """Each notice of a page: the heading it stands under, and its text."""
    found = []
    for notice in site.page(path).find_all(class_="behind"):
        heading = notice.find_previous(["h1", "h2"])
        found.append((heading.get_text(" ", strip=True), " ".join(notice.get_text(" ").split())))
    return found


def test_a_section_that_changed_in_spanish_is_marked_for_english_readers(drifted: Site) -> None:
    found = dict(notices(drifted, "en/modules/uno/"))
    assert found["Practice"] == (
        "This part changed in Spanish after both texts were compared on 21 November 2026. "
        "What you read here is the older text. See the text in Spanish"
    )
    assert found["Key information"] == "These parts exist in Spanish only: Regreso"
    assert len(found) == 2
    notice = drifted.page("en/modules/uno/").find(class_="behind")
    assert drifted.target("en/modules/uno/", notice.a["href"]) == ("modules/uno/", "practica")


def test_and_the_other_way_round(drifted: Site) -> None:
    found = notices(drifted, "modules/uno/")
    assert [heading for heading, _ in found] == ["Uno: el mapa"]
    assert found[0][1].startswith("Esta parte cambió en inglés después de que los dos textos se compararon el 21 de")
    assert [heading for heading, _ in notices(drifted, "modules/uno/participants/")] == ["Mi mapa"]
    assert notices(drifted, "en/modules/uno/participants/") == []


def test_pages_that_people_write(drifted: Site) -> None:
    assert [heading for heading, _ in notices(drifted, "en/guia/")] == ["Then"]
    assert notices(drifted, "guia/") == []


def test_a_fact_that_changed(drifted: Site) -> None:
    fact = drifted.page("en/modules/uno/").find(id="fact-F01")
    assert "This fact changed in Spanish" in fact.get_text()
    assert not drifted.page("modules/uno/").find(id="fact-F01").find(class_="stale")


def test_the_list_of_modules_says_it_and_can_leave_it_out(drifted: Site) -> None:
    page = drifted.page("en/modules/")
    card = page.find("a", href="uno/").find_parent("li")
    assert "Behind in part" in card.get_text()
    assert card["data-languages"].split() == ["every", "behind"]
    options = [option["value"] for option in page.find_all("option")]
    assert "behind" in options


def test_the_catalogue_for_machines(drifted: Site) -> None:
    modules = json.loads((drifted.folder / "catalogue.json").read_text("utf-8"))["modules"]
    (uno,) = [module for module in modules if module["id"] == "uno"]
    assert uno["translations"]["en"] == {
        "state": "behind",
        "equal": str(TODAY),
        "behind": ["index#practica", "index#regreso"],
    }
    assert uno["translations"]["es"]["behind"] == ["index#front", "handouts/hoja#front"]


def test_what_nobody_compared_says_so(site: Site) -> None:
    assert "Nobody has compared this text with the other language yet." in site.text("en/modules/uno/")
    assert site.page("en/modules/uno/").find(class_="behind") is None


def test_a_page_shows_what_is_behind_and_where_to_begin(drifted: Site) -> None:
    for path, title, begin in (
        ("translations/", "Los idiomas: qué está al día y qué falta", "Empezar: abrir modules/uno/index.en.md"),
        (
            "en/translations/",
            "Languages: what is up to date and what is missing",
            "Begin: open modules/uno/index.en.md",
        ),
    ):
        page = drifted.page(path)
        assert page.h1.get_text() == title
        link = page.find("a", string=begin)
        assert link["href"] == "https://github.com/example/prueba/edit/main/modules/uno/index.en.md"
        assert page.find("svg", class_="chart").title.get_text()
        assert page.find("figure").find("table").find_all("td")
        assert drifted.page(path.replace("translations/", "")).find("a", href="translations/")
    page = drifted.page("en/translations/")
    items = page.find("ol", class_="work").find_all("li", recursive=False)
    english = next(item for item in items if "index.en.md" in item.get_text())
    assert "M1 One: the map · to be done in English" in " ".join(english.get_text(" ").split())
    assert drifted.target("en/translations/", english.ul.li.a["href"]) == ("modules/uno/", "practica")
    assert "changed in Spanish" in english.ul.li.get_text()
    assert "Cited facts" in page.get_text()


def test_how_easily_the_sheets_read(drifted: Site) -> None:
    table = drifted.page("en/translations/").find("h2", id="m-reading").find_next("table")
    cells = [cell.get_text(" ", strip=True) for cell in table.select("tbody th, tbody td")]
    assert cells[1] == "English"
    assert "(very easy)" in cells[2]
    assert "We draw the map of our street together." in cells[3]
    # Each sentence is read aloud in its own language.
    for row in table.select("tbody tr"):
        foreign = row.td.get_text() == "Spanish"
        assert (row.ul.get("lang") == "es") == foreign
        assert (row.th.a.get("lang") == "es") == foreign


def test_all_is_equal(tmp_path: Path) -> None:
    root = Path(shutil.copytree(HERE / "small", tmp_path / "root", ignore=shutil.ignore_patterns("build")))
    lock_all(root)
    site = make(root, tmp_path / "out")
    assert "Everything is compared and up to date in every language." in site.text("en/translations/")
    assert "The texts say the same in both languages. Compared on 21 November 2026." in site.text("en/modules/uno/")
    assert site.page("en/modules/uno/").find(class_="behind") is None


@pytest.mark.parametrize(
    ("repo", "expected"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/new/main?filename=docs%2Fx.en.md"),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/new/main?file_name=docs%2Fx.en.md"),
        ("https://codeberg.org/a/b.git", "https://codeberg.org/a/b/_new/main?filename=docs%2Fx.en.md"),
        (None, ""),
    ],
)
def test_a_file_that_is_still_to_be_written(repo: str | None, expected: str) -> None:
    platform = load(HERE / "small", TODAY).platform.model_copy(update={"repo_url": repo})
    assert new_address(platform, "docs/x.en.md") == expected


REASON = "Only the English was unclear, and the words mean the same as they did before."


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small curriculum, in which somebody declared a section equal and said why in English."""
    base = tmp_path_factory.mktemp("declared")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs/nota.es.md").write_text("---\ntitle: Nota\n---\n\nLa ley dice\n[@F01].\n", "utf-8")
    lock_all(root)
    edit(root, EN, "This session is for testing.", "This session is for testing things.")
    lock_all(root, reason=REASON)
    return make(root, base / "out")


def test_a_reason_is_read_aloud_in_the_language_it_was_written_in(declared: Site) -> None:
    for path, lang in (("translations/", "en"), ("en/translations/", None)):
        item = declared.page(path).find("h2", id="m-declared").find_next("li")
        assert REASON.rstrip(".") in item.get_text()
        assert [span["lang"] for span in item.find_all("span", lang=True)] == ([lang] if lang else [])


def test_a_number_of_a_source_never_begins_a_line(declared: Site) -> None:
    assert str(declared.page("nota/").find("sup", class_="cite").previous_sibling) == "La ley dice"
