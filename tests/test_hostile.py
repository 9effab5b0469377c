"""What strangers may send to hurt: each is refused with its place, and none reaches a reader even where nobody checks.

The corpus is in tests/hostile: texts/ are bodies of a module, images/ drawings. To add a case, add a file.
"""

from __future__ import annotations

import json
import logging
import os
import re
import resource
import struct
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
    "one paragraph of quotation marks": lambda: '"' * 200_000,
    "many short paragraphs of brackets": lambda: "\n\n".join(["[" * 240] * 16),
    "many short paragraphs of tags": lambda: "\n\n".join(["<a " * 240] * 16),
    "headings that are mostly blanks": lambda: "\n\n".join(["## " + " " * 9_000 + "x"] * 20),
    "links whose end never comes": lambda: "\n\n".join(["[a](" * 120 + "b" * 9_000] * 20),
    "addresses that never end": lambda: "\n\n".join(["Calle Rosas" + " de" * 3_000] * 20),
    "numbers that never end": lambda: "\n\n".join(["1 234 " * 1_500] * 25),
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


def limits() -> None:
    """Ten seconds of processor time and a gigabyte, for a process that is about to begin."""
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    resource.setrlimit(resource.RLIMIT_DATA, (1_000_000_000, 1_000_000_000))


def checked(root: Path) -> subprocess.CompletedProcess[str]:
    """`curriculum check` within those limits."""
    return subprocess.run(
        [sys.executable, "-m", "curriculum", "--root", str(root), "--today", str(TODAY), "check"],
        capture_output=True, text=True, preexec_fn=limits, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_text_ends_in_ten_seconds_and_a_gigabyte(name: str, small: Path) -> None:
    lay(small, HEAVY[name]())
    done = checked(small)
    assert done.returncode in (0, 1), done.stderr[-500:]
    assert "Traceback" not in done.stderr
    # What is passed can be built as well: it never becomes a page that takes minutes.
    if name in REFUSED_AS_TOO_MUCH:
        assert f"{PAGE}:" in done.stdout
        assert "[encoding]" in done.stdout


REFUSED_AS_TOO_MUCH = {
    "100,000 headings", "one line of 2 MB", "brackets", "images in links", "stars", "underscores", "backticks",
    "angle brackets", "comments that never end", "braces", "a table of 20,000 cells", "entities", "telephones",
    "e-mail without an end", "one paragraph of quotation marks", "quotes in quotes", "lists in lists",
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_value_in_data_is_refused_as_soon(name: str, small: Path) -> None:
    facts = small / "data/facts.yml"
    value = json.dumps(HEAVY[name]())
    facts.write_text(facts.read_text("utf-8").replace('"La ley inventada dice una cosa."', value), "utf-8")
    done = checked(small)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    if name in REFUSED_AS_TOO_MUCH:
        assert "data/facts.yml:2:" in done.stdout or "data/facts.yml:1:" in done.stdout
        assert "[encoding]" in done.stdout


@pytest.mark.parametrize("name", sorted(set(HEAVY) - REFUSED_AS_TOO_MUCH))
def test_what_is_not_refused_becomes_a_page_in_ten_seconds(name: str) -> None:
    code = (
        "import sys; from curriculum.markdown import prepare, render; from curriculum.words import words;"
        "render(prepare(sys.stdin.read(), words('es'), lambda mark: '', lambda link: link.target))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=HEAVY[name](), text=True, capture_output=True, preexec_fn=limits,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]


# ── images and names ──────────────────────────────────────────────────────────────────────────────────────────────────


def bomb() -> bytes:
    """A PNG of a few kB whose header promises 60,000 × 60,000 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(3_000_000)))
        + chunk(b"IEND", b"")
    )


IMAGE_BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "points": ("bomba.png", bomb),
    "bytes": ("bomba.jpg", lambda: b"\xff\xd8" + bytes(9_000_000)),
    "tags that never end": ("bomba.svg", lambda: b"<svg>" + b"<use " * 70_000),
    "groups in groups": ("bomba.svg", lambda: b"<svg>" + b"<g>" * 70_000 + b"</g>" * 70_000 + b"</svg>"),
}


@pytest.mark.parametrize(("name", "make"), IMAGE_BOMBS.values(), ids=IMAGE_BOMBS.keys())
def test_a_bomb_in_an_image_is_refused_in_ten_seconds_and_a_gigabyte(
    name: str, make: Callable[[], bytes], small: Path
) -> None:
    (small / "modules/uno/images" / name).write_bytes(make())
    lay(small, f"![Una bomba](images/{name})")
    done = checked(small)
    assert done.returncode == 1, done.stderr[-500:]
    assert f"{PAGE}:11:" in done.stdout or f"images/{name}:" in done.stdout


TURNED, BELL = "\u202e", "\x07"
NAMES = {
    "turns the writing round": (f"modules/uno/images/ma{TURNED}gvs.svg", "name"),
    "rings": (f"modules/uno/images/ma{BELL}pa.svg", "name"),
    "two lines": ("modules/uno/images/a\n::error::b.svg", "name"),
    "of no width": ("modules/uno/images/mapa\u200b.svg", "name"),
    "only capitals differ": ("modules/uno/images/Mapa.svg", "name-twice"),
    "form of accents": ("modules/uno/images/mapa\u0301.svg", "name"),
    "refused by Windows": ("modules/uno/images/mapa:dos.svg", "name"),
    "a session": (f"data/sessions/2026-08-16-{TURNED}a.yml", "name"),
    "a module": ("modules/Uno/module.yml", "name-of-module"),
}


@pytest.mark.parametrize(("path", "variant"), NAMES.values(), ids=NAMES.keys())
def test_a_name_that_deceives_is_refused_and_cannot_deceive_in_the_message(
    path: str, variant: str, small: Path
) -> None:
    file = small / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((small / "modules/uno/images/mapa.svg").read_bytes())
    found = [one for one in problems(small) if one.rule == "file-unexpected" and one.variant.startswith("name")]
    assert variant in {one.variant for one in found}
    told = checked(small).stdout
    assert not re.search(f"[{TURNED}{BELL}\u200b]|^::error", told, re.MULTILINE)


def test_two_forms_of_one_name_are_one_name(small: Path) -> None:
    for name in ("mapá.svg", "mapa\u0301.svg"):
        (small / "modules/uno/images" / name).write_bytes((small / "modules/uno/images/mapa.svg").read_bytes())
    assert {"name", "name-twice"} <= {one.variant for one in problems(small)}


def test_a_name_of_bytes_that_are_no_text(small: Path) -> None:
    os.mkdir(os.fsencode(small / "modules") + b"/\xff\xfe")
    assert "modules/\\udcff\\udcfe:1:1" in checked(small).stdout


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u200f", "\u2060", "\x1b", "\U000e0041"])
def test_signs_that_hide_or_turn_a_text_are_found(sign: str, small: Path) -> None:
    for old, place in (("## Preparación", 11), ("Uno: el mapa", 2)):
        page = small / PAGE
        before = page.read_text("utf-8")
        page.write_text(before.replace(old, f"x{sign}x {old}", 1), "utf-8")
        assert [(one.rule, one.line) for one in problems(small) if one.rule == "encoding"] == [("encoding", place)]
        page.write_text(before, "utf-8")
