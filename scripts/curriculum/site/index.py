"""The index of the search: what Pagefind reads of the built pages, one index a language."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha1
from heapq import merge
from itertools import groupby, zip_longest
from math import ceil
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cbor2

from curriculum.library import Library
from curriculum.site.built import language, pages, read

FOLDER = "pagefind"
ENTRY = "pagefind-entry.json"
PIECE = 16_000  # bytes of a piece of the index, before compression
SIGNED = b"pagefind_dcd"
# Pages that are a way to others, or a tool.
UNINDEXED = {"home", "modules", "themes", "search", "offline", "retired"}
# Kinds of page by which results can be narrowed; every other page is of kind "page".
KINDS = ("module", "participants", "theme")
# What stands on every page, or repeats what is elsewhere.
IGNORED = (
    ".crumbs, .numeral, .glance, .answers, .agenda, .when, .starts, .downloads, .keep, .offline, .report, .credits, "
    "#m-credits, .actions, .run, .filters, .related, .to-facilitator, .module-card, .further, .small, .due, .cite"
)
# What a page has that asks to be found.
SEARCHED = "data-pagefind-body"
# Where a word stands: the number of an index's first page, the numbers of its fields, and its pages with the places.
Found = tuple[int, list[int], list[Any]]
BATCH = 450  # pages that Pagefind reads at once: for as many as these it takes 250 MB


def facets(library: Library, place: str, meta: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What narrows the results of a search down to a page: its kind and themes. Empty if it is not to be found."""
    kind = meta["kind"]
    if kind in UNINDEXED or meta.get("noindex"):
        return []
    folder, _, name = place.rstrip("/").partition("/")
    module = library.modules.get(name.partition("/")[0]) if folder == "modules" else None
    themes = module.meta.themes if module else [name] if kind == "theme" else []
    return [("kind", kind if kind in KINDS else "page"), *(("theme", theme) for theme in themes)]


@dataclass(frozen=True)
class _Index:
    """What Pagefind made of some pages of a language, as it stands in `folder`.

    Its files are CBOR after a mark, gzipped, and named by the first letters of the SHA-1 of the CBOR.
    """

    folder: Path
    version: str
    pages: list[Any]
    chunks: list[list[str]]  # from which word to which a file of the index has them, and its name
    filters: dict[str, dict[str, list[int]]]  # pages by value, by the filter's name
    sorts: list[Any]  # by what results can be sorted
    fields: list[str]  # what is known of a page beside its text: its title, its picture

    def words(self) -> Iterator[list[Any]]:
        """Every word in order, with the pages and places where it stands, and the same for its forms."""
        for _, _, name in self.chunks:
            yield from _read(self.folder / "index" / f"{name}.pf_index")[0]


def index(library: Library, site: Path) -> None:
    """Write the index of every page that asks for it into `site`/pagefind. RuntimeError if Pagefind cannot."""
    asking: dict[str, list[str]] = {}
    for path in pages(site):
        if SEARCHED in read(site / path):
            asking.setdefault(language(library, path), []).append(path)
    folder, entry = site / FOLDER, dict[str, Any]()
    for name in ("index", "filter", "fragment"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".search-", dir=site) as scratch:
        for lang, paths in asking.items():
            made, told = _indexes(site, paths, lang, Path(scratch))
            one = told["languages"][lang]
            # Pagefind has rules for word endings for most languages, and one file for all others.
            for name in ("pagefind.js", f"wasm.{one['wasm'] or 'unknown'}.pagefind"):
                shutil.copyfile(made[0].folder / name, folder / name)
            one |= {"hash": _joined(made, lang, folder), "page_count": len(paths)}
            entry = told | {"languages": entry.get("languages", {}) | {lang: one}}
            for each in made:
                shutil.rmtree(each.folder)
    (folder / ENTRY).write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), "utf-8")


def _indexes(site: Path, paths: Sequence[str], lang: str, scratch: Path) -> tuple[list[_Index], dict[str, Any]]:
    """Those of the pages of a language, read some at a time, and what Pagefind's entry says of the last of them."""
    made, count = [], ceil(len(paths) / BATCH)
    for nth in range(count):
        some = paths[nth * len(paths) // count : (nth + 1) * len(paths) // count]
        one, entry = _index(site, some, lang, scratch / f"{lang}-{nth}")
        made.append(one)
    return made, entry


def _index(site: Path, paths: Sequence[str], lang: str, folder: Path) -> tuple[_Index, dict[str, Any]]:
    source = folder.with_name(f"{folder.name}-pages")
    for path in paths:
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / path, source / path)
    command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(source), "--output-path", str(folder)]
    command += ["--exclude-selectors", IGNORED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or done.stdout.strip())
    shutil.rmtree(source)
    entry: dict[str, Any] = json.loads((folder / ENTRY).read_text("utf-8"))
    meta = _read(folder / f"pagefind.{entry['languages'][lang]['hash']}.pf_meta")
    version, found, chunks, filters, sorts, fields = meta
    held = {name: dict(_read(folder / "filter" / f"{file}.pf_filter")[1]) for name, file in filters}
    return _Index(folder, version, found, chunks, held, sorts, fields), entry


