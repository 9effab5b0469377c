"""The search in a browser, as a person on a phone uses it."""

from __future__ import annotations

import json
import shutil
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from curriculum.library import load
from curriculum.site import index as search_index
from curriculum.site.index import index
from curriculum.site.pagefind import content
from tests.conftest import TODAY
from tests.site.conftest import Site, make, served


def kept(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def titles(phone: Page) -> list[str]:
    return phone.locator(".found h2").all_inner_texts()


def test_nothing_is_loaded_before_the_first_key(phone: Page, address: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    phone.goto(address + "modules/uno/", wait_until="networkidle")
    phone.locator(".top").get_by_role("link", name="Buscar").click()
    phone.wait_for_load_state("networkidle")
    assert phone.url == address + "search/"
    assert [url for url in asked if url.startswith("pagefind")] == []
    phone.get_by_label("¿Qué busca?").press("m")
    expect(phone.locator(".found-count")).to_contain_text("Resultados")
    loaded = [url for url in asked if url.startswith("pagefind")]
    assert "pagefind/pagefind.js" in loaded
    assert "pagefind/wasm.es.pagefind" in loaded
    assert [url for url in loaded if "worker" in url or "ui" in url] == []


@pytest.mark.parametrize(
    ("path", "question", "found"),
    [
        # Stemmed, accents folded, in either direction.
        ("search/", "practicas", "Uno: el mapa"),
        ("search/", "SESION dibujando", "Uno: el mapa"),
        ("search/", "ácordamos", "Uno: el mapa"),
        ("en/search/", "mapping", "One: the map"),
        ("en/search/", "circles", "One: the map"),
    ],
)
def test_endings_and_accents_do_not_matter(phone: Page, address: str, path: str, question: str, found: str) -> None:
    phone.goto(address + path)
    phone.locator("#q").press_sequentially(question)
    expect(phone.locator(".found h2").first).to_be_visible()
    assert found in titles(phone)


def test_results_are_in_the_language_of_the_page(phone: Page, address: str) -> None:
    phone.goto(address + "search/?q=traducción")
    expect(phone.locator(".found h2").first).to_have_text("Sólo en español")
    # The English page of that module shows the Spanish text, and English readers do not find it.
    phone.goto(address + "en/search/?q=traducción")
    expect(phone.locator(".found-count")).to_contain_text("Nothing was found")
    assert phone.locator(".found > li").count() == 0
    phone.goto(address + "en/search/?q=written")
    expect(phone.locator(".found a").first).to_be_visible()
    links = phone.locator(".found a").evaluate_all("all => all.map(one => one.href)")
    assert links
    assert [link for link in links if not link.startswith(address + "en/")] == []


def test_results_are_narrowed_and_the_address_keeps_them(phone: Page, address: str) -> None:
    phone.goto(address + "search/?q=mapa")
    expect(phone.locator(".found-count")).to_contain_text("Resultados")
    kinds = {text.split(" · ")[0] for text in phone.locator(".found > li > .small").all_inner_texts()}
    assert {"Hojas para participantes", "Módulos para facilitar"} < kinds
    phone.get_by_label("Tipo de página").select_option("module")
    expect(phone.locator(".found-count")).to_have_text("Resultados: 1")
    assert phone.url.endswith("?q=mapa&kind=module")
    phone.reload()
    expect(phone.locator(".found-count")).to_have_text("Resultados: 1")
    phone.get_by_label("Tema").select_option("digital")
    expect(phone.locator(".found-count")).to_contain_text("No se encontró nada")


def test_a_result_leads_to_the_step(phone: Page, address: str) -> None:
    phone.goto(address + "search/?q=hilo&kind=module")
    phone.locator(".found ul a", has_text="Apertura").click()
    assert phone.url == address + "modules/uno/#apertura"


def test_common_words_are_not_asked_for(phone: Page, address: str) -> None:
    """They would be found on every page, and each would be one more download."""
    phone.goto(address + "search/?q=el mapa de los&kind=module")
    expect(phone.locator(".found-count")).to_have_text("Resultados: 1")
    assert phone.locator(".found mark", has_text="mapa").count() > 0
    assert phone.locator("mark").filter(has_text="los").count() == 0


def test_the_keyboard_alone_searches(phone: Page, address: str) -> None:
    phone.goto(address + "en/search/")
    phone.locator("#q").focus()
    phone.keyboard.type("map")
    phone.keyboard.press("Enter")
    expect(phone.locator(".found h2").first).to_be_visible()
    for _ in range(3):
        phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('.found') !== null")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/en/modules/uno/**")


def test_without_connection_the_search_says_so(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    phone = context.new_page()
    phone.goto(address + "search/")
    phone.route("**/pagefind/**", lambda route: route.abort())
    phone.locator("#q").press_sequentially("mapa")
    expect(phone.locator(".found-count")).to_contain_text("no se pudo cargar")
    phone.unroute("**/pagefind/**")
    phone.locator("#q").press("s")
    phone.locator("#q").press("Backspace")
    expect(phone.locator(".found h2").first).to_be_visible()
    context.close()


def test_the_index_is_the_same_bytes_again(site: Site, tmp_path: Path) -> None:
    again = Path(shutil.copytree(site.folder, tmp_path / "again", ignore=shutil.ignore_patterns("pagefind")))
    index(load(site.root, TODAY), again)
    assert kept(again / "pagefind") == kept(site.folder / "pagefind")


def found(site: Path) -> dict[str, Any]:
    """What the index of a site says, with its pages by name, not by number."""
    folder, said = site / "pagefind", dict[str, Any]()
    for lang, one in json.loads((folder / "pagefind-entry.json").read_text("utf-8"))["languages"].items():
        _, listed, pieces, filters, *rest = content(folder / f"pagefind.{one['hash']}.pf_meta")
        names = [name for name, _ in listed]

        def places(pages: list[Any], names: list[str] = names) -> dict[str, Any]:
            numbers = accumulate(page[0] for page in pages)
            return {names[number]: page[1:] for number, page in zip(numbers, pages, strict=True)}

        words = [word for piece in pieces for word in content(folder / "index" / f"{piece[2]}.pf_index")[0]]
        assert [word for word, _, _ in words] == sorted({word for word, _, _ in words})
        held = [content(folder / "filter" / f"{file}.pf_filter") for _, file in filters]
        said[lang] = {
            "pages": sorted(listed),
            "fragments": {name: (folder / "fragment" / f"{name}.pf_fragment").read_bytes() for name in names},
            "words": {
                word: (places(on), {form: places(at) for form, at in forms} if forms else {})
                for word, on, forms in words
            },
            "filters": {
                name: {value: {names[number] for number in numbers} for value, numbers in values}
                for name, values in held
            },
            "rest": rest,
            "count": one["page_count"],
        }
    return said


@pytest.mark.parametrize("batch", [2, 5])
def test_an_index_made_in_parts_finds_what_the_whole_finds(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """Of the parts, some know of pictures and others do not."""
    again = Path(shutil.copytree(site.folder, tmp_path / "again", ignore=shutil.ignore_patterns("pagefind")))
    monkeypatch.setattr(search_index, "BATCH", batch)
    index(load(site.root, TODAY), again)
    assert found(again) == found(site.folder)


def test_only_what_is_used_is_published(site: Site) -> None:
    names = set(kept(site.folder / "pagefind"))
    assert {"pagefind.js", "pagefind-entry.json", "wasm.es.pagefind", "wasm.en.pagefind"} <= names
    assert [name for name in names if name.endswith(".css") or "ui" in name or "worker" in name] == []
    entry = json.loads((site.folder / "pagefind/pagefind-entry.json").read_text("utf-8"))
    assert set(entry["languages"]) == {"es", "en"}


def test_a_page_without_script_leads_to_the_list(site: Site) -> None:
    page = site.page("search/")
    assert page.find("select").find_parent("p").has_attr("hidden")
    assert site.target("search/", page.find(class_="search-else").a["href"])[0] == "modules/"


def test_there_are_more_results(small: Path, tmp_path: Path, phone: Page) -> None:
    for number in range(7):
        copy = Path(shutil.copytree(small / "modules/solo-es", small / f"modules/otro-{number}"))
        meta = (copy / "module.yml").read_text("utf-8")
        (copy / "module.yml").write_text(
            "\n".join(line for line in meta.splitlines() if not line.startswith(("number", "moved_from"))), "utf-8"
        )
    with served(make(small, tmp_path / "out")) as address:
        phone.goto(address + "search/?q=traducción&kind=module")
        expect(phone.locator(".found-count")).to_have_text("Resultados: 8")
        button = phone.get_by_role("button", name="Más resultados")
        for seen in (3, 6):
            expect(phone.locator(".found > li")).to_have_count(seen)
            button.click()
            expect(phone.locator(".found > li").nth(seen)).to_be_visible()
            assert phone.evaluate(f"document.activeElement === document.querySelectorAll('.found h2 a')[{seen}]")
        expect(phone.locator(".found > li")).to_have_count(8)
        expect(button).to_be_hidden()
