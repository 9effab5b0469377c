"""Without internet: pages that were visited, modules that were saved, and the copy on a USB stick."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from curriculum.site.built import target
from curriculum.site.saves import size
from curriculum.words import words
from tests.site.conftest import SITE, Site, served

SAVE = "Guardar este módulo en el teléfono"


def settled(page: Page) -> None:
    """Wait until the service worker answers for the page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def kept(page: Page, address: str) -> None:
    """Wait until the phone keeps what a piece of script names."""
    for _ in range(200):
        if page.evaluate(f"caches.match({address}).then(found => !!found)"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(address)


def text(page: Page) -> str:
    return " ".join(page.locator("body").inner_text().split())


def test_what_was_visited_opens_again(phone: Page, site: Site) -> None:
    with served(site) as address:
        phone.goto(address)
        settled(phone)
        for path in ("modules/uno/", "themes/salud/", "en/modules/uno/"):
            phone.goto(address + path, wait_until="networkidle")
    # The server is gone.
    phone.goto(address + "modules/uno/")
    assert phone.locator("h1").inner_text() == "Uno: el mapa"
    ground = phone.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Atkinson" in ground
    assert phone.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible\"')")
    phone.click(".top .language")
    expect(phone.locator("h1")).to_have_text("One: the map")
    phone.goto(address + "en/modules/only-en/")
    expect(phone.locator(".missing")).to_be_visible()
    assert "/en/offline/?missing=en%2Fmodules%2Fonly-en%2F" in phone.url
    assert "There is no connection, and that page is not saved." in text(phone)
    expect(phone.locator(".stored a")).to_have_text(["M1 One: the map"])
    phone.locator(".stored a").click()
    expect(phone.locator("h1")).to_have_text("One: the map")


def test_the_very_first_page_opens_again(phone: Page, site: Site) -> None:
    """A link that came by message: one page was seen, once, and it brought the service worker."""
    with served(site) as address:
        phone.goto(address + "modules/uno/")
        kept(phone, "location.href")
        kept(phone, "document.querySelector('script[src*=run]').src")
        context = phone.context
        phone.close()
    page = context.new_page()
    page.goto(address + "modules/uno/")
    expect(page.locator("h1")).to_have_text("Uno: el mapa")
    expect(page.get_by_role("link", name="Empezar la sesión")).to_be_visible()


def test_a_page_that_changed_is_shown_new(phone: Page, site: Site, tmp_path: Path) -> None:
    copy = Site(site.root, Path(shutil.copytree(site.folder, tmp_path / "copy")))
    with served(copy) as address:
        phone.goto(address + "about/")
        settled(phone)
        phone.goto(address + "about/", wait_until="networkidle")
        file = copy.folder / "about/index.html"
        file.write_text(file.read_text("utf-8").replace("Acerca de la prueba", "Acerca de otra cosa"), "utf-8")
        phone.goto(address + "about/", wait_until="networkidle")
        assert phone.locator("h1").inner_text() == "Acerca de otra cosa"
    phone.goto(address + "about/")
    assert phone.locator("h1").inner_text() == "Acerca de otra cosa"


def test_a_module_is_saved_with_its_papers(phone: Page, site: Site) -> None:
    with served(site) as address:
        phone.goto(address + "modules/uno/")
        settled(phone)
        button = phone.get_by_role("button", name=SAVE)
        said = button.inner_text()
        button.click()
        expect(phone.locator(".keep [role=status]")).to_have_text("Guardado: se abre sin internet.")
    files = json.loads((site.folder / "saves/es/uno.json").read_text("utf-8"))
    assert said.endswith(f"({size(sum(count for count, _ in files.values()), words('es'))})")
    phone.goto(address + "modules/uno/participants/")
    expect(phone.locator("h1")).to_have_text("Uno: el mapa")
    assert phone.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    paper = phone.evaluate("fetch('../../../pdf/uno/guia.pdf').then(one => one.text())")
    assert paper == "%PDF-1.7"
    phone.goto(address + "modules/uno/")
    expect(phone.locator(".keep [role=status]")).to_have_text("Guardado: se abre sin internet.")
    phone.get_by_role("button", name="Quitarlo del teléfono").click()
    expect(phone.locator(".keep [role=status]")).to_be_empty()
    assert phone.evaluate("caches.match('./participants/')") is None
    assert phone.evaluate("caches.match('../../pdf/uno/guia.pdf')") is None


