"""Names of files and folders: each is the same on every computer, and says to a reader what it says to a machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from curriculum.library import Library, visible
from curriculum.model import ID
from curriculum.problem import START, Problem, problem, shown

# What Windows refuses in a name, and a name that it would cut.
REFUSED = re.compile(r'[<>:"|?*\\]|[. ]$')
LONGEST = 120  # bytes; some file systems take 143


def file_named(library: Library) -> Iterator[Problem]:
    """No name has signs that nobody sees or some computer refuses; no two differ by case or form of Unicode alone.

    Passes: `modules/org-mapa-de-poder/images/mapa.svg`. Fails: a name with a sign that turns the writing round;
    `Mapa.svg` beside `mapa.svg`; `modules/Mapa de Poder`.
    """
    stack = [library.root / name for name in ("data", "docs", "modules")]
    while stack:
        folder = stack.pop()
        known: dict[str, str] = {}
        for file in visible(folder):
            path, name = file.relative_to(library.root).as_posix(), file.name
            same = unicodedata.normalize("NFC", name).casefold()
            if (
                name != shown(name)
                or not unicodedata.is_normalized("NFC", name)
                or REFUSED.search(name)
                or len(name.encode()) > LONGEST
            ):
                yield problem(path, START, "file-unexpected", "name")
            elif folder == library.root / "modules" and file.is_dir() and not re.fullmatch(ID, name):
                yield problem(path, START, "file-unexpected", "name-of-module")
            if same in known:
                yield problem(path, START, "file-unexpected", "name-twice", other=known[same])
            known[same] = shown(name)
            if file.is_dir() and not file.is_symlink():
                stack.append(Path(file))
