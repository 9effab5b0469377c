"""What a phone keeps when it is told to: the files of a module, or of everything in a language, with their sizes."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from math import ceil
from pathlib import Path

from curriculum.address import page_path
from curriculum.apart import apart
from curriculum.library import Library
from curriculum.site.built import language, pages, parts, read
from curriculum.site.index import FOLDER as SEARCH
from curriculum.words import Words, words

FOLDER = "saves"
SIZE = re.compile(r'<span data-size="(?P<path>[^"]*)"></span>')


def list_path(lang: str, module: str = "") -> str:
    """Where the list of the files of a module stands, or of everything in a language."""
    return f"{FOLDER}/{lang}/{module}.json" if module else f"{FOLDER}/{lang}.json"


def saves(library: Library, site: Path, kept: Collection[str], others: Mapping[str, int]) -> None:
    """Write the lists, after the sizes of what can be saved, and those of `others` by path, were put into the pages.

    Every phone has `kept` since its first visit, so a module's list does without it.
    """
    found: dict[str, list[str]] = {lang: [] for lang in library.languages}
    for path in pages(site):
        found[language(library, path)].append(path)
    apart(lambda lang: _language(library, site, set(kept), others, lang, found[lang]), library.languages)


def _language(
    library: Library, site: Path, kept: set[str], others: Mapping[str, int], lang: str, found: Sequence[str]
) -> None:
    """The lists of a language, whose pages are those `found`."""
    lists = _lists(library, site, kept, lang, found)
    sizes = {path: sum((site / file).stat().st_size for file in files) for path, files in lists.items()}
    sizes.update(others)
    for path in found:
        _fill(site / path, sizes, words(lang))
    marks: dict[str, tuple[int, str]] = {}
    for path, files in lists.items():
        for file in files:
            if file not in marks:
                content = (site / file).read_bytes()
                marks[file] = len(content), sha256(content).hexdigest()[:8]
        to = site / path
        to.parent.mkdir(parents=True, exist_ok=True)
        entries = {file: marks[file] for file in sorted(files)}
        to.write_text(json.dumps(entries, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _lists(library: Library, site: Path, kept: set[str], lang: str, found: Sequence[str]) -> dict[str, set[str]]:
    """The files of each list by its path. A page is kept under the address it is opened at: modules/x/ is a folder."""
    every = {f"assets/{file.name}" for file in (site / "assets").iterdir() if file.suffix != ".png"}
    every |= _search(site, lang)
    lists = {list_path(lang): every}
    shown = {module.id for module in library.live if module.pages}
    for path in found:
        needed = parts(path, read(site / path)) - kept
        files = {path} | {file for file in needed if file in every or (site / file).is_file()}
        every |= files
        place = path.removeprefix(page_path(library, "", lang))
        folder, _, rest = place.partition("/")
        if folder == "modules" and (module := rest.partition("/")[0]) in shown:
            lists.setdefault(list_path(lang, module), set()).update(files)
    return lists


def _search(site: Path, lang: str) -> set[str]:
    """The index of a language."""
    files = (file for file in (site / SEARCH).rglob("*") if file.is_file())
    own = re.compile(rf"(?:.*[./])?{lang}[_.].*|pagefind(?:\.js|-entry\.json)|wasm\.unknown\.pagefind")
    return {
        file.relative_to(site).as_posix() for file in files if own.fullmatch(file.relative_to(site / SEARCH).as_posix())
    }


def _fill(page: Path, sizes: Mapping[str, int], w: Words) -> None:
    text = read(page)
    if "data-size=" in text:
        filled = SIZE.sub(
            lambda found: f"<span>({size(sizes[found['path']], w)})</span>" if found["path"] in sizes else "", text
        )
        page.write_bytes(filled.encode())


def size(count: int, w: Words) -> str:
    """A number of bytes as people read it, never less than it is: 346 kB, 1.3 MB."""
    if count < 1_000_000:
        return w("offline.kB", size=w.number(ceil(count / 1000)))
    return w("offline.MB", size=w.number(ceil(count / 100_000) / 10, 1))
