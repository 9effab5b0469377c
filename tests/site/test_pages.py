"""What stands on the pages."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from curriculum.library import load
from curriculum.site.build import build_site
from curriculum.site.links import edit_address, way
from tests.conftest import HERE
from tests.site.conftest import SITE, Site


def test_the_agenda_has_minutes_and_clock(site: Site) -> None:
    table = site.page("modules/uno/").table
    rows = [[" ".join(cell.get_text(" ").split()) for cell in row("td")] for row in table("tr")]
    assert rows[1:] == [
        ["0:00", "10", "Apertura Conocernos y decir para qué estamos aquí. bola de hilo"],
        ["0:10", "5", "Descanso"],
        ["0:15", "60", "Práctica Dibujar el mapa. Mi mapa · marcadores"],
        ["1:15", "75", "Fin"],
    ]


def test_each_step_says_when_and_what_for(site: Site) -> None:
    page = site.page("en/modules/uno/")
    heading = page.find(id="practica")
    assert heading.name == "h2"
    assert "step" in heading["class"]
    when = heading.find_next_sibling("p")
    assert " ".join(when.get_text(" ").split()) == "Step 2 of 2 60 min 0:15 – 1:15 My map · markers"
    assert when.find_next_sibling("p")["class"] == ["purpose"]
    # The break stands where it falls.
    rest = heading.find_previous("p", class_="rest")
    assert " ".join(rest.get_text(" ").split()) == "Break 5 min 0:10 – 0:15"


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("modules/uno/", ["Diga", "Pregunte", "Escuche", "Si falta tiempo"]),
        ("en/modules/uno/", ["Say this", "Ask", "Listen for", "If time is short"]),
    ],
)
def test_callouts_are_told_apart_by_their_titles(site: Site, path: str, titles: list[str]) -> None:
    page = site.page(path)
    assert [title.get_text() for title in page.find_all(class_="admonition-title")] == titles


def test_facts_have_sources_and_dates(site: Site) -> None:
    page = site.page("modules/uno/")
    cited = page.find("sup", class_="cite").a
    fact = page.find(id=cited["href"].lstrip("#"))
    assert fact["value"] == cited.get_text()
    assert fact["data-review-by"] == "2027-07-22"
    text = " ".join(fact.get_text(" ").split())
    assert "La ley inventada dice una cosa." in text
    assert "Ley · Ciudad de México · texto revisado el 22 de julio de 2026" in text
    assert "Ley inventada , art. 1. Nadie, 2026." in text
    assert fact.find(class_="due").has_attr("hidden")
    assert page.find(class_="glance").find("time", datetime="2026-07-22")


def test_a_fact_past_its_review_says_so(tmp_path: Path) -> None:
    root = Path(shutil.copytree(HERE / "small", tmp_path / "root", ignore=shutil.ignore_patterns("build")))
    build_site(load(root, date(2027, 3, 1)), tmp_path / "out")
    page = Site(root, tmp_path / "out").page("modules/uno/")
    shown = {fact["id"]: not fact.find(class_="due").has_attr("hidden") for fact in page.select(".fact-list > li")}
    assert shown == {"fact-F01": False, "fact-F02": True}
    assert not page.find(class_="glance").find(class_="due").has_attr("hidden")


def test_participants_have_the_papers_and_the_facts_on_them(site: Site) -> None:
    page = site.page("modules/uno/participants/")
    assert [h.get_text() for h in page.find_all("h2")][:4] == ["Para qué", "Mi mapa", "Tarjetas", "Datos y fuentes"]
    assert page.find(id="handout-hoja")
    assert len(page.select(".sheet.cards .card")) == 2
    assert page.select(".sheet img")[0]["alt"] == "Un círculo con un punto"
    # One numbering for the page, in the order in which its papers cite.
    assert [(a["href"], a.get_text()) for a in page.select("sup.cite a")] == [("#fact-F02", "1"), ("#fact-F01", "2")]
    assert [(li["id"], li["value"]) for li in page.select(".fact-list > li")] == [("fact-F02", "1"), ("fact-F01", "2")]
    assert "Diga" not in page.find("article").get_text()


def test_the_facilitator_finds_the_papers(site: Site) -> None:
    link = site.page("modules/uno/").find(id="preparacion").find_next("a")
    assert link.get_text() == "hoja"
    assert site.target("modules/uno/", link["href"]) == ("modules/uno/participants/", "handout-hoja")


def test_a_theme_shows_its_decision_and_says_that_it_is_invented(site: Site) -> None:
    page = site.page("themes/salud/")
    assert "Prioridad 1" in " ".join(page.find(class_="numeral").get_text(" ").split())
    decision = page.find(class_="decisions").li
    assert decision.find(class_="stamp").get_text() == "Inventado"
    assert "Ejemplo inventado." in decision.get_text()
    assert "Decidió: coordinación · 15 de octubre de 2026" in " ".join(decision.get_text(" ").split())
    assert "Datos de muestra." in page.get_text()
    unranked = site.page("en/themes/").select(".themes > li.unranked")
    assert ["No priority" in one.get_text() for one in unranked] == [True]
    assert "Invented priority" in site.page("en/themes/").get_text()


def test_the_footer_says_that_the_data_is_invented(site: Site) -> None:
    for path, page in site.pages.items():
        if footer := page.find("footer", class_="bottom"):
            assert footer.find(class_="stamp"), path


def test_blocks_and_links_in_written_pages(site: Site) -> None:
    page = site.page("")
    doors = [(door.b.get_text(), site.target("", door["href"])) for door in page.select(".doors a")]
    assert doors == [
        ("Encontrar un módulo", ("modules/", "")),
        ("Planear una sesión", ("plan/", "")),
        ("Imprimir", ("print/", "")),
    ]
    assert len(page.select(".frieze li")) == 2
    assert len(page.select(".module-card")) == 3
    links = [site.target("", a["href"]) for a in page.select("article > p a")]
    assert links == [("themes/", ""), ("modules/uno/", "practica"), ("about/", "datos")]
    assert page.find("img")["src"] == "images/punto-es.svg"
    assert [a.get_text() for a in site.page("en/").select("nav.main a")] == ["Modules", "Plan", "Print", "Themes"]


def test_home_has_the_themes_in_order_and_what_is_new(site: Site) -> None:
    page = site.page("en/")
    lines = [" ".join(li.get_text(" ").split()) for li in page.select(".priorities li")]
    assert lines == ["1 Health 3 modules", "– Digital tools 0 modules"]
    assert page.select_one(".priorities .stamp").get_text() == "Invented"
    news = [" ".join(li.get_text(" ").split()) for li in page.select(".news li")]
    assert news == [
        "10 November 2026 M2 Sólo en español 0.1.0 · First version",
        "10 November 2026 M3 Only in English 0.1.0 · First version",
        "1 November 2026 M1 One: the map 0.2.0 · More time",
        "1 October 2026 M1 One: the map 0.1.0 · First version",
    ]


def test_every_page_is_on_the_map_at_the_foot(site: Site) -> None:
    for path in ("", "en/modules/uno/", "themes/salud/"):
        links = {site.target(path, a["href"])[0] for a in site.page(path).select("footer .map a")}
        lang = "en/" if path.startswith("en/") else ""
        names = ["modules", "plan", "print", "paths", "icebreakers", "search", "offline", "themes", "why", "coverage"]
        names += ["about", "contribute", "translations", "sessions", "results", "briefs", "glossary", "rules"]
        assert links == {f"{lang}{name}/" for name in names}, path


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("modules/uno/", "modules/uno/index.es.md"),
        ("en/modules/uno/", "modules/uno/index.en.md"),
        ("modules/only-en/", "modules/only-en/index.en.md"),
        ("en/about/", "docs/about.es.md"),
        ("", "docs/index.es.md"),
        ("themes/salud/", "data/themes.yml"),
    ],
)
def test_the_edit_link_opens_the_file_behind_the_page(site: Site, path: str, source: str) -> None:
    links = [a["href"] for a in site.page(path).select("footer a") if "/edit/" in a["href"]]
    assert links == [f"https://github.com/example/prueba/edit/main/{source}"]
    assert (site.root / source).is_file()


def test_forges_have_their_own_way_to_edit(site: Site) -> None:
    platform = load(site.root).platform
    for repo, address in (
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/edit/main/x.md"),
        ("https://codeberg.org/a/b.git", "https://codeberg.org/a/b/_edit/main/x.md"),
    ):
        assert edit_address(platform.model_copy(update={"repo_url": repo}), "x.md") == address
    assert edit_address(platform.model_copy(update={"repo_url": None}), "x.md") == ""


@pytest.mark.parametrize(
    ("path", "title", "version"),
    [
        ("modules/uno/", "M1 Uno: el mapa", "0.2.0"),
        ("en/modules/uno/", "M1 One: the map", "0.2.0"),
        ("en/modules/uno/participants/", "M1 One: the map: for participants", "0.2.0"),
        ("modules/only-en/", "M3 Only in English", "0.1.0"),
        ("themes/", "Temas", "2026-11-10"),
        ("", "Inicio de prueba", "2026-11-10"),
    ],
)
def test_an_error_is_reported_with_page_and_version(site: Site, path: str, title: str, version: str) -> None:
    report = site.page(path).find(id="report")
    mail, whatsapp = (urlsplit(a["href"]) for a in report.find_all("a"))
    assert (mail.scheme, mail.path) == ("mailto", "prueba@example.org")
    assert "+" not in mail.query  # a mail program shows it as it is
    letter = parse_qs(mail.query)
    assert title in letter["subject"][0]
    assert version in letter["subject"][0]
    assert (whatsapp.netloc, whatsapp.path) == ("wa.me", "/5215500000000")
    for text in (letter["body"][0], parse_qs(whatsapp.query)["text"][0]):
        assert title in text
        assert SITE + path in text
        assert version in text
    assert "\r\n" in unquote(mail.query)


def test_the_catalogue_lists_modules_and_papers(site: Site) -> None:
    data = json.loads((site.folder / "catalogue.json").read_text("utf-8"))
    assert data["languages"] == ["es", "en"]
    modules = {module["id"]: module for module in data["modules"]}
    assert list(modules) == ["uno", "solo-es", "only-en"]
    uno = modules["uno"]
    assert {step["id"]: step["minutes"] for step in uno["steps"]} == {"apertura": 10, "descanso": 5, "practica": 60}
    assert (uno["minutes"], uno["version"], uno["group"]) == (75, "0.2.0", {"min": 6, "max": 20})
    assert uno["pages"]["en"]["title"] == "One: the map"
    assert uno["pages"]["en"]["address"] == f"{SITE}en/modules/uno/"
    assert modules["solo-es"]["translations"] == {
        "es": {"state": "alone", "equal": None, "behind": []},
        "en": {"state": "missing", "equal": None, "behind": []},
    }
    assert all(page["path"] in site.pages for module in modules.values() for page in module["pages"].values())
    assert data["pdfs"] == [
        {
            "module": "uno", "lang": "es", "kind": "guide", "paper": "letter", "path": "pdf/uno/guia.pdf", "pages": 12,
            "bytes": 345678, "sha256": "0" * 64,
        }
    ]  # fmt: skip


def test_rules_are_explained_in_both_languages(site: Site) -> None:
    assert site.page("rules/").find(id="step-missing").dd.get_text(strip=True)
    assert {tag["id"] for tag in site.page("rules/").select(".rules [id]")} == {
        tag["id"] for tag in site.page("en/rules/").select(".rules [id]")
    }


def test_ways_between_pages() -> None:
    assert way("modules/x/#m-facts", "modules/x/") == "#m-facts"
    assert way("en/modules/x/", "modules/x/") == "../../en/modules/x/"
    assert way("", "modules/x/") == "../../"
    assert way("", "") == "./"
    assert way("themes/", "") == "themes/"
    assert way("pdf/x.pdf", "modules/x/") == "../../pdf/x.pdf"


def test_every_word_of_the_site_is_in_every_language() -> None:
    folder = HERE.parent / "scripts" / "curriculum" / "words"
    texts = [(folder / f"site.{lang}.po").read_text("utf-8") for lang in ("es", "en")]
    spanish, english = (re.findall(r'^msgid "(.+)"', text, re.MULTILINE) for text in texts)
    assert spanish == english
    assert len(spanish) == len(set(spanish))


def test_a_written_page_lists_the_facts_it_cites_in_the_readers_language(site: Site) -> None:
    assert site.page("about/").select_one(".cite a")["href"] == "#fact-F01"  # type: ignore[index]
    assert "La ley inventada dice una cosa." in site.page("about/").select_one("#fact-F01").get_text()  # type: ignore[union-attr]
    assert "The invented law says one thing." in site.page("en/about/").select_one("#fact-F01").get_text()  # type: ignore[union-attr]