def test_everything_in_the_language_is_saved_and_searched(phone: Page, site: Site) -> None:
    with served(site) as address:
        phone.goto(address + "en/offline/")
        settled(phone)
        phone.get_by_role("button", name=re.compile(r"Save everything in English \(\d")).click()
        expect(phone.locator(".keep [role=status]")).to_have_text("Saved: it opens without internet.")
        titles = phone.locator(".stored a").all_inner_texts()
        assert {"M1 One: the map", "Themes", "Search"} <= set(titles)
    for path in ("en/", "en/modules/uno/", "en/modules/uno/participants/", "en/themes/salud/", "en/why/", "en/rules/"):
        phone.goto(address + path)
        assert "missing" not in phone.url, path
        assert phone.evaluate("document.documentElement.lang") == "en"
    phone.goto(address + "en/search/?q=circles")
    expect(phone.locator(".found h2").first).to_have_text("One: the map")
    # Spanish was not asked for.
    phone.goto(address + "themes/salud/")
    expect(phone.locator(".missing")).to_be_visible()
    phone.goto(address + "en/offline/")
    phone.get_by_role("button", name="Delete everything that is saved").click()
    expect(phone.locator(".stored")).to_be_hidden()
    phone.goto(address + "en/modules/uno/")
    expect(phone.locator(".missing")).to_be_visible()


def test_saving_goes_on_where_it_stopped(phone: Page, site: Site, tmp_path: Path) -> None:
    asked: list[str] = []
    copy = Site(site.root, Path(shutil.copytree(site.folder, tmp_path / "copy")))
    paper = copy.folder / "pdf/uno/guia.pdf"
    paper.rename(paper.with_suffix(".away"))
    with served(copy) as address:
        phone.goto(address + "modules/uno/")
        settled(phone)
        phone.get_by_role("button", name=SAVE).click()
        expect(phone.locator(".keep [role=status]")).to_contain_text("No se pudo guardar todo.")
        paper.with_suffix(".away").rename(paper)
        phone.context.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        phone.get_by_role("button", name=SAVE).click()
        expect(phone.locator(".keep [role=status]")).to_have_text("Guardado: se abre sin internet.")
        assert "pdf/uno/guia.pdf" in asked
        # What has not changed since is not fetched again.
        asked.clear()
        phone.get_by_role("button", name=SAVE).click()
        expect(phone.locator(".keep [role=status]")).to_have_text("Guardado: se abre sin internet.")
        assert set(asked) <= {"saves/es/uno.json"}


def test_the_lists_name_files_that_are_there(site: Site) -> None:
    lists = sorted(site.folder.glob("saves/**/*.json"))
    assert [file.relative_to(site.folder / "saves").as_posix() for file in lists] == [
        "en/only-en.json", "en/solo-es.json", "en/uno.json", "en.json",
        "es/only-en.json", "es/solo-es.json", "es/uno.json", "es.json",
    ]  # fmt: skip
    for file in lists:
        for path, (count, mark) in json.loads(file.read_text("utf-8")).items():
            content = (site.folder / path).read_bytes()
            assert (len(content), sha256(content).hexdigest()[:8]) == (count, mark), path
    every = set(json.loads((site.folder / "saves/es.json").read_text("utf-8")))
    shown = {file.relative_to(site.folder).as_posix() for file in site.folder.rglob("index.html")}
    redirects = {
        path for path in shown if site.page(path.removesuffix("index.html")).find("meta", {"http-equiv": "refresh"})
    }
    assert {path for path in every if path.endswith(".html")} == {
        path for path in shown - redirects if not path.startswith("en/")
    }


def test_the_worker_stands_at_the_root_and_keeps_what_exists(site: Site) -> None:
    text = (site.folder / "sw.js").read_text("utf-8")
    core = json.loads(re.search(r"^const CORE = (.*);$", text, re.MULTILINE)[1])  # type: ignore[index]
    assert {"offline/", "en/offline/"} <= set(core)
    for path in core:
        assert (site.folder / path / ("index.html" if path.endswith("/") else "")).exists(), path


