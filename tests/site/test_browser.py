"""The site in a real browser: what it asks for, how it fits a small phone, what its script does."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

PATHS = [
    "", "en/", "modules/", "themes/", "themes/salud/", "modules/uno/", "modules/uno/participants/", "about/", "rules/",
    "en/modules/solo-es/", "404.html", "why/", "en/coverage/",
]  # fmt: skip


# Pages after a round of consultations.
ASKED = ["why/", "en/why/", "coverage/", "en/coverage/", "themes/", "themes/salud/", "themes/ahorro/", "modules/uno/"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_only_its_own_site_and_fits_a_phone(phone: Page, address: str, path: str) -> None:
    asked: list[str] = []
    failed: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    phone.on("requestfailed", lambda request: failed.append(request.url))
    phone.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    phone.goto(address + path, wait_until="networkidle")
    assert failed == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    wide = """[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 361
              && !e.closest('.sheet, pre')).map(e => e.outerHTML.slice(0, 80))"""
    assert phone.evaluate(wide) == []


@pytest.mark.parametrize("width", [360, 800, 1280])
@pytest.mark.parametrize("path", ASKED)
def test_what_was_asked_fits_every_screen(phone: Page, asked_address: str, path: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    phone.goto(asked_address + path)
    phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert phone.evaluate("document.documentElement.scrollWidth") == width
    wide = """[...document.querySelectorAll('article *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
              && !e.closest('.sheet, pre, thead')).map(e => e.outerHTML.slice(0, 80))"""
    assert phone.evaluate(wide) == []
    # No cell is wider than what is left for it: nothing is cut off or covers its neighbour.
    cut = """[...document.querySelectorAll('article td, article tbody th, article dd')]
             .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    assert phone.evaluate(cut) == []


@pytest.mark.parametrize("path", ["why/", "coverage/"])
def test_rows_become_cards_that_name_their_cells_and_stay_a_table(phone: Page, asked_address: str, path: str) -> None:
    phone.goto(asked_address + path)
    cell = ".grid.ranking td" if path == "why/" else ".matrix td"
    label = phone.evaluate(f"getComputedStyle(document.querySelector('{cell}'), '::before').content")
    assert label == ('"Puntaje"' if path == "why/" else '"Trabajadoras del hogar"')
    names = phone.get_by_role("columnheader").all_inner_texts()
    assert names
    assert phone.get_by_role("rowheader").count() > 0
    phone.set_viewport_size({"width": 1280, "height": 800})
    assert phone.evaluate(f"getComputedStyle(document.querySelector('{cell}'), '::before').content") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gaps_can_be_told_without_colour(phone: Page, asked_address: str, scheme: Literal["light", "dark"]) -> None:
    """The mark of a cell is drawn in the colour of its text, by day and by night."""
    phone.emulate_media(color_scheme=scheme)
    phone.goto(asked_address + "coverage/")
    inks = """[...document.querySelectorAll('.matrix td b')].map(
              e => [getComputedStyle(e).color, getComputedStyle(e.querySelector('i')).backgroundColor])"""
    assert len({colour for pair in phone.evaluate(inks) for colour in pair}) == 1
    assert phone.locator(".matrix td i").first.is_visible()


@pytest.mark.parametrize("path", PATHS)
def test_targets_are_large_enough_for_a_thumb(phone: Page, address: str, path: str) -> None:
    """WCAG 2.5.8: 24 px at least, links inside a line of text apart."""
    phone.goto(address + path)
    small = """[...document.querySelectorAll(`nav a, .buttons a, .doors a, .frieze a, button, select, input:enabled,
                summary, .agenda a, .crumbs a, .language, .top .brand, .bottom a`)]
               .filter(e => e.offsetParent && Math.min(e.offsetWidth, e.offsetHeight) < 24)
               .map(e => e.outerHTML.slice(0, 80))"""
    assert phone.evaluate(small) == []


def test_light_and_dark(phone: Page, address: str) -> None:
    def ground() -> str:
        return str(phone.evaluate("getComputedStyle(document.body).backgroundColor"))

    phone.goto(address)
    light = ground()
    phone.emulate_media(color_scheme="dark")
    dark = ground()
    assert light != dark
    phone.click("button.theme")
    assert ground() == light
    phone.goto(address + "en/modules/")
    assert ground() == light  # the choice goes along
    phone.click("button.theme")
    assert ground() == dark


def test_the_clock_of_the_session(phone: Page, address: str) -> None:
    phone.goto(address + "modules/uno/")
    phone.fill("#starts", "18:30")
    assert phone.locator(".agenda td:first-child").all_inner_texts() == ["18:30", "18:40", "18:45", "19:45"]
    assert "18:45–19:45" in phone.locator("#practica + .when").inner_text()
    phone.reload()
    assert phone.locator(".agenda td:first-child").first.inner_text() == "18:30"
    phone.fill("#starts", "")
    assert phone.locator(".agenda td:first-child").all_inner_texts() == ["0:00", "0:10", "0:15", "1:15"]


@pytest.mark.parametrize(("day", "shown"), [("2026-12-01", 0), ("2027-01-31", 0), ("2027-02-01", 1), ("2027-08-01", 2)])
def test_a_fact_is_due_on_the_readers_calendar(phone: Page, address: str, day: str, shown: int) -> None:
    phone.clock.set_fixed_time(f"{day}T12:00:00")
    phone.goto(address + "modules/uno/")
    assert phone.locator(".fact-list .due:visible").count() == shown
    assert phone.locator(".glance .due:visible").count() == min(shown, 1)


@pytest.mark.parametrize(("day", "shown"), [("2027-01-31", "$2,000"), ("2027-02-01", "$________")])
def test_an_amount_goes_on_the_readers_calendar_too(phone: Page, address: str, day: str, shown: str) -> None:
    phone.clock.set_fixed_time(f"{day}T12:00:00")
    phone.goto(address + "about/")
    assert f"son {shown} al mes" in phone.locator("article").inner_text()
    assert f"da {shown} al mes" in phone.locator("#fact-F09").inner_text()


def test_the_contents_open_and_close_on_a_phone_and_stand_open_where_there_is_room(phone: Page, address: str) -> None:
    phone.goto(address + "modules/uno/")
    assert not phone.locator(".toc ol").is_visible()
    phone.click(".toc summary")
    phone.click(".toc a[href='#practica']")
    assert not phone.locator(".toc ol").is_visible()
    phone.set_viewport_size({"width": 1280, "height": 800})
    phone.locator(".toc ol").wait_for(state="visible")


def test_the_keyboard_reaches_the_content_first(phone: Page, address: str) -> None:
    phone.goto(address + "modules/uno/")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.className") == "skip"
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "content"


def test_everything_is_there_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + "modules/uno/")
    assert page.locator(".agenda tbody tr").count() == 3
    assert not page.locator(".starts").is_visible()
    assert not page.locator("button.theme").is_visible()
    page.click(".toc summary")
    assert page.locator(".toc ol").is_visible()
    context.close()
