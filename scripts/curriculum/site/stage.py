"""The staged tree: an ordinary folder of Markdown, every page in every language, that any generator can read."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

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
    """What was staged, from which library, into which folder."""

    library: Library
    folder: Path
    pages: tuple[Page, ...]
    assets: Assets
    posters: dict[str, str]  # path of the picture beside a link, by language
    downloads: tuple[Download, ...]

    @cached_property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """The languages in which each place has a text of its own."""
        return {page.place: page.alternates for page in self.pages}


def stage(library: Library, folder: Path, downloads: Sequence[Download] = ()) -> Staged:
    """Write the tree into `folder`: only files whose content changed, and nothing else is left in it."""
    written = tuple(pages(library, downloads))
    content = {page.file: page.text().encode() for page in written}
    characters = set().union(*(page.body for page in written), *(page.title for page in written))
    kept = library.root / "build" / "cache" / "site"
    made = assets(library.root, library.languages, characters, kept)
    content |= made.files
    for page in written:
        content |= dict(page.files)
    drawn = posters(library, kept)
    content |= dict(drawn.values())
    content[NAME] = worker(library, made, content)
    for path, source in _images(library):
        content[path] = published(source)
    for path, data in content.items():
        _write(folder / path, data)
    _sweep(folder, set(content))
    return Staged(library, folder, written, made, {lang: path for lang, (path, _) in drawn.items()}, tuple(downloads))


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
                parent.unlink()
        file.parent.mkdir(parents=True)
    file.write_bytes(content)


def _sweep(folder: Path, keep: set[str]) -> None:
    """Delete what is not part of the tree, deepest first."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in keep:
            path.unlink()
