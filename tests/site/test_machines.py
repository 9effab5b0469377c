"""What machines read: the policy that browsers hold the pages to, data for search engines, the feed, the picture."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image
from playwright.sync_api import Page

from curriculum.site.linked import licence_address
from tests.site.conftest import SITE, Site, make

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def policy(site: Site, path: str) -> dict[str, list[str]]:
    content = site.page(path).find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    return {name: values for name, *values in (rule.split() for rule in content.split("; "))}


def test_every_page_forbids_what_it_does_not_need(each: Site) -> None:
    for path in each.pages:
        rules = policy(each, path)
        assert rules["default-src"] == ["'none'"], path
        compiles = ["'wasm-unsafe-eval'"] if path.endswith("search/") else []
        assert rules["script-src"] == ["'self'", *compiles], path
        # Nothing inline, nothing evaluated, nobody else.
        values = {value for values in rules.values() for value in values}
        assert values <= {"'none'", "'self'", "data:", "'wasm-unsafe-eval'"}, path


def test_the_policy_comes_before_anything_it_governs(each: Site) -> None:
    for path, page in each.pages.items():
        first = next(tag for tag in page.head.find_all() if tag.get("charset") is None)
        assert first.get("http-equiv") == "Content-Security-Policy", path


def test_the_browser_stops_what_is_written_into_a_page(phone: Page, address: str) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    phone.goto(address + "modules/uno/")
    phone.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<img src="https://example.org/x.png">');
    }""")
    phone.wait_for_timeout(200)
    assert phone.evaluate("window.ran") is None
    assert len([text for text in said if "Content Security Policy" in text]) == 2


def test_pages_leave_no_cookies(phone: Page, address: str) -> None:
    for path in ("", "modules/uno/", "search/?q=mapa", "en/"):
        phone.goto(address + path, wait_until="networkidle")
    assert phone.context.cookies() == []


def linked(site: Site, path: str) -> dict[str, object]:
    found = site.page(path).find("script", type="application/ld+json")
    data: dict[str, object] = json.loads(found.string)
    return data


def test_a_module_is_a_learning_resource(site: Site) -> None:
    data = linked(site, "en/modules/uno/")
    assert (data["@context"], data["@type"]) == ("https://schema.org", "LearningResource")
    assert data["name"] == "One: the map"
    assert data["inLanguage"] == "en"
    assert data["timeRequired"] == "PT75M"
    assert data["teaches"] == ["Name a risk.", "Agree a measure."]
    assert data["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert data["url"] == f"{SITE}en/modules/uno/"
    assert [one["name"] for one in data["isBasedOn"]] == ["Ley inventada"]  # type: ignore[attr-defined]
    assert data["workTranslation"] == [{"@id": f"{SITE}modules/uno/"}]
    assert "encoding" not in data
    papers = linked(site, "modules/uno/")["encoding"]
    assert [one["contentUrl"] for one in papers] == [f"{SITE}pdf/uno/guia.pdf"]  # type: ignore[attr-defined]


def test_a_page_that_shows_another_language_claims_nothing(site: Site) -> None:
    for path, page in site.pages.items():
        kind = page.find("script", type="application/ld+json") is not None
        module = path.count("/") - path.startswith("en/") == 2 and "modules/" in path
        own = page.find("link", rel="canonical") and site.page(path).find("meta", {"name": "robots"}) is None
        assert kind == bool(module and own and not page.find("meta", {"http-equiv": "refresh"})), path


def test_text_cannot_end_the_data(small: Path, tmp_path: Path) -> None:
    page = small / "modules/uno/index.es.md"
    page.write_text(page.read_text("utf-8").replace("Decir un riesgo.", "Decir </script> sin más."), "utf-8")
    made = make(small, tmp_path / "out")
    assert linked(made, "modules/uno/")["teaches"] == ["Decir </script> sin más.", "Acordar una medida."]


def test_licences_have_addresses() -> None:
    assert licence_address("CC-BY-NC-SA-4.0") == "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    assert licence_address("CC-BY-4.0") == "https://creativecommons.org/licenses/by/4.0/"
    assert licence_address("© 2020 todos los derechos") == "© 2020 todos los derechos"


def test_changes_are_in_a_feed(site: Site) -> None:
    feed = ElementTree.parse(site.folder / "en/feed.xml").getroot()
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    assert feed.findtext("a:id", namespaces=ATOM) == f"{SITE}en/feed.xml"
    entries = feed.findall("a:entry", ATOM)
    dates = [entry.findtext("a:updated", "", ATOM) for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert feed.findtext("a:updated", namespaces=ATOM) == dates[0]
    links = [entry.find("a:link", ATOM).attrib["href"] for entry in entries]  # type: ignore[union-attr]
    # Readers of English get what can be read in English.
    assert {link.removeprefix(SITE) for link in links} == {"en/modules/uno/", "en/modules/only-en/"}
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    for path, page in site.pages.items():
        if tag := page.find("link", type="application/atom+xml"):
            assert (site.folder / site.target(path, tag["href"])[0]).is_file()


def test_messengers_find_a_picture(site: Site) -> None:
    seen = set()
    for path in ("", "en/", "modules/uno/", "en/themes/salud/"):
        address = site.page(path).find("meta", property="og:image")["content"]
        assert address.startswith(SITE)
        file = site.folder / address.removeprefix(SITE)
        with Image.open(file) as picture:
            assert picture.size == (1200, 630)
            assert len(picture.getcolors()) > 3
        # WhatsApp shows none that is heavier.
        assert file.stat().st_size < 300_000
        seen.add(address)
    assert len(seen) == 2


def test_without_an_address_there_is_nothing_that_needs_one(small: Path, tmp_path: Path) -> None:
    platform = small / "data/platform.yml"
    kept = [line for line in platform.read_text("utf-8").splitlines() if not line.startswith("site_url")]
    platform.write_text("\n".join(kept) + "\n", "utf-8")
    made = make(Path(shutil.move(small, tmp_path / "root")), tmp_path / "out")
    page = made.page("modules/uno/")
    assert page.find("meta", property="og:image") is None
    assert page.find("link", type="application/atom+xml") is None
    assert not (made.folder / "feed.xml").exists()
    assert "url" not in linked(made, "modules/uno/")