@pytest.fixture(scope="module")
def stick(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each copy as unzipped onto a stick, by language."""
    folders = {}
    for lang, name in (("es", "prueba-es"), ("en", "test-en")):
        folders[lang] = tmp_path_factory.mktemp("stick") / f"Mi memoria {lang}"
        with ZipFile(site.folder / f"copies/{name}.zip") as zipped:
            zipped.extractall(folders[lang])
    return folders


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A browser that may ask nobody, and whose every complaint is a failure."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("requestfailed", lambda request: complaints.append(request.url))
    yield page
    context.close()
    assert complaints == []


def test_a_copy_opens_from_a_stick(stick: dict[str, Path], reader: Page) -> None:
    reader.goto((stick["es"] / "index.html").as_uri())
    reader.wait_for_url("**/site/index.html")
    assert reader.evaluate("document.documentElement.lang") == "es"
    assert reader.evaluate("document.fonts.ready.then(fonts => [...fonts].some(one => one.status === 'loaded'))")
    reader.locator(".top").get_by_role("link", name="Módulos").click()
    reader.get_by_role("link", name="Uno: el mapa").click()
    expect(reader.locator("h1")).to_have_text("Uno: el mapa")
    # Scripts work, what needs a server is not offered.
    reader.fill("#starts", "18:30")
    expect(reader.locator(".agenda td").first).to_have_text("18:30")
    assert reader.get_by_role("button", name=SAVE).count() == 0
    reader.click(".top .language")
    expect(reader.locator("h1")).to_have_text("One: the map")
    assert reader.url.endswith("/site/en/modules/uno/index.html")


def test_the_other_copy_begins_in_its_language(stick: dict[str, Path], reader: Page) -> None:
    reader.goto((stick["en"] / "index.html").as_uri())
    reader.wait_for_url("**/site/en/index.html")
    assert reader.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    ("lang", "path", "question", "found"),
    [
        ("es", "search/", "SÁLUD", "Salud"),
        ("es", "search/", "mapas", "Uno: el mapa"),
        ("es", "search/", "TRADUCCION", "Sólo en español"),
        ("en", "en/search/", "testing", "One: the map"),
    ],
)
def test_a_copy_is_searched(
    stick: dict[str, Path], reader: Page, lang: str, path: str, question: str, found: str
) -> None:
    reader.goto((stick[lang] / "site" / path / "index.html").as_uri())
    reader.locator("#q").press_sequentially(question)
    expect(reader.locator(".found h2", has_text=found).first).to_be_visible()
    reader.locator(".found h2 a", has_text=found).first.click()
    expect(reader.locator("h1")).to_have_text(found)


def test_the_search_of_a_copy_is_narrowed_and_leads_to_headings(stick: dict[str, Path], reader: Page) -> None:
    reader.goto((stick["es"] / "site/search/index.html").as_uri() + "?q=practica&kind=module")
    expect(reader.locator(".found-count")).to_have_text("Resultados: 1")
    reader.locator(".found ul a", has_text="Práctica").click()
    assert reader.url.endswith("/site/modules/uno/index.html#practica")


def test_every_link_of_a_copy_leads_to_a_file_or_to_the_web(stick: dict[str, Path]) -> None:
    for lang, folder in stick.items():
        inside = folder / "site"
        papers = set()
        for file in inside.rglob("*.html"):
            page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
            path = file.relative_to(inside).as_posix()
            for tag in page.find_all(["a", "img", "link", "script"]):
                link = tag.get("href", tag.get("src"))
                if not link or re.match(r"mailto:|data:|#", link):
                    continue
                if re.match(r"https?:", link):
                    assert tag.name == "a" or tag.get("rel") == ["canonical"], (path, str(tag))
                    # What the copy has itself is read in it.
                    if tag.name == "a" and link.startswith(SITE):
                        named = inside / link.removeprefix(SITE)
                        assert not any(file.is_file() for file in (named, named / "index.html")), (path, link)
                    continue
                to = target(path, unquote(link))
                assert (inside / to).is_file(), (path, link)
                assert urlsplit(link).path.endswith((".html", ".css", ".js", ".svg", ".png", ".pdf", ".csv")), link
                if to.endswith(".pdf"):
                    papers.add(to)
            assert page.find(attrs={"data-online": True}) is None, path
            assert not any("serviceWorker" in str(tag) for tag in page.find_all("script")), path
        assert papers == ({"pdf/uno/guia.pdf"} if lang == "es" else set())


def test_papers_of_another_language_are_on_the_web(stick: dict[str, Path]) -> None:
    page = BeautifulSoup((stick["en"] / "site/modules/uno/index.html").read_text("utf-8"), "html.parser")
    assert page.find("a", type="application/pdf")["href"] == f"{SITE}pdf/uno/guia.pdf"


def test_a_copy_says_nothing_of_the_day_it_was_made(site: Site) -> None:
    with ZipFile(site.folder / "copies/prueba-es.zip") as zipped:
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in zipped.infolist()} == {0o644}
        assert zipped.namelist()[0] == "index.html"


def test_sizes_stand_beside_the_links(site: Site) -> None:
    for path, lang in (("offline/", "es"), ("en/offline/", "en")):
        for link in site.page(path).select(".copies a"):
            file = site.folder / site.target(path, link["href"])[0]
            assert f"({size(file.stat().st_size, words(lang))})" in link.get_text()
    assert site.page("offline/").find(attrs={"data-size": True}) is None


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 kB"), (345_001, "346 kB"), (1_000_000, "1.0 MB"), (1_200_001, "1.3 MB")]
)
def test_sizes_are_never_less_than_they_are(count: int, text: str) -> None:
    assert size(count, words("es")) == text
