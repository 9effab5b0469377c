"""What a text said on the day when both languages were found equal: looked up in git by the hash in the lock."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from curriculum.frontmatter import Document, compose, page_of
from curriculum.passage import Passage
from curriculum.translation import Unit, passages_of

MOST = 400  # versions of a file that are looked at, newest first


def passage_then(root: Path, unit: Unit, lang: str, key: str, known: str) -> Passage | None:
    """The passage `key` of a text as it was when its hash was `known`; None where the history at hand does not have it.

    A clone without its history, or a folder without git, has nothing to look in. A file that was moved is followed.
    """
    for text in _versions(root, unit.path(lang)):
        for passage in passages_of(unit, _document(unit, text, unit.path(lang)), lang):
            # Sections without an id may have stood at another place; the hash finds them there.
            if passage.hash == known and (passage.key == key or not passage.named):
                return passage
    return None


def _document(unit: Unit, text: str, path: str) -> Document:
    if unit.shared:
        data, values, keys, _ = compose(text, path)
        return Document(path, data, values, keys)
    return page_of(text, path)[0]


@cache
def _log(root: Path, path: str) -> tuple[str, ...]:
    """The objects that a file was, newest first, as `commit:path`."""
    command = ("log", f"--max-count={MOST}", "--follow", "--format=%x00%H", "--name-only", "--", path)
    found = []
    for entry in _git(root, *command).split("\0")[1:]:
        commit, *names = entry.split()
        found += [f"{commit}:{name}" for name in names]
    return tuple(found)


def _versions(root: Path, path: str) -> Iterator[str]:
    for name in _log(root, path):
        text = _git(root, "show", name)
        if text:
            yield text.replace("\r\n", "\n").removeprefix("\ufeff")


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing where there is no git, no repository or no such thing in it."""
    command = ("git", "-c", "core.quotePath=false", "-C", str(root), *arguments)
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
