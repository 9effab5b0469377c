"""Nothing on the site leads nowhere, and nothing is asked of anybody else."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from bs4 import BeautifulSoup

from tests.site.conftest import SITE, Site

LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "object": "data"}


def test_every_internal_link_image_and_anchor_resolves(each: Site) -> None:
    broken = []
    for path, page in each.pages.items():
        for tag in page.find_all(["a", "img", "link", "script"]):
            link = tag.get("href", tag.get("src"))
            if link is None or re.match(r"(https?|mailto|data):", link):
                continue
            target, anchor = each.target(path, link)
            if path == "404.html":
                assert link.startswith(("/", "#"))
            file = each.folder / (f"{target}index.html" if target.endswith("/") or not target else target)
            if not file.is_file():
                broken.append(f"{path}: {link}")
            elif anchor and not found(each.page(each.path(file)), anchor):
                broken.append(f"{path}: {link}: no such anchor")
    assert broken == []


def found(page: BeautifulSoup, anchor: str) -> bool:
    """Whether an anchor is on a page;
    `sector=hogar` narrows a list there down, `add=uno` adds to the plan."""
    name, state, value = anchor.partition("=")
    if name == "add":
        return bool(page.select(f".plan-list input[value='{value}']"))
    if state:
        return bool(page.select(f"form select[name='{name}'] option[value='{value}']"))
    return page.find(id=anchor) is not None


def test_every_meta_redirect_leads_to_a_page(site: Site) -> None:
    found = 0
    for path, page in site.pages.items():
        if tag := page.find("meta", {"http-equiv": "refresh"}):
            assert site.target(path, tag["content"].split("url=")[1])[0] in site.pages
            found += 1
    # Numbers of three modules, former name of one module with its participants, in two languages.
    assert found == (3 + 2) * 2


def test_pages_load_nothing_from_elsewhere(each: Site) -> None:
    for path, page in each.pages.items():
        loaded = [tag[key] for name, key in LOADING.items() for tag in page.find_all(name) if tag.get(key)]
        loaded += [tag["href"] for tag in page.find_all("link") if tag["rel"][0] not in ("canonical", "alternate")]
        assert [link for link in loaded if re.match(r"(https?:)?//", link)] == [], path
        assert not [tag for tag in page.find_all("link") if tag["rel"][0] in ("preconnect", "dns-prefetch")]
    # Pagefind's messages name an example; what it asks for is seen in the browser (test_search.py).
    ours = [file for file in each.folder.rglob("*") if file.suffix in (".css", ".js") and "pagefind" not in file.parts]
    for file in ours:
        assert not re.search(r"(https?:)?//(?!www\.w3\.org)\w", file.read_text("utf-8").replace("// ", "")), file


def test_nothing_runs_inline(each: Site) -> None:
    for path, page in each.pages.items():
        scripts = [tag for tag in page.find_all("script") if tag.get("type") != "application/ld+json"]
        assert [tag for tag in scripts if not tag.get("src")] == [], path
        assert page.find_all("style") == [], path
        assert page.find_all(style=True) == [], path
        assert [tag.name for tag in page.find_all() if any(name.startswith("on") for name in tag.attrs)] == [], path


def test_ids_are_unique(each: Site) -> None:
    for path, page in each.pages.items():
        twice = [name for name, count in Counter(tag["id"] for tag in page.find_all(id=True)).items() if count > 1]
        assert twice == [], path


def test_every_page_has_landmarks_and_one_title(each: Site) -> None:
    for path, page in each.pages.items():
        if page.find("meta", {"http-equiv": "refresh"}):
            continue
        assert len(page.find_all("main")) == 1, path
        assert page.find("header", class_="top"), path
        assert page.find("a", class_="skip")["href"] == "#content"
        assert page.find(id="content"), path
        assert len(page.find_all("h1")) == (2 if path == "404.html" else 1), path
        assert page.title.get_text(strip=True), path


def test_headings_do_not_skip_a_level(each: Site) -> None:
    for path, page in each.pages.items():
        levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)


def test_no_markdown_is_left_raw(each: Site) -> None:
    for path, page in each.pages.items():
        for code in page.find_all("code"):
            code.extract()
        text = page.get_text()
        assert not re.search(r"\[!\w|\[@\w|\]\(|\{[.#:]|^#{1,6} |\*\*|^> |<!--|markdown=", text, re.MULTILINE), path


def test_assets_are_named_by_their_content(site: Site) -> None:
    named = re.compile(r"assets/[\w-]+\.[0-9a-f]{8}\.(css|js|woff2|svg|png)")
    files = [file.relative_to(site.folder).as_posix() for file in (site.folder / "assets").rglob("*") if file.is_file()]
    assert files
    assert [name for name in files if not named.fullmatch(name)] == []


def test_downloads_stand_beside_the_pages(site: Site) -> None:
    link = site.page("modules/uno/").find("a", type="application/pdf")
    assert site.target("modules/uno/", link["href"])[0] == "pdf/uno/guia.pdf"
    assert link.get_text() == "Guía para facilitar"
    assert "12 páginas · carta · 346 kB" in link.parent.get_text()
    assert not site.page("modules/solo-es/").find("a", type="application/pdf")


def test_absolute_links_are_on_the_site(each: Site) -> None:
    """Canonical addresses name pages that exist."""
    for path, page in each.pages.items():
        if tag := page.find("link", rel="canonical"):
            assert tag["href"].startswith(SITE), path
            assert tag["href"].removeprefix(SITE) in each.pages, path
