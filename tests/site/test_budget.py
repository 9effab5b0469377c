"""What phones load stays within its budget, and a page that does not is not published."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from curriculum.library import load
from curriculum.site import budget
from curriculum.site.build import build_site
from curriculum.site.pagefind import PIECE, content
from tests.cli.conftest import Run, run  # noqa: F401
from tests.conftest import TODAY
from tests.site.conftest import Site

# Words that do not compress.
LETTERS = str.maketrans("0123456789", "ghijklmnop")
WORDS = [sha256(str(number).encode()).hexdigest()[:9].translate(LETTERS) for number in range(4000)]
TEXT = "\n\n".join(" ".join(WORDS[start : start + 200]) for start in range(0, len(WORDS), 200))


def longer(small: Path) -> Path:
    page = small / "modules/uno/index.es.md"
    page.write_text(page.read_text("utf-8").replace("Esta sesión sirve para probar.", TEXT), "utf-8")
    return small


def test_a_light_site_crosses_nothing(small: Path, tmp_path: Path) -> None:
    assert build_site(load(small, TODAY), tmp_path / "out") == []


def test_what_crosses_is_named_with_its_weight(small: Path, tmp_path: Path) -> None:
    heavy = build_site(load(longer(small), TODAY), tmp_path / "out")
    assert [(one.way, one.path) for one in heavy] == [("page", "modules/uno/index.html")]
    page = (tmp_path / "out/modules/uno/index.html").read_bytes()
    assert heavy[0].bytes == len(gzip.compress(page, 6)) > heavy[0].limit == 20 * 1024


def test_the_middle_page_of_the_modules_has_a_budget_too(small: Path, tmp_path: Path) -> None:
    middling = TEXT[: len(TEXT) * 23 // 40]
    for page in small.glob("modules/*/index.*.md"):
        page.write_text(f"{page.read_text('utf-8').rstrip()}\n\n{middling}\n", "utf-8")
    heavy = build_site(load(small, TODAY), tmp_path / "out")
    assert [one.way for one in heavy] == ["next", "next"]
    assert all(one.limit == 16 * 1024 for one in heavy)


def test_the_short_pages_of_results_do_not_make_the_middle_lighter(
    taught: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "NEXT", 0)
    heavy = build_site(load(taught.root, TODAY), tmp_path)
    assert (tmp_path / "results/modules/uno/index.html").is_file()
    for lang, told in zip(("", "en/"), [one for one in heavy if one.way == "next"], strict=True):
        modules = sorted(
            len(gzip.compress(page.read_bytes(), 6)) for page in tmp_path.glob(f"{lang}modules/*/index.html")
        )
        assert told.bytes == modules[len(modules) // 2]


def test_drawings_count_for_the_first_page_of_a_visit(small: Path, tmp_path: Path) -> None:
    drawing = small / "modules/uno/images/mapa.svg"
    text = drawing.read_text("utf-8")
    drawing.write_text(text.replace("</svg>", f"<desc>{TEXT * 2}{TEXT[::-1]}{TEXT[::3]}</desc></svg>"), "utf-8")
    ways = {(one.way, one.path) for one in build_site(load(small, TODAY), tmp_path / "out")}
    assert ("first", "modules/uno/index.html") in ways
    assert ("page", "modules/uno/index.html") not in ways


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("es", "modules/uno/: la página pesa"),
        ("en", "modules/uno/: the page weighs"),
    ],
)
def test_the_build_fails_and_leaves_the_last_good_site(run: Run, small: Path, lang: str, said: str) -> None:  # noqa: F811
    assert run("build", "--no-print").returncode == 0
    before = (small / "build/site/modules/uno/index.html").read_bytes()
    longer(small)
    done = run("--messages", lang, "build", "--no-print")
    assert done.returncode == 1
    assert said in done.stderr
    assert "20 kB" in done.stderr
    assert (small / "build/site/modules/uno/index.html").read_bytes() == before


def test_the_index_is_in_pieces_without_gaps(site: Site) -> None:
    folder = site.folder / "pagefind"
    entry = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))
    for language in entry["languages"].values():
        pieces = content(folder / f"pagefind.{language['hash']}.pf_meta")[2]
        assert len(pieces) > 1
        for (_, last, _), (first, _, _) in pairwise(pieces):
            # The shortest beginnings that tell the last word of one from the first of the next.
            assert last < first
            assert first[:-1] in (last[: len(first) - 1], last)
        for first, last, name in pieces:
            (words,) = content(folder / f"index/{name}.pf_index")
            assert all(first <= word[0] and word[0][: len(last)] <= last for word in words)
            size = len(gzip.decompress((folder / f"index/{name}.pf_index").read_bytes()))
            assert size < PIECE * 1.1 or len(words) == 1
