"""The small curriculum as a built site, read once by all tests of the site that only look."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

from curriculum.library import load
from curriculum.site.build import build_site
from curriculum.site.download import Download
from tests.conftest import HERE, TODAY

SITE = "https://prueba.example.org/"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


@dataclass(frozen=True)
class Site:
    """A built site. Pages are known by their path: "" is home, "en/modules/uno/" a module's page."""

    root: Path
    folder: Path

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        files = sorted(self.folder.rglob("*.html"))
        return {self.path(file): BeautifulSoup(file.read_text("utf-8"), "html.parser") for file in files}

    def path(self, file: Path) -> str:
        return file.relative_to(self.folder).as_posix().removesuffix("index.html")

    def page(self, path: str) -> BeautifulSoup:
        return self.pages[path]

    def text(self, path: str) -> str:
        return " ".join(self.page(path).get_text(" ").split())

    def target(self, path: str, link: str) -> tuple[str, str]:
        """The path of the page or file a link leads to, and the anchor."""
        url = urlsplit(urljoin(f"{SITE}{path}", link))
        return unquote(url.path.lstrip("/")), unquote(url.fragment)


def make(root: Path, folder: Path, downloads: tuple[Download, ...] = ()) -> Site:
    build_site(load(root, TODAY), folder, downloads)
    return Site(root, folder)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """tests/small and tests/site/more on top of it, with one PDF that the printer would have made."""
    base = tmp_path_factory.mktemp("site")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    shutil.copytree(HERE / "site" / "more", root, dirs_exist_ok=True)
    folder = base / "out"
    pdf = folder / "pdf" / "uno" / "guia.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"%PDF-1.7")
    return make(root, folder, (Download("uno", "es", "guide", "letter", "pdf/uno/guia.pdf", 12, 345_678, "0" * 64),))


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """tests/small after an invented round of consultations (tests/site/round)."""
    base = tmp_path_factory.mktemp("asked")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    shutil.copytree(HERE / "site" / "round", root, dirs_exist_ok=True)
    return make(root, base / "out")


@pytest.fixture(scope="session")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """tests/small with sessions to come and sessions that were held (tests/site/taught)."""
    base = tmp_path_factory.mktemp("taught")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    shutil.copytree(HERE / "site" / "taught", root, dirs_exist_ok=True)
    return make(root, base / "out")


@pytest.fixture(scope="session", params=["site", "asked", "taught"])
def each(request: pytest.FixtureRequest) -> Site:
    """Each of the three, for what must hold on every page there is."""
    found: Site = request.getfixturevalue(request.param)
    return found


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of a site by http."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def asked_address(asked: Site) -> Iterator[str]:
    with served(asked) as address:
        yield address


@pytest.fixture(scope="module")
def taught_address(taught: Site) -> Iterator[str]:
    with served(taught) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a small phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="light", timezone_id="UTC")
    yield context.new_page()
    context.close()
