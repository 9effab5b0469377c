"""Sending a correction, a module, a session's story or a manual, without being a programmer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

from curriculum.forge import forms
from curriculum.library import load
from curriculum.model import Platform
from curriculum.site.contribute import WAYS
from curriculum.site.links import form_address, new_address
from curriculum.site.pages import pages
from tests.conftest import HERE, TODAY, problems
from tests.site.conftest import Site, served

ROOT = HERE.parent
PAGES = {"es": "contribute/", "en": "en/contribute/"}


def hrefs(page: BeautifulSoup, heading: str) -> list[str]:
    """The buttons between a heading and the next."""
    found = []
    for element in page.find(id=heading).find_next_siblings():
        if element.name == "h2":
            break
        found += [a["href"] for a in element.select(".ways a")] if element.name != "ul" else []
        if element.name == "ul" and "ways" in element.get("class", []):
            found += [a["href"] for a in element("a")]
    return found


def filled(href: str) -> tuple[str, str]:
    """The name and the text with which the forge's editor opens."""
    query = parse_qs(urlsplit(href).query, strict_parsing=True)
    return query["filename"][0], query["value"][0]


@pytest.mark.parametrize("lang", PAGES)
def test_a_module_begun_on_the_forge_passes_the_check(site: Site, lang: str, small: Path) -> None:
    links = [filled(href) for href in hrefs(site.page(PAGES[lang]), "proponer") if "/new/" in href]
    folder = {"es": "modules/modulo-nuevo", "en": "modules/new-module"}[lang]
    assert [name for name, _ in links] == [f"{folder}/module.yml", f"{folder}/index.{lang}.md"]
    for name, text in links:
        (small / name).parent.mkdir(exist_ok=True)
        (small / name).write_text(text, "utf-8")
    # As a curriculum that has two languages: the other text is still to come.
    found = [one for one in problems(small) if one.path.startswith(folder) and one.severity == "error"]
    assert found == []
    library = load(small, TODAY)
    made = library.modules[Path(folder).name]
    assert (made.meta.status, made.meta.number) == ("draft", 4)
    assert sum(step.minutes for step in made.meta.steps) == 90
    # Whoever writes sees the choices in words.
    for title in [theme.title[lang] for theme in library.themes.values()]:
        assert title in links[0][1]


@pytest.mark.parametrize("lang", PAGES)
def test_each_way_has_a_form_a_letter_and_a_message_that_ask_the_same(site: Site, lang: str) -> None:
    templates = forms(load(site.root, TODAY))
    for heading, name in (("corregir", "error"), ("proponer", "module"), ("contar", "session")):
        form, mail, whatsapp, *_ = hrefs(site.page(PAGES[lang]), heading)
        template = parse_qs(urlsplit(form).query)["template"][0]
        assert form == f"https://github.com/example/prueba/issues/new?template={template}"
        asked = yaml.safe_load(templates[template])
        assert template.endswith(f"-{name}.{lang}.yml")
        letter = parse_qs(urlsplit(mail).query)
        assert (urlsplit(mail).scheme, urlsplit(mail).path) == ("mailto", "prueba@example.org")
        assert letter["subject"] == [asked["name"]]
        assert (urlsplit(whatsapp).netloc, urlsplit(whatsapp).path) == ("wa.me", "/5215500000000")
        for part in asked["body"]:
            if "id" in part:
                assert part["attributes"]["label"] in letter["body"][0]
                assert part["attributes"]["label"] in parse_qs(urlsplit(whatsapp).query)["text"][0]
    mail, whatsapp = hrefs(site.page(PAGES[lang]), "manual")
    assert ".docx" in parse_qs(urlsplit(mail).query)["body"][0]
    assert ".docx" in parse_qs(urlsplit(whatsapp).query)["text"][0]


def test_forges_have_their_own_way_to_begin(site: Site) -> None:
    platform = load(site.root, TODAY).platform

    def of(repo: str | None) -> Platform:
        return platform.model_copy(update={"repo_url": repo})

    assert new_address(of("https://gitlab.com/a/b"), "x.md", "uno").endswith("?file_name=x.md")
    assert form_address(of("https://gitlab.com/a/b"), "1.yml") == "https://gitlab.com/a/b/-/issues/new"
    assert (
        form_address(of("https://codeberg.org/a/b.git"), "1.yml")
        == "https://codeberg.org/a/b/issues/new?template=1.yml"
    )
    assert form_address(of(None), "1.yml") == ""


def test_without_forge_and_addresses_the_page_still_stands(small: Path) -> None:
    shutil.copytree(HERE / "site" / "more", small, dirs_exist_ok=True)
    file = small / "data/platform.yml"
    kept = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(("repo_url", "contact"))]
    file.write_text("\n".join([*kept, ""]), "utf-8")
    library = load(small, TODAY)
    for page in (page for lang in library.languages for page in pages(library, lang)):
        if page.place == "contribute/":
            assert 'class="buttons ways"' not in page.body
            assert "<!--" not in page.body


def test_the_shipped_page_has_every_way_in_both_languages() -> None:
    library = load(ROOT, TODAY)
    for lang, page in library.docs["contribute"].items():
        for name in WAYS:
            assert f"\n<!-- {name} -->\n" in page.document.body, (lang, name)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.parametrize("lang", PAGES)
def test_a_partner_finds_the_page_from_any_other(phone: Page, address: str, lang: str) -> None:
    phone.goto(address + PAGES[lang].removesuffix("contribute/") + "modules/uno/")
    title = {"es": "Cómo contribuir a la prueba", "en": "How to contribute to the test"}[lang]
    phone.locator("footer .map").get_by_role("link", name=title).click()
    expect(phone.locator("h1")).to_have_text(title)
    form = phone.get_by_role("link", name={"es": "Llenar el formulario", "en": "Fill in the form"}[lang]).first
    expect(form).to_be_in_viewport()
    for button in phone.locator(".ways a").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
