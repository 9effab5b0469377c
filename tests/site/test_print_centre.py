"""The print centre: every PDF with its pages and size, with filters and without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from curriculum.site.download import Download
from tests.conftest import HERE
from tests.site.conftest import Site, make, served

PATHS = {"es": "print/", "en": "en/print/"}


def pdf(module: str, lang: str, kind: str, pages: int, size: int, name: str = "") -> Download:
    return Download(module, lang, kind, "letter", f"pdf/{name or f'{module}-{kind}'}-{lang}.pdf", pages, size, "0" * 64)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Site:
    base = tmp_path_factory.mktemp("papers")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    text = (root / "modules/solo-es/module.yml").read_text("utf-8")
    (root / "modules/solo-es/module.yml").write_text(text.replace("themes: [salud]", "themes: [digital]"), "utf-8")
    sheets = [
        pdf("", "es", "book", 120, 1_234_567, "book"),
        pdf("", "en", "book", 118, 1_200_000, "book"),
        pdf("uno", "es", "handouts", 3, 20_000),
        pdf("uno", "es", "guide", 12, 345_678),
        pdf("uno", "en", "guide", 11, 340_000),
        pdf("solo-es", "es", "guide", 9, 90_000),
    ]
    for sheet in sheets:
        file = base / "out" / sheet.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"%PDF-1.7")
    return make(root, base / "out", tuple(sheets))


@pytest.fixture(scope="module")
def address(papers: Site) -> Iterator[str]:
    with served(papers) as address:
        yield address


def rows(page: Page) -> list[str]:
    found = page.locator(".shelf tbody tr:visible").all()
    return [" | ".join(cell.strip() for cell in row.locator("th, td").all_inner_texts()) for row in found]


BOTH = {
    "es": [
        "De todo el programa",
        "Libro: todos los módulos | 120 | 1.2 MB",
        "M1 Uno: el mapa",
        "Guía para facilitar | 12 | 346 kB",
        "Hojas para participantes | 3 | 20 kB",
        "M2 Sólo en español",
        "Guía para facilitar | 9 | 90 kB",
    ],
    "en": [
        "Of the whole curriculum",
        "The book: every module | 118 | 1.2 MB",
        "M1 One: the map",
        "Facilitator guide | 11 | 340 kB",
    ],
}


@pytest.mark.parametrize("lang", PATHS)
def test_without_scripts_every_pdf_is_there_in_the_readers_language_first(
    browser: Browser, address: str, lang: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATHS[lang])
    assert page.locator(".shelf tr[data-item]").count() == 6
    assert rows(page)[: len(BOTH[lang])] == BOTH[lang]
    assert not page.locator(".filters").is_visible()
    # No row is wider than the phone, and every one can be hit with a thumb.
    for link in page.locator(".shelf tr[data-item] a").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44
    assert all(box["x"] + box["width"] <= 360 for one in page.locator("td").all() if (box := one.bounding_box()))
    context.close()


def test_papers_are_narrowed_down_by_theme_module_kind_language_and_words(phone: Page, address: str) -> None:
    phone.goto(address + "print/")
    expect(phone.locator("output")).to_have_text("6 PDF")
    phone.click(".filters summary")
    phone.select_option("#f-theme", "digital")
    assert rows(phone) == ["M2 Sólo en español", "Guía para facilitar | 9 | 90 kB"]
    assert phone.evaluate("location.hash") == "#theme=digital"
    phone.get_by_role("button", name="Quitar filtros").click()
    phone.select_option("#f-module", "uno")
    phone.select_option("#f-language", "en")
    assert rows(phone) == ["M1 One: the map", "Guía para facilitar | 11 | 340 kB"]
    phone.get_by_role("button", name="Quitar filtros").click()
    phone.select_option("#f-kind", "handouts")
    assert rows(phone) == ["M1 Uno: el mapa", "Hojas para participantes | 3 | 20 kB"]
    phone.get_by_role("button", name="Quitar filtros").click()
    # The heading of the group is searched with the row, accents or not.
    phone.fill("#f-words", "solo espanol guia")
    assert rows(phone) == ["M2 Sólo en español", "Guía para facilitar | 9 | 90 kB"]
    phone.fill("#f-words", "nada de esto")
    assert rows(phone) == []
    expect(phone.locator(".none")).to_be_visible()


def test_what_was_chosen_is_sent_with_the_address(phone: Page, address: str) -> None:
    phone.goto(address + "en/print/#kind=guide&language=en")
    assert rows(phone) == ["M1 One: the map", "Facilitator guide | 11 | 340 kB"]
    link = phone.locator(".shelf a:visible", has_text="Facilitator guide")
    answer = phone.evaluate("link => fetch(link).then(one => one.text())", link.evaluate("one => one.href"))
    assert answer == "%PDF-1.7"


def test_the_table_is_not_what_a_search_for_a_module_finds(papers: Site) -> None:
    for path in PATHS.values():
        assert all(table.has_attr("data-pagefind-ignore") for table in papers.page(path).select(".shelf"))
