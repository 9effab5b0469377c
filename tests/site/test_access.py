"""No barrier that axe can find on any kind of page, and what WCAG 2.2 AA asks that it cannot see."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import Site, served

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def reader(browser: Browser, each: Site) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    with served(each) as address:
        page = context.new_page()
        page.goto(address)
        yield page
    context.close()


def kinds(site: Site) -> dict[str, str]:
    """A path of each kind of page in each language, a text that is in another language among them."""
    found: dict[str, str] = {}
    for path, page in site.pages.items():
        if frame := page.select_one(".page"):
            kind = next(name for name in frame["class"] if name.startswith("page-"))
            lang = page.html["lang"]
            found.setdefault(f"{lang} {kind}{' fallback' if page.select_one('.fallback') else ''}", path)
    return found


def barriers(page: Page) -> list[str]:
    """What axe finds on a page as it is now: rule, element, what is wrong."""
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", RULES
    )
    return [
        f"{rule['id']}: {node['html'][:120]}: {node['failureSummary'][:300]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(reader: Page, each: Site, scheme: Literal["light", "dark"]) -> None:
    reader.emulate_media(color_scheme=scheme)
    home = reader.url
    found = {}
    for kind, path in kinds(each).items():
        reader.goto(home + path)
        reader.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if wrong := barriers(reader):
            found[f"{kind}: {path}"] = wrong
    reader.goto(home)
    assert found == {}


def test_text_of_twice_the_size_loses_nothing(reader: Page, each: Site) -> None:
    """WCAG 1.4.4: on a screen of 640 px with the letters twice as large, nothing is cut off or pushed out."""
    home = reader.url
    reader.set_viewport_size({"width": 640, "height": 900})
    lost = {}
    for kind, path in kinds(each).items():
        reader.goto(home + path)
        reader.evaluate("document.documentElement.style.fontSize = '200%'")
        out = """[...document.querySelectorAll('body *')]
                 .filter(e => e.offsetParent && !e.closest('.sheet, .drawing, thead'))
                 .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
        if wide := reader.evaluate(out):
            lost[kind] = wide
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto(home)
    assert lost == {}


def test_a_text_says_its_language_wherever_it_is_not_the_pages(each: Site) -> None:
    """WCAG 3.1.2: every link that leads to a text in another language, and every such text, is marked."""
    unmarked = []
    for path, page in each.pages.items():
        for heading in page.select("article h1, article .module-card h3"):
            for lang, title in (("es", "Sólo en español"), ("en", "Only in English")):
                said = heading.get("lang", page.html["lang"])
                if title in heading.get_text() and said != lang:
                    unmarked.append(f"{path}: {heading.get_text(strip=True)}")
    assert unmarked == []
