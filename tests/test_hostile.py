"""What strangers may send to hurt: each is refused with its place, and none reaches a reader even where nobody checks.

The corpus is in tests/hostile: texts/ are bodies of a module, images/ drawings. To add a case, add a file.
"""

from __future__ import annotations

import logging
import re
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.edition import edition
from curriculum.library import load
from curriculum.markdown import prepare, render
from curriculum.print.press import print_all
from curriculum.sanitise import clean
from curriculum.site.build import build_site
from curriculum.words import words
from tests.conftest import HERE, TODAY, problems

HOSTILE = HERE / "hostile"
TEXTS = sorted((HOSTILE / "texts").glob("*.md"))
IMAGES = sorted((HOSTILE / "images").glob("*.svg"))
REFUSALS = {"html-unsafe", "link-unsafe", "asset-outside", "image-missing"}
PAGE = "modules/uno/index.es.md"
# Of what the tool itself writes, none has a handler or runs code from an address.
OWN = re.compile(r"(\.\./)*assets/[\w-]+\.[0-9a-f]{8}\.js")
HARM = re.compile(r"evil\.example|alert\(1\)|javascript:|vbscript:|passwd|root:", re.IGNORECASE)


def lay(small: Path, text: str) -> None:
    page = small / PAGE
    page.write_text(page.read_text("utf-8").replace("## Preparación", f"{text}\n\n## Preparación", 1), "utf-8")


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_a_hostile_text_is_refused_with_its_place(file: Path, small: Path) -> None:
    lay(small, file.read_text("utf-8"))
    found = [one for one in problems(small) if one.rule in REFUSALS and one.severity == "error"]
    assert found
    assert {one.path for one in found} == {PAGE}
    assert all(one.line > 1 for one in found)


@pytest.mark.parametrize("file", IMAGES, ids=lambda file: file.stem)
def test_a_hostile_drawing_is_refused(file: Path, small: Path) -> None:
    (small / "modules/uno/images/mapa.svg").write_bytes(file.read_bytes())
    assert [one for one in problems(small) if one.rule in REFUSALS and one.path.endswith("images/mapa.svg")]


def live(html: str) -> list[str]:
    """Everything in a page that runs, calls out or was not meant to be a tag."""
    page = BeautifulSoup(html, "html.parser")
    tags = page.find_all(["script", "iframe", "object", "embed", "base", "math", "style"])
    found = [str(tag)[:80] for tag in tags if not (tag.name == "script" and OWN.fullmatch(str(tag.get("src", ""))))]
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            if name.startswith("on") or name == "style" or HARM.search(str(value)):
                found.append(f"{tag.name} {name}={value}"[:80])
    return found


def test_nothing_of_it_reaches_a_page_or_a_paper_where_nobody_checked(
    small: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lay(small, "\n\n".join(file.read_text("utf-8") for file in TEXTS))
    library = load(small, TODAY)
    build_site(library, tmp_path / "site")
    for file in (tmp_path / "site").rglob("*.html"):
        article = BeautifulSoup(file.read_text("utf-8"), "html.parser").find("article")
        assert live(str(article or "")) == [], file
    assert live(edition(library, library.modules["uno"], "es").lead) == []
    with caplog.at_level(logging.WARNING):
        sheets = print_all(library, [(library.modules["uno"], "es")], tmp_path / "pdf", jobs=1)
    for sheet in sheets:
        raw = sheet.path.read_bytes()
        streams = b"".join(_inflated(raw))
        assert b"/JavaScript" not in raw
        assert b"root:" not in streams
        assert b"evil.example" not in re.sub(rb"\(.*?\)|<.*?>", b"", raw, flags=re.DOTALL)


def _inflated(raw: bytes) -> list[bytes]:
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    return found


SOUP = st.lists(
    st.sampled_from(
        ["<", ">", "/", "script", "img", " src=x", " onerror=alert(1)", "svg", "style", "<!--", "-->", "`", "```", "\n",
         "\n\n", "[a](", ")", "javascript:", "data:", "{", "}", ' href="', '"', "'", "&#106;", "&lt;", "> ", "- ",
         "    ", "|", "*", "_", "\\", "a", "é", "[x]: ", "markdown=1", "<div ", "</div>", "<br>", "# "]
    ),
    max_size=24,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(SOUP)
def test_whatever_is_written_only_harmless_html_comes_of_it(parts: list[str]) -> None:
    html = render(prepare("".join(parts), words("es"), lambda mark: "", lambda link: link.target))
    assert live(html) == []
    assert live(clean(html)) == []


# ── what would use up time or memory ──────────────────────────────────────────────────────────────────────────────────

HEAVY: dict[str, Callable[[], str]] = {
    "100,000 headings": lambda: "\n\n".join(f"### Título {n}" for n in range(100_000)),
    "quotes in quotes": lambda: "\n".join("> " * depth + "x" for depth in range(1, 400)),
    "lists in lists": lambda: "\n".join("    " * depth + "- x" for depth in range(300)),
    "brackets": lambda: "[" * 50_000,
    "images in links": lambda: "[![a](" * 5_000,
    "stars": lambda: "*a **b " * 20_000,
    "underscores": lambda: "_ __" * 20_000,
    "backticks": lambda: "".join("`" * (n % 50 + 1) + "a" for n in range(4_000)),
    "angle brackets": lambda: "<a " * 20_000,
    "comments that never end": lambda: "<!-- " * 20_000,
    "braces": lambda: "{: " * 20_000,
    "a table of 20,000 cells": lambda: "| a |\n|---|\n" + "| b |\n" * 20_000,
    "entities": lambda: "&amp" * 50_000,
    "telephones": lambda: "55 1234 " * 20_000,
    "e-mail without an end": lambda: "a" * 100_000 + "@" + "a." * 20_000,
    "one line of 2 MB": lambda: "palabra " * 250_000,
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY.keys())
def test_heavy_text_ends_in_ten_seconds_and_a_gigabyte(text: Callable[[], str], small: Path) -> None:
    lay(small, text())

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
        resource.setrlimit(resource.RLIMIT_DATA, (1_000_000_000, 1_000_000_000))

    done = subprocess.run(
        [sys.executable, "-m", "curriculum", "--root", str(small), "--today", str(TODAY), "check"],
        capture_output=True, text=True, preexec_fn=limits, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr[-500:]
    assert "Traceback" not in done.stderr
