"""The page of a module, as somebody uses it on a phone in the hour before the session."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import SITE, Site


@pytest.mark.parametrize(
    ("path", "share", "text"),
    [
        ("modules/uno/", "Enviar por WhatsApp", ["Uno: el mapa", "75 min", "6", "20"]),
        ("en/modules/uno/", "Send by WhatsApp", ["One: the map", "75 min", "6", "20"]),
    ],
)
def test_it_is_shared_as_a_text_that_makes_sense_without_the_link(
    phone: Page, address: str, path: str, share: str, text: list[str]
) -> None:
    phone.goto(address + path)
    link = phone.get_by_role("link", name=share)
    expect(link).to_be_visible()
    query = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    (sent,) = query["text"]
    said, _, short = sent.rpartition(" ")
    for part in text:
        assert part in said.replace("\u00a0", " ")
    # The summary too, the address last and short enough to be typed.
    assert phone.locator(".masthead .summary").inner_text() in said
    assert short.startswith(SITE)
    assert len(short) < 60
    assert "http" not in said
    assert len(sent) < 500


@pytest.mark.parametrize(
    ("path", "name", "title"),
    [
        ("modules/uno/", "Página para participantes", "Uno: el mapa"),
        ("en/modules/uno/", "Page for participants", "One: the map"),
    ],
)
def test_the_participants_page_is_one_tap_away(phone: Page, address: str, path: str, name: str, title: str) -> None:
    phone.goto(address + path)
    phone.get_by_role("link", name=name).first.click()
    phone.wait_for_url(f"**/{path}participants/")
    expect(phone.locator("h1")).to_have_text(title)


def test_papers_stand_on_it_with_pages_and_size(site: Site) -> None:
    (line,) = site.page("modules/uno/").select(".downloads li")
    assert " ".join(line.get_text(" ").split()) == "Guía para facilitar PDF · 12 páginas · carta · 346 kB"
    # The paper is in Spanish only, so the English page does not offer it as its own.
    assert not site.page("en/modules/uno/").select(".downloads li")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "modules/uno/",
            ["Después de este M2 Sólo en español M3 Only in English", "Ruta"],
        ),
        ("modules/solo-es/", ["Antes de este M1 Uno: el mapa"]),
        ("en/modules/only-en/", ["Before this one M1 One: the map"]),
    ],
)
def test_what_comes_before_and_after_it(site: Site, path: str, expected: list[str]) -> None:
    found = [" ".join(one.get_text(" ").split()) for one in site.page(path).select(".related > div")]
    for part in expected:
        assert any(part in one for one in found), found


def test_a_path_leads_on_to_the_next_session(phone: Page, address: str) -> None:
    phone.goto(address + "en/modules/uno/")
    around = phone.locator(".related")
    assert "First path" in around.inner_text()
    around.get_by_role("link", name="Only in English").last.click()
    expect(phone.locator("h1")).to_have_text("Only in English")
    phone.locator(".related").get_by_role("link", name="First path").click()
    phone.wait_for_url("**/en/paths/#primer-camino")
    expect(phone.locator("#primer-camino")).to_be_in_viewport()


def test_nothing_moves_for_readers_who_asked_for_that(browser: Browser, address: str) -> None:
    moving = """() => document.getAnimations().length
      + [...document.querySelectorAll('*')].filter(one => {
        const style = getComputedStyle(one);
        const times = `${style.transitionDuration},${style.animationDuration}`.split(',');
        return style.scrollBehavior === 'smooth' || times.some(time => parseFloat(time) > 0);
      }).length"""
    counts = {}
    for wish in ("reduce", "no-preference"):
        context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion=wish)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address + "modules/uno/")
        counts[wish] = page.evaluate(moving)
        context.close()
    assert counts["reduce"] == 0
    assert counts["no-preference"] > 0