def _joined(made: Sequence[_Index], lang: str, folder: Path) -> str:
    """Write several indexes as one, the pages of each counted on from those before it; the name of its first file.

    Pagefind writes languages, filters and their values in an order of chance, so they are put in order.
    """
    starts = [sum(len(one.pages) for one in made[:nth]) for nth in range(len(made))]
    filters = []
    for name in sorted({name for one in made for name in one.filters}):
        values: dict[str, list[int]] = {}
        for start, one in zip(starts, made, strict=True):
            for value, numbers in one.filters.get(name, {}).items():
                values.setdefault(value, []).extend(start + number for number in numbers)
        filters.append([name, _named(folder / "filter", lang, "pf_filter", [name, sorted(values.items())])])
    fields = sorted({field for one in made for field in one.fields})
    chunks = [
        [first, last, _named(folder / "index", lang, "pf_index", [words])]
        for first, last, words in _pieces(_merged(starts, made, fields))
    ]
    for one in made:
        for file in (one.folder / "fragment").iterdir():
            os.replace(file, folder / "fragment" / file.name)
    listed = [page for one in made for page in one.pages]
    data = cbor2.dumps([made[0].version, listed, chunks, filters, made[0].sorts, fields])
    name = f"{lang}_{sha1(data).hexdigest()[:10]}"
    _write(folder / f"pagefind.{name}.pf_meta", data)
    return name


def _merged(starts: Sequence[int], made: Sequence[_Index], fields: list[str]) -> Iterator[list[Any]]:
    """The words of several indexes in order, those that are in more than one once."""

    def told(start: int, one: _Index) -> Iterator[tuple[str, int, list[int], list[Any]]]:
        # A place in a field is told by the field's number, counted down from -1.
        numbers = [-1 - fields.index(field) for field in one.fields]
        return ((word[0], start, numbers, word) for word in one.words())

    for word, same in groupby(merge(*map(told, starts, made), key=itemgetter(0)), key=itemgetter(0)):
        found, forms = list[Found](), dict[str, list[Found]]()
        for _, start, numbers, (_, on, others) in same:
            found.append((start, numbers, on))
            for form, at in others:
                forms.setdefault(form, []).append((start, numbers, at))
        yield [word, _counted_on(found), [[form, _counted_on(forms[form])] for form in sorted(forms)]]


def _counted_on(found: Sequence[Found]) -> list[Any]:
    """Lists of pages as one. Of each page Pagefind tells how far it is from the one before."""
    joined = []
    last = 0
    for start, numbers, on in found:
        number = start
        for step, places, inside in on:
            number += step
            inside = [numbers[-1 - place] if place < 0 else place for place in inside]
            joined.append([number - last, places, inside])
            last = number
    return joined


def _pieces(words: Iterable[list[Any]]) -> Iterator[tuple[str, str, list[list[Any]]]]:
    """The words in pieces for a slow line, each with from where to where the engine looks a word up in it.

    These are as short as they can be and leave no gap.
    """
    first, group, size = "", list[list[Any]](), 0
    for word in words:
        more = len(cbor2.dumps(word))
        if group and size + more > PIECE:
            before, after = group[-1][0], word[0]
            shared = next(at for at, (one, other) in enumerate(zip_longest(before, after)) if one != other) + 1
            yield first, before[:shared], group
            first, group, size = after[:shared], [], 0
        first = first or word[0]
        group.append(word)
        size += more
    if group:
        yield first, group[-1][0], group


def _named(folder: Path, lang: str, suffix: str, content: list[Any]) -> str:
    """Write a file under the name that its content gives it; the name."""
    data = cbor2.dumps(content)
    name = f"{lang}_{sha1(data).hexdigest()[:7]}"
    _write(folder / f"{name}.{suffix}", data)
    return name


def _read(file: Path) -> list[Any]:
    found: list[Any] = cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(SIGNED))
    return found


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(SIGNED + data, mtime=0))
