"""The staged tree: an ordinary folder of Markdown, every page in every language, that any generator can read."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from curriculum.apart import Share, in_turn
from curriculum.library import Library, visible
from curriculum.picture import published
from curriculum.site.assets import Assets, assets
from curriculum.site.download import Download
from curriculum.site.links import staged_image
from curriculum.site.page import Page
from curriculum.site.pages import pages
from curriculum.site.poster import posters
from curriculum.site.worker import NAME, worker


@dataclass(frozen=True)
class Staged:
    """What was staged, from which library, into which folder. The text of the pages is there only."""

    library: Library
    folder: Path
    pages: tuple[Page, ...]
    beside: tuple[str, ...]  # paths of the files that pages brought with them
    assets: Assets
    posters: dict[str, str]  # path of the picture beside a link, by language
    downloads: tuple[Download, ...]

    @cached_property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """The languages in which each place has a text of its own."""
        return {page.place: page.alternates for page in self.pages}


@dataclass(frozen=True)
class _Language:
    """What was written for readers of a language: the pages without their text, and what else one must know of it."""

    pages: tuple[Page, ...]
    beside: tuple[str, ...]
    characters: frozenset[str]


def stage(library: Library, folder: Path, downloads: Sequence[Download] = (), share: Share = in_turn) -> Staged:
    """Write the tree into `folder`: only files whose content changed, and nothing else is left in it.

    `share` does the work for each language: here, or in processes of their own.
    """
    made_for = share(lambda lang: _pages(library, folder, downloads, lang), library.languages)
    # A place in every language, then the next place.
    written = tuple(page for each in zip(*(one.pages for one in made_for), strict=True) for page in each)
    beside = tuple(path for one in made_for for path in one.beside)
    characters = frozenset().union(*(one.characters for one in made_for))
    kept = library.root / "build" / "cache" / "site"
    made = assets(library.root, library.languages, characters, kept)
    drawn = posters(library, kept)
    content = made.files | dict(drawn.values())
    content[NAME] = worker(library, made, [*content, *beside])
    for path, data in content.items():
        _write(folder / path, data)
    pictures = _images(library)
    for path, source in pictures:
        _write(folder / path, published(source))
    _sweep(folder, {*content, *beside, *(path for path, _ in pictures), *(page.file for page in written)})
    posted = {lang: path for lang, (path, _) in drawn.items()}
    return Staged(library, folder, written, beside, made, posted, tuple(downloads))


def _pages(library: Library, folder: Path, downloads: Sequence[Download], lang: str) -> _Language:
    """Write the pages of a language, one after the other: all of them at once would fill the memory."""
    written, beside, characters = [], [], set[str]()
    for page in pages(library, lang, downloads):
        _write(folder / page.file, page.text().encode())
        for path, content in page.files:
            _write(folder / path, content)
            beside.append(path)
        characters.update(page.body, page.title)
        written.append(replace(page, body="", linked="", files=()))
    return _Language(tuple(written), tuple(beside), frozenset(characters))


def _images(library: Library) -> list[tuple[str, Path]]:
    """Images of pages that readers see, with their path in the tree."""
    folders = [(f"modules/{module.id}/images", module.folder / "images") for module in library.live]
    folders.append(("images", library.root / "docs" / "images"))
    return [(staged_image(path, file.name), file) for path, folder in folders for file in visible(folder)]


def _write(file: Path, content: bytes) -> None:
    try:
        if file.read_bytes() == content:
            return
    except (FileNotFoundError, NotADirectoryError):
        pass
    except IsADirectoryError:
        shutil.rmtree(file)
    if not file.parent.is_dir():
        for parent in reversed(file.parents):
            if parent.is_file():
                parent.unlink(missing_ok=True)
        # Another language may make the same folder at the same time.
        file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _sweep(folder: Path, keep: set[str]) -> None:
    """Delete what is not part of the tree, deepest first."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in keep:
            path.unlink()
