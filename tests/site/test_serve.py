"""`curriculum serve`: what is to be mended on a page stands on that page, and goes when it is mended, by itself."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import HERE

PATIENCE = 60_000  # milliseconds for a site to be made on a busy machine


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "root"
    return Path(shutil.copytree(HERE / "small", folder, ignore=shutil.ignore_patterns("build")))


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "curriculum", "--root", str(root), "--today", "2026-11-21", "serve"]
    with subprocess.Popen([*command, "--address", address]) as working:
        try:
            for _ in range(PATIENCE // 250):
                with suppress(OSError), urllib.request.urlopen(f"http://{address}/"):
                    break
                assert working.poll() is None
                sleep(0.25)
            yield f"http://{address}/"
        finally:
            working.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def edit(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_problems_stand_on_the_page_and_go_when_they_are_mended(server: str, root: Path, page: Page) -> None:
    box = page.locator(".notice.mend")
    page.goto(f"{server}modules/uno/")
    expect(page.locator("h1")).to_have_text("Uno: el mapa")
    expect(box).to_have_count(0)
    text = root / "modules/uno/index.es.md"
    edit(text, "[@F01]", "[@F99]")
    expect(box).to_contain_text("2 cosas por corregir", timeout=PATIENCE)
    expect(box.locator("li").first).to_contain_text("No existe el dato “F99”")
    expect(box.locator("li").first).to_contain_text(re.compile(r"\(modules/uno/index\.es\.md, línea \d+\)"))
    expect(box.locator("pre").first).to_have_text("Escriba: F09")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    edit(text, "[@F99]", "[@F01]")
    expect(box).to_have_count(0, timeout=PATIENCE)


def test_a_file_that_cannot_be_read_leaves_the_page_as_it_was(server: str, root: Path, page: Page) -> None:
    box = page.locator(".notice.mend")
    meta = root / "modules/uno/module.yml"
    page.goto(f"{server}en/modules/uno/")
    edit(meta, "minutes: 60", "minutes: x")
    expect(box).to_contain_text("One thing to mend", timeout=PATIENCE)
    expect(box).to_contain_text("‘minutes’ is a whole number, not ‘x’. (modules/uno/module.yml, line 9)")
    expect(page.locator("h1")).to_have_text("One: the map")
    # The home page has the problems of all pages, and one of another module has none.
    page.goto(server)
    expect(box).to_contain_text("“minutes” es un número entero")
    page.goto(f"{server}modules/solo-es/")
    expect(box).to_have_count(0)
    edit(meta, "minutes: x", "minutes: 60")
    page.goto(server)
    expect(box).to_have_count(0, timeout=PATIENCE)


def test_a_draft_is_shown_while_it_is_written(server: str, root: Path, page: Page) -> None:
    page.goto(server)
    options = ["--title", "Nuevo", "--theme", "salud", "--sector", "all", "--minutes", "60"]
    command = [sys.executable, "-m", "curriculum", "--root", str(root), "new", "module", "nuevo", *options]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ})
    catalogue = page.get_by_role("link", name="Nuevo").first
    expect(catalogue).to_be_attached(timeout=PATIENCE)
    page.goto(f"{server}modules/nuevo/")
    expect(page.locator("h1")).to_have_text("Nuevo")


def test_nothing_is_kept_that_would_hide_what_was_just_written(server: str) -> None:
    worker = urllib.request.urlopen(f"{server}sw.js").read()
    assert b"unregister" in worker
    assert b"caches" not in worker


def test_an_address_in_use_is_said(server: str, root: Path) -> None:
    command = [sys.executable, "-m", "curriculum", "--root", str(root), "serve", "--address", server[7:-1]]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 2
    assert f"Otro programa ya usa {server}" in said.stderr
