"""How the pages look where a user would stumble: on paper, while drawings are still on their way, under a thumb."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import Site

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
FAINT = """axe.run(document, {runOnly: ['color-contrast']})
           .then(found => found.violations.flatMap(one => one.nodes.map(node => node.html)))"""


@pytest.mark.parametrize("path", ["modules/uno/", "en/modules/uno/", "modules/uno/participants/", "why/"])
def test_what_is_printed_from_a_dark_screen_is_dark_on_white(phone: Page, address: str, path: str) -> None:
    phone.emulate_media(color_scheme="dark", media="print")
    phone.goto(address + path)
    phone.evaluate("document.documentElement.dataset.theme = 'dark'")
    phone.evaluate(AXE)
    assert phone.evaluate(FAINT) == []


def test_a_plan_made_in_the_dark_prints_dark_on_white(phone: Page, address: str) -> None:
    phone.goto(address + "plan/")
    phone.locator("button.theme").click()
    expect(phone.locator("html")).to_have_attribute("data-theme", "dark")
    for box in phone.locator(".plan-list input").all():
        box.check()
    expect(phone.locator(".plan-agenda .rest").first).to_be_visible()
    phone.emulate_media(media="print")
    phone.evaluate(AXE)
    assert phone.evaluate(FAINT) == []
    assert phone.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_drawings_that_are_on_their_way_have_their_place(browser: Browser, site: Site, address: str) -> None:
    """Nothing jumps when a drawing arrives: it is as high before as after."""
    place = "#content img:is(.full, .half, .third)"
    heights = "all => all.map(one => Math.round(one.getBoundingClientRect().height))"
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    phone = context.new_page()
    paths = [path for path, page in site.pages.items() if page.select_one(place)]
    assert paths
    for path in paths:
        phone.route("**/images/*", lambda route: None)
        phone.goto(address + path, wait_until="domcontentloaded")
        phone.evaluate("document.fonts.ready.then(() => true)")
        before = phone.locator(place).evaluate_all(heights)
        phone.unroute("**/images/*")  # lets go of those that it holds
        phone.locator(place).evaluate_all(
            "all => Promise.all(all.map(one => { one.loading = 'eager'; return one.decode(); }))"
        )
        assert phone.locator(place).evaluate_all(heights) == before
        assert min(before) > 20
    context.close()


def test_every_button_is_as_large_as_a_thumb(phone: Page, site: Site, address: str) -> None:
    small = """[...document.querySelectorAll('button, summary, select, .buttons a, input:not([type=checkbox])')]
               .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
               .map(one => one.outerHTML.slice(0, 90))"""
    seen: set[str] = set()
    for path, page in site.pages.items():
        frame = page.select_one(".page")
        if frame and frame["class"][1] not in seen:
            seen.add(frame["class"][1])
            phone.goto(address + path)
            assert phone.evaluate(small) == [], path
    assert len(seen) > 10


@pytest.mark.parametrize("path", ["", "modules/", "modules/uno/", "search/", "themes/salud/", "en/privacy/"])
def test_the_top_holds_letters_of_twice_the_size(phone: Page, address: str, path: str) -> None:
    """On a phone of 360 px, not only on the screen of 640 px that WCAG asks for."""
    phone.goto(address + path)
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    out = """[...document.querySelectorAll(':is(.top, .bottom, .glance, .agenda, .module-card, .asked, .report) *')]
             .filter(one => one.offsetParent && one.getBoundingClientRect().right > innerWidth + 1)
             .map(one => one.outerHTML.slice(0, 80))"""
    assert phone.evaluate(out) == []
