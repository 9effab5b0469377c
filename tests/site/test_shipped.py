"""The curriculum of this repository as its readers have it: found, read on a small phone, nothing told to anybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.conftest import HERE
from tests.site.conftest import Site, make, served

MODULE = "modules/hog-contrato-y-derechos/"
# Somebody adds this to a page; the words are those of a session on washing hands.
SAID = {
    "es": "Con agua y jabón se puede desinfectar la mesa de trabajo.",
    "en": "With water and soap people wash the table and disinfect it.",
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Site:
    base = tmp_path_factory.mktemp("shipped")
    for name in ("modules", "data", "docs"):
        shutil.copytree(HERE.parent / name, base / "root" / name)
    for lang, text in SAID.items():
        page = base / "root" / "docs" / f"care.{lang}.md"
        page.write_text(f"{page.read_text('utf-8').rstrip()}\n\n{text}\n", "utf-8")
    return make(base / "root", base / "out")


@pytest.fixture(scope="module")
def home(shipped: Site) -> Iterator[str]:
    with served(shipped) as address:
        yield address


@pytest.mark.parametrize(
    ("lang", "question", "found"),
    [
        ("es", "desinfectando", "Cuidado infantil, cuidado y seguridad"),
        ("es", "jabon", "Cuidado infantil, cuidado y seguridad"),
        ("es", "negociando", "De la queja a la demanda: negociar en colectivo"),
        ("es", "pensionados", "Envejecer trabajando: pensión y cuidados"),
        ("es", "RECICLADOR", "Recicladoras de base: de la basura al reconocimiento"),
        ("en", "disinfecting", "Childcare, care and safety"),
        ("en", "washing", "Childcare, care and safety"),
        ("en", "negotiates", "From complaint to demand: collective negotiation"),
        ("en", "registered", "IMSS: who registers, who pays, and how I ask"),
    ],
)
def test_any_ending_and_no_accent_finds_the_page_among_all(
    phone: Page, home: str, lang: str, question: str, found: str
) -> None:
    phone.goto(f"{home}{'' if lang == 'es' else 'en/'}search/")
    phone.locator("#q").press_sequentially(question)
    first = phone.locator(".found h2", has_text=found).first
    more = phone.get_by_role("button", name="Más resultados" if lang == "es" else "More results")
    expect(phone.locator(".found h2").first).to_be_visible()
    if not first.is_visible():
        more.click()
    expect(first).to_be_visible()


def keys(page: Page) -> set[str]:
    """What the page has put by in this browser, by the first word of its key."""
    every: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return {key.split()[0] for key in every}


def test_the_privacy_page_tells_all_that_the_site_keeps(browser: Browser, shipped: Site, home: str) -> None:
    """A reader does what leaves something behind, compares it with the page, and deletes it as the page says."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="light")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    phone = context.new_page()
    phone.goto(home + MODULE, wait_until="networkidle")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.reload(wait_until="networkidle")
    phone.locator("button.theme").click()
    phone.locator(".starts input").fill("17:30")
    assert keys(phone) == {"theme", "starts"}
    phone.get_by_role("button", name="Empezar la sesión").or_(
        phone.get_by_role("link", name="Empezar la sesión")
    ).first.click()
    phone.get_by_role("button", name="Siguiente").click()
    phone.get_by_role("button", name="Salir").click()
    phone.goto(home + "plan/")
    phone.locator(".plan-list input").first.check()
    assert keys(phone) == {"theme", "starts", "run", "plan"}
    assert context.cookies() == []
    assert [url for url in asked if not url.startswith((home, "data:"))] == []
    sentences = {
        "privacy/": ("no pone cookies", "modo claro u oscuro", "hora de inicio", "su plan", "el reloj de su sesión"),
        "en/privacy/": (
            "sets no cookies",
            "light or dark mode",
            "start time",
            "your plan",
            "the clock of your session",
        ),
    }
    for path, said in sentences.items():
        assert [one for one in said if one not in shipped.text(path)] == []
    assert "las páginas que abrió o guardó" in shipped.text("privacy/")
    assert "the pages that you opened or saved" in shipped.text("en/privacy/")

    kept = "async path => Boolean(await caches.match(path))"
    phone.goto(home + "privacy/")
    phone.wait_for_function(kept, arg=f"/{MODULE}")
    phone.locator("article").get_by_role("link", name="Sin internet").click()
    phone.get_by_role("button", name="Borrar todo lo guardado").click()
    phone.wait_for_function(f"async path => !(await ({kept})(path))", arg=f"/{MODULE}")
    context.close()


@pytest.mark.parametrize("path", ["about/", "en/about/"])
def test_about_leads_to_everything_it_speaks_of(shipped: Site, path: str) -> None:
    page = shipped.page(path)
    links = {shipped.target(path, link["href"])[0] for link in page.select("article a:not([href*=':'])")}
    prefix = path.removesuffix("about/")
    assert {
        f"{prefix}{place}" for place in ("themes/", "modules/", "why/", "contribute/", "rules/", "privacy/")
    } <= links
    assert links <= set(shipped.pages)
    # Where to report a mistake stands at the end, as on every page.
    assert "report" in page.select("article > *")[-1]["class"]


def test_no_page_is_pushed_sideways_on_the_smallest_phone(browser: Browser, shipped: Site, home: str) -> None:
    """WCAG 1.4.10: at 320 px only tables and papers may be pushed, each in its own frame."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, service_workers="block")
    phone = context.new_page()
    wide = {}
    for path, page in shipped.pages.items():
        if page.select_one("html > body .page") and not path.startswith("en/modules/"):
            phone.goto(home + path, wait_until="load")
            if (width := phone.evaluate("document.documentElement.scrollWidth")) > 320:
                wide[path] = width
    context.close()
    assert wide == {}


def test_lines_to_write_on_fit_the_phone(phone: Page, home: str) -> None:
    phone.goto(f"{home}{MODULE}participants/")
    contract = phone.locator("#handout-contrato-ilustrado + .sheet, h2:has-text('Contrato ilustrado') + .sheet").first
    assert contract.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_sources_are_dated_in_words(shipped: Site) -> None:
    for path, said in ((MODULE, "14 de mayo de 2026."), (f"en/{MODULE}", "14 May 2026.")):
        sources = [item.get_text() for item in shipped.page(path).select(".fact-list ul li")]
        assert any(source.endswith(said) for source in sources)
        assert [source for source in sources if "…." in source or ", 20" in source[-9:]] == []


def test_the_law_on_an_english_page_is_marked_as_spanish(shipped: Site) -> None:
    page: BeautifulSoup = shipped.page(f"en/{MODULE}")
    for link in page.select(".fact-list ul a"):
        assert link.find_parent(lang=True)["lang"] == "es"  # type: ignore[index]
