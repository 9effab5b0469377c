"""While somebody writes: the pages as they are now, and what is to be mended on each, said on the page itself."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from mkdocs.exceptions import Abort

from curriculum.checks import check
from curriculum.library import load
from curriculum.problem import Problem, as_text
from curriculum.site.stage import Staged, stage
from curriculum.words import words

# Set while a server shows the site and makes it again at every save.
SERVING = "CURRICULUM_SERVING"
# What was last made of each root: shown on while what people write cannot be read.
LAST: dict[Path, Staged] = {}
# A page that was kept for reading without internet would hide what was just written.
NO_WORKER = b"""addEventListener("install", () => skipWaiting());
addEventListener("activate", () => registration.unregister());
"""


def serving() -> bool:
    return bool(os.environ.get(SERVING))


def preview(root: Path, today: date | None) -> tuple[Staged, list[Problem]]:
    """The curriculum staged with its drafts, and all its problems.

    Where a file cannot be read, the tree stays as it was before; Abort with the list where there was none.
    """
    library = load(root, today)
    problems = check(library)
    library = replace(library, drafts=True)
    unreadable = any(one.severity == "error" for one in library.problems)
    if root not in LAST or not unreadable:
        try:
            LAST[root] = stage(library, root / "build" / "serve")
        except Exception as error:  # of what is broken anything may come; people see the list and go on writing
            if root not in LAST:
                raise Abort(as_text(problems, words(library.languages[0])) or str(error)) from error
    return LAST[root], problems


def of_page(problems: list[Problem], source: str, home: bool, languages: list[str]) -> list[Problem]:
    """Those of the file that a page is made of, errors first; on a module's pages also those of the rest of its folder.

    A page that is made of data has those of the data, and the home page has all.
    """
    folder = "/".join(source.split("/")[:2]) + "/" if source.startswith("modules/") else ""
    lang = source.split(".")[-2] if source.endswith(".md") else ""
    others = tuple(f".{code}.md" for code in languages if code != lang)

    def here(path: str) -> bool:
        if folder:
            return path.startswith(folder) and not (lang and path.endswith(others))
        return path.startswith("data/") if not source.startswith("docs/") else path == source

    return sorted((one for one in problems if home or here(one.path)), key=lambda one: (one.severity != "error", one))
