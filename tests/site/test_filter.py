"""Narrowing the list of modules down, as a facilitator does on a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import HERE
from tests.site.conftest import make, served

# What the modules of tests/small are made to be: one of each kind.
CHANGES = {
    "uno": {"equipment: [wall]": "equipment: [wall, printing]"},
    "solo-es": {
        "sectors: [all]": "sectors: [hogar]\nequipment: [projector]",
        "depth: tactical": "depth: deepening",
        "max: 30": "max: 15",
    },
    "only-en": {"themes: [salud]": "themes: [digital]", "literacy: basic": "literacy: any", "[all]": "[reciclaje]"},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    base = tmp_path_factory.mktemp("filter")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    shutil.copytree(HERE / "site" / "more" / "docs", root / "docs")
    for module, changes in CHANGES.items():
        file = root / "modules" / module / "module.yml"
        text = file.read_text("utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    with served(make(root, base / "out")) as address:
        yield address


def titles(page: Page) -> list[str]:
    return page.locator(".module-card:visible h3 b").all_inner_texts()


def test_modules_are_narrowed_down_and_the_address_carries_it(phone: Page, address: str, browser: Browser) -> None:
    phone.goto(f"{address}modules/")
    assert titles(phone) == ["M1", "M2", "M3"]
    assert phone.locator("output").inner_text() == "3 módulos"
    phone.click(".filters summary")
    phone.select_option("#f-sector", "hogar")
    assert titles(phone) == ["M1", "M2"]
    phone.fill("#f-people", "18")
    assert titles(phone) == ["M1"]
    assert phone.locator("output").inner_text() == "1 módulo"
    phone.check("#f-literacy")
    assert phone.evaluate("location.hash") == "#sector=hogar&people=18&literacy=any"
    # Somebody else opens what was sent to them.
    other = browser.new_page()
    other.goto(phone.url)
    assert titles(other) == ["M1"]
    assert other.locator("#f-people").input_value() == "18"
    other.close()
    phone.click("button[type=reset]")
    assert titles(phone) == ["M1", "M2", "M3"]
    assert phone.evaluate("location.hash") == ""


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("theme=salud", ["M1", "M2"]),
        ("theme=digital", ["M3"]),
        ("minutes=60", ["M2", "M3"]),
        ("depth=deepening", ["M2"]),
        ("without=electricity", ["M1", "M3"]),
        ("without=electricity&without=printing", ["M3"]),
        ("languages=every", ["M1"]),
        ("languages=in-es", ["M2"]),
        ("literacy=any", ["M1", "M3"]),
        ("people=400", []),
        ("nonsense=1", ["M1", "M2", "M3"]),
    ],
)
def test_each_filter_by_its_address(phone: Page, address: str, mark: str, shown: list[str]) -> None:
    phone.goto(f"{address}modules/#{mark}")
    assert titles(phone) == shown
    assert phone.locator(".none").is_visible() == (not shown)
    # A theme without modules that fit has no heading.
    themes = {"digital" if name == "M3" else "salud" for name in shown}
    assert phone.locator(".module-list section:visible").count() == len(themes)


def test_home_leads_to_the_modules_of_a_sector(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.click(".frieze a:has-text('Trabajadoras del hogar')")
    phone.wait_for_url(re.compile("#sector=hogar$"))
    assert titles(phone) == ["M1", "M2"]
    assert phone.locator("#f-sector").input_value() == "hogar"


def test_in_english_the_same(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/modules/#sector=reciclaje")
    assert titles(phone) == ["M1", "M3"]
    assert phone.locator("output").inner_text() == "2 modules"


def test_the_keyboard_narrows_down_too(phone: Page, address: str) -> None:
    phone.goto(f"{address}modules/")
    phone.focus(".filters summary")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.id") == "f-theme"
    phone.keyboard.press("ArrowDown")
    assert len(titles(phone)) == 2


def test_without_a_script_it_is_a_plain_list(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}modules/#sector=hogar")
    assert titles(page) == ["M1", "M2", "M3"]
    assert not page.locator(".filters").is_visible()
    context.close()


def test_words_and_icebreakers_are_narrowed_down_too(phone: Page, address: str) -> None:
    phone.goto(f"{address}icebreakers/")
    bank = phone.locator(".icebreaker:visible")
    whole = bank.count()
    assert whole
    phone.select_option("#f-space", "standing")
    assert all(one.get_attribute("data-space") == "standing" for one in bank.all())
    phone.select_option("#f-space", "")
    assert bank.count() == whole
    phone.goto(f"{address}en/glossary/")
    words = phone.locator(".glossary dt:visible")
    first = words.first.inner_text()
    phone.fill("#f-words", first.upper())
    assert first in words.all_inner_texts()
    phone.fill("#f-words", "zzz")
    assert words.count() == 0
    assert phone.get_by_text("That word is not in the glossary.").is_visible()
