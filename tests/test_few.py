"""No file that passes and no page, table or paper tells of one to four people in a group, whatever was written down."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.checks import check
from curriculum.evaluation import FEW, GENDERS, OTHERS
from curriculum.library import load
from curriculum.print import print_all
from curriculum.site.build import build_site
from curriculum.words import words
from tests.conftest import HERE, TODAY
from tests.print.conftest import texts

FIRST = date(2026, 4, 1)
LANGS = ("es", "en")
GROUPS = (*GENDERS, *OTHERS)
People = dict[str, int]
# Small numbers are drawn most: it is they that could show who.
number = st.one_of(st.integers(0, 7), st.integers(0, 40))


@st.composite
def people(draw: st.DrawFn) -> People:
    """Those who came, with any of the groups counted, in any number; often so that they add up."""
    total = draw(st.one_of(st.integers(1, 9), st.integers(1, 40)))
    parts = draw(st.dictionaries(st.sampled_from(GROUPS), number, max_size=5))
    if draw(st.booleans()):
        women = min(parts.get("women", 0), total)
        parts |= {"women": women, "men": total - women}
        parts.pop("other", None)
    return {"total": total} | parts


@contextmanager
def taught(came: list[People]) -> Iterator[Path]:
    """tests/small with a session a day, to which these came; what they answered is split as they are."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(HERE / "small", Path(folder) / "small", ignore=shutil.ignore_patterns("build")))
        for kind in ("sessions", "results"):
            (root / "data" / kind).mkdir(exist_ok=True)
        for index, counts in enumerate(came):
            name = f"{FIRST + timedelta(days=index)}-hogar"
            attendance = ", ".join(f"{key}: {value}" for key, value in counts.items())
            (root / "data" / "sessions" / f"{name}.yml").write_text(
                f'date: {name[:10]}\nstart: "10:00"\nplace: premises\norganisations: [ejemplo-hogar]\nmodules: [uno]\n'
                f"people: 18\nrecord:\n  attendance: {{{attendance}}}\n"
                "  consent: {notice: oral-recorded, quotes: anonymous}\n",
                "utf-8",
            )
            rows = ["module,question,moment,group,total,1,2,3,sum,guide"]
            for group, some in (("all" if key == "total" else key, value) for key, value in counts.items()):
                rows += [f"uno,E01,{moment},{group},{some},{some},0,0,," for moment in ("before", "after")]
            (root / "data" / "results" / f"{name}.csv").write_text("\n".join(rows) + "\n", "utf-8")
        yield root


def told(counts: People) -> list[int]:
    """Every number of people that counts tell: each part, what it leaves, and what women, men and others leave."""
    parts = {group: counts[group] for group in GROUPS if group in counts}
    numbers = [*parts.values(), *(counts["total"] - part for part in parts.values())]
    if {"women", "men"} <= set(parts):
        numbers.append(counts["total"] - sum(parts.get(name, 0) for name in GENDERS))
    return numbers


def small(numbers: list[int]) -> bool:
    return any(0 < one < FEW for one in numbers)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(people(), min_size=12, max_size=24))
def test_files_that_pass_have_no_small_cell(came: list[People]) -> None:
    with taught(came) as root:
        faulty = {problem.path.split("/")[-1][:10] for problem in check(load(root, TODAY))}
    for index, counts in enumerate(came):
        if small(told(counts)):
            assert str(FIRST + timedelta(days=index)) in faulty, counts


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(people(), min_size=20, max_size=30))
def test_nothing_made_has_a_small_cell_even_where_nobody_checked(came: list[People]) -> None:
    few = re.compile(
        "|".join(
            rf"(?<![\d.,]){re.escape(words(lang)(f'results.gender.{group}', n=n))}\b"
            for lang in LANGS for group in GROUPS for n in range(1, FEW)
        )
    )  # fmt: skip
    with taught(came) as root:
        library = load(root, TODAY)
        site = root / "site"
        build_site(library, site)
        pages = {file: _text(file) for file in site.rglob("*.html")}
        papers = [sheet.path for sheet in print_all(library, [], root / "pdf", ("poster", "quarter"), jobs=1)]
        made = [*pages.values(), *(" ".join(texts(paper)) for paper in papers)]
        made += [
            file.read_text("utf-8") for file in site.rglob("*") if file.suffix in (".csv", ".json", ".ics", ".xml")
        ]
        assert len(papers) >= 4
        for text in made:
            assert not (found := few.search(text.replace("\xa0", " "))), found
            # An answer stands with how many gave it; nobody's where fewer than five did.
            assert not re.search(rf"\bn = [1-{FEW - 1}]\b", text)
        for index, counts in enumerate(came):
            for lang in LANGS:
                place = site / ("" if lang == "es" else lang) / "sessions" / f"{FIRST + timedelta(days=index)}-hogar"
                _session(pages[place / "index.html"], counts, lang)


def _text(file: Path) -> str:
    return " ".join(BeautifulSoup(file.read_text("utf-8"), "html.parser").get_text(" ").split())


def _session(page: str, counts: People, lang: str) -> None:
    """A session's page has the groups that were counted where they hide nobody, and none of them otherwise."""
    w = words(lang)
    shown = {group for group in GROUPS if (n := counts.get(group)) and w(f"results.gender.{group}", n=n) in page}
    if counts["total"] < FEW:
        assert w("site.count.few") in page
    if small([counts["total"], *told(counts)]):
        assert shown == set(), counts
    else:
        assert shown == {group for group in GROUPS if counts.get(group)}, counts
