"""The staged tree and what MkDocs makes of it, by hand too."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from curriculum.library import load
from curriculum.site.build import SiteError, _every_language, build_site
from curriculum.site.stage import stage
from tests.conftest import TODAY

# How much can be saved is known once everything is there.
SIZE = re.compile(rb'<span data-size="[^"]*"></span>|<span>\([\d.,]+ [kM]B\)</span>')
AFTER = ("pagefind/", "copies/", "saves/")


def contents(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(SIZE.sub(b"", file.read_bytes())).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_every_page_is_staged_in_every_language_as_plain_markdown(small: Path, tmp_path: Path) -> None:
    staged = stage(load(small, TODAY), tmp_path / "docs")
    files = {page.file for page in staged.pages}
    assert files == {f"{page.place}index.{lang}.md" for page in staged.pages for lang in ("es", "en")}
    text = (tmp_path / "docs/modules/only-en/index.es.md").read_text("utf-8")
    _, front, body = text.split("---\n", 2)
    assert yaml.safe_load(front) == {
        "title": "M3 Only in English", "description": "Written in English first.", "kind": "module", "lang": "en",
        "source": "modules/only-en/index.en.md", "version": "0.1.0", "noindex": True, "extras": ["run", "offline"],
    }  # fmt: skip
    assert "> [!say] Say this\n> Hello." in body
    assert '<div lang="en" markdown="1">' in body


def test_only_what_changed_is_written_and_strays_go(small: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    stage(load(small, TODAY), docs)
    for file in docs.rglob("*"):
        os.utime(file, (0, 0))
    (docs / "modules" / "stray").mkdir()
    (docs / "modules" / "stray" / "index.es.md").write_text("gone")
    page = small / "modules/uno/index.es.md"
    page.write_text(page.read_text("utf-8").replace("Haga un círculo", "Haga dos círculos"), encoding="utf-8")
    stage(load(small, TODAY), docs)
    written = sorted(f.relative_to(docs).as_posix() for f in docs.rglob("*") if f.is_file() and f.stat().st_mtime > 0)
    assert written == ["modules/uno/index.es.md"]
    assert not (docs / "modules" / "stray").exists()


def test_a_page_may_take_the_place_of_a_file_and_a_file_that_of_a_folder(small: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "modules").mkdir(parents=True)
    (docs / "modules" / "uno").write_text("in the way")
    (docs / "index.es.md").mkdir()
    staged = stage(load(small, TODAY), docs)
    assert all((docs / page.file).is_file() for page in staged.pages)


def test_the_same_input_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    build_site(load(small, TODAY), tmp_path / "one")
    (small / "build").rename(tmp_path / "away")
    build_site(load(small, TODAY), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_faces_show_what_the_pages_say(small: Path, tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    page = small / "modules/uno/index.es.md"
    page.write_text(page.read_text("utf-8") + "\nŁódź\n", encoding="utf-8")
    staged = stage(load(small, TODAY), tmp_path / "docs")
    for name in staged.assets.files:
        if name.endswith(".woff2"):
            with TTFont(tmp_path / "docs" / name) as font:
                assert {ord(letter) for letter in "ñÁ¿“–Ł"} <= set(font.getBestCmap())
            assert len(staged.assets.files[name]) < 13_000


def test_mkdocs_by_hand_makes_the_same_pages(small: Path, tmp_path: Path) -> None:
    build_site(load(small, TODAY), tmp_path / "tool")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "hand")],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "CURRICULUM_ROOT": str(small), "SOURCE_DATE_EPOCH": str(epoch(TODAY))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "WARNING" not in run.stderr
    made = contents(tmp_path / "tool")
    # What is made of the finished pages is not there.
    expected = {path: content for path, content in made.items() if not path.startswith(AFTER)}
    assert expected == contents(tmp_path / "hand")


def epoch(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86400


def test_a_warning_of_mkdocs_is_an_error(small: Path, tmp_path: Path) -> None:
    (small / "docs").mkdir()
    (small / "docs" / "index.es.md").write_text('---\ntitle: "Inicio"\n---\n\n[Nada](/nada/)\n', encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "keep.pdf").write_bytes(b"%PDF")
    with pytest.raises(SiteError, match="nada"):
        build_site(load(small, TODAY), tmp_path / "out")
    # Nothing of a failed site is left, and nothing else is lost.
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["keep.pdf"]


def test_without_an_address_there_is_no_absolute_link(small: Path, tmp_path: Path) -> None:
    platform = small / "data" / "platform.yml"
    lines = [line for line in platform.read_text("utf-8").splitlines() if not line.startswith(("site_url", "repo_url"))]
    platform.write_text("\n".join(lines), encoding="utf-8")
    build_site(load(small, TODAY), tmp_path / "out")
    assert not (tmp_path / "out" / "sitemap.xml").exists()
    page = (tmp_path / "out" / "modules" / "uno" / "index.html").read_text("utf-8")
    assert 'rel="canonical"' not in page
    assert "/edit/" not in page
    assert "example.org" not in page.replace("prueba@example.org", "").replace("https://ley.example.org/", "")


def test_a_site_below_a_folder_finds_its_way_from_404(small: Path, tmp_path: Path) -> None:
    platform = small / "data" / "platform.yml"
    text = platform.read_text("utf-8").replace("https://prueba.example.org/", "https://prueba.example.org/curso")
    platform.write_text(text, encoding="utf-8")
    build_site(load(small, TODAY), tmp_path / "out")
    page = (tmp_path / "out" / "404.html").read_text("utf-8")
    assert 'href="/curso/en/modules/"' in page
    assert 'href="/curso/assets/site.' in page
    assert "https://prueba.example.org/curso/modules/uno/" in (tmp_path / "out" / "sitemap.xml").read_text("utf-8")


def test_drafts_are_absent_unless_asked_for(small: Path, tmp_path: Path) -> None:
    meta = small / "modules/solo-es/module.yml"
    meta.write_text(meta.read_text("utf-8").replace("status: pilot", "status: draft"), encoding="utf-8")
    staged = stage(load(small, TODAY), tmp_path / "docs")
    assert "modules/solo-es/" not in {page.place for page in staged.pages}
    staged = stage(load(small, TODAY, drafts=True), tmp_path / "docs")
    assert "modules/solo-es/participants/" in {page.place for page in staged.pages}


def test_a_root_may_bring_its_own_looks(small: Path, tmp_path: Path) -> None:
    own = small / "overrides" / "site"
    (own / "assets").mkdir(parents=True)
    (own / "partials").mkdir()
    (own / "assets" / "site.css").write_text("body { color: teal }")
    (own / "partials" / "footer.html").write_text("<footer class='bottom'>Otra ciudad</footer>")
    build_site(load(small, TODAY), tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "Otra ciudad" in page
    assert "teal" in next((tmp_path / "out" / "assets").glob("site.*.css")).read_text("utf-8")


def test_what_mkdocs_warns_of_in_a_further_language_arrives_however_long_it_is(small: Path, tmp_path: Path) -> None:
    staged = stage(load(small, TODAY), tmp_path / "docs")
    page = tmp_path / "docs/modules/uno/index.en.md"
    page.write_text(page.read_text("utf-8") + "".join(f"\n[x](nowhere-at-all-{n}.md)\n" for n in range(2000)), "utf-8")
    warnings = _every_language(staged, tmp_path / "pages")
    assert sum("nowhere-at-all" in warning for warning in warnings) == 2000
