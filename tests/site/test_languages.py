"""Two languages, one site: the switch, what exists in one language only, the map, the page for what does not exist."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.site.conftest import SITE, Site

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def other(path: str) -> str:
    return path.removeprefix("en/") if path == "en/" or path.startswith("en/") else f"en/{path}"


def test_every_page_has_its_language_and_the_switch_leads_to_the_same_page(site: Site) -> None:
    for path, page in site.pages.items():
        if path == "404.html":
            continue
        lang = "en" if path.startswith("en/") else "es"
        assert page.html["lang"] == lang, path
        assert other(path) in site.pages, path
        if switch := page.find("a", class_="language"):
            assert site.target(path, switch["href"])[0] == other(path), path
            assert switch["hreflang"] == switch["lang"] == ("es" if lang == "en" else "en")
        else:
            assert page.find("meta", {"http-equiv": "refresh"}), path


@pytest.mark.parametrize(
    ("path", "original", "notice", "lang"),
    [
        ("en/modules/solo-es/", "modules/solo-es/", "This text exists only in Spanish.", "es"),
        ("en/modules/solo-es/participants/", "modules/solo-es/participants/", "only in Spanish", "es"),
        ("modules/only-en/", "en/modules/only-en/", "Este texto solo está en inglés.", "en"),
        ("modules/only-en/participants/", "en/modules/only-en/participants/", "solo está en inglés", "en"),
        ("en/about/", "about/", "This text exists only in Spanish.", "es"),
    ],
)
def test_a_text_in_one_language_is_shown_in_the_other(
    site: Site, path: str, original: str, notice: str, lang: str
) -> None:
    page = site.page(path)
    assert notice in page.find(class_="fallback").get_text()
    assert page.find("h1")["lang"] == lang
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert page.find("link", rel="canonical")["href"] == SITE + original
    assert not page.find("link", rel="alternate")
    link = page.find(class_="fallback").find("a")
    assert site.target(path, link["href"])[0] == original
    # The original knows nothing of it.
    assert not site.page(original).find(class_="fallback")
    assert not site.page(original).find("meta", {"name": "robots"})
    assert site.page(original).find("link", rel="canonical")["href"] == SITE + original


def test_in_a_fallback_text_and_frame_each_say_their_language(site: Site) -> None:
    page = site.page("en/modules/solo-es/")
    say = page.find(class_="say")
    assert say.find(class_="admonition-title").get_text() == "Diga"
    assert say.find_parent(lang=True)["lang"] == "es"
    assert page.find(class_="when").find_parent("div", lang=True)["lang"] == "es"
    assert page.find(class_="when")["lang"] == "en"
    assert "Step 1 of 1" in page.find(class_="when").get_text(" ")
    assert "How well do I know this topic?" in page.get_text()
    card = site.page("en/modules/").find("a", href="solo-es/").find_parent("li")
    assert card.find("h3")["lang"] == "es"
    assert "Only in Spanish" in card.get_text()


def test_the_map_has_every_page_with_a_text_of_its_own(site: Site) -> None:
    tree = ElementTree.parse(site.folder / "sitemap.xml")
    entries = {entry.findtext(f"{MAP}loc"): entry for entry in tree.iter(f"{MAP}url")}
    indexed = {
        SITE + path
        for path, page in site.pages.items()
        if path != "404.html" and not page.find("meta", {"name": "robots"})
    }
    assert set(entries) == indexed
    both = {link.get("hreflang"): link.get("href") for link in entries[f"{SITE}en/modules/uno/"].iter(LINK)}
    assert both == {
        "es": f"{SITE}modules/uno/",
        "en": f"{SITE}en/modules/uno/",
        "x-default": f"{SITE}modules/uno/",
    }
    assert not list(entries[f"{SITE}modules/solo-es/"].iter(LINK))
    assert f"{SITE}en/modules/solo-es/" not in entries
    for address, entry in entries.items():
        links = {link.get("href") for link in entry.iter(LINK)}
        assert not links or address in links
        assert links <= set(entries)
    assert entries[f"{SITE}modules/uno/"].findtext(f"{MAP}lastmod") == "2026-11-01"
    assert f"Sitemap: {SITE}sitemap.xml" in (site.folder / "robots.txt").read_text("utf-8")


def test_the_head_of_a_page_names_its_twin(site: Site) -> None:
    links = {tag["hreflang"]: tag["href"] for tag in site.page("modules/uno/").find_all("link", rel="alternate")}
    assert links == {"es": f"{SITE}modules/uno/", "en": f"{SITE}en/modules/uno/", "x-default": f"{SITE}modules/uno/"}


def test_the_page_for_what_does_not_exist_speaks_both_languages(site: Site) -> None:
    page = site.page("404.html")
    assert not (site.folder / "en" / "404.html").exists()
    assert page.html["lang"] == "es"
    sections = {section["lang"]: section for section in page.find_all("section")}
    assert "no hay ninguna página" in sections["es"].h1.get_text()
    assert "no page here" in sections["en"].h1.get_text()
    assert [a["href"] for a in sections["es"].find_all("a")] == ["/", "/modules/", "/themes/"]
    assert [a["href"] for a in sections["en"].find_all("a")] == ["/en/", "/en/modules/", "/en/themes/"]


def test_a_retired_module_keeps_its_address(site: Site) -> None:
    page = site.page("en/modules/viejo/")
    assert "The map replaces it." in page.find("aside", class_="retired").get_text()
    assert site.target("en/modules/viejo/", page.find("aside", class_="retired").a["href"])[0] == "en/modules/uno/"
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert "viejo" not in str(site.page("modules/").find("main"))
