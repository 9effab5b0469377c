"""What Pagefind writes: an index of some pages of a language, read, joined with others, put in order, in small pieces.

Its files are CBOR after a mark, gzipped, and named by the first letters of the SHA-1 of the CBOR.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1
from heapq import merge
from io import BytesIO
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any

import cbor2

PIECE = 16_000  # bytes of a piece of an index, before compression
SIGNED = b"pagefind_dcd"
# Where a word stands: the number of an index's first page, the new numbers of its fields, if they have other ones now,
# and its pages with the places.
Found = tuple[int, list[int], list[Any]]


@dataclass(frozen=True)
class Index:
    """An index as it stands in `folder`."""

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
            yield from content(self.folder / "index" / f"{name}.pf_index")[0]


def index_in(folder: Path, name: str) -> Index:
    """The index in a folder; `name` is that of its first file, as Pagefind's entry tells it."""
    version, pages, chunks, filters, sorts, fields = content(folder / f"pagefind.{name}.pf_meta")
    held = {name: dict(content(folder / "filter" / f"{file}.pf_filter")[1]) for name, file in filters}
    return Index(folder, version, pages, chunks, held, sorts, fields)


def joined(made: Sequence[Index], lang: str, folder: Path) -> str:
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
        filters.append(
            [name, _named(folder / "filter", lang, "pf_filter", cbor2.dumps([name, sorted(values.items())]))]
        )
    fields = sorted({field for one in made for field in one.fields})
    chunks = [
        [first, last, _named(folder / "index", lang, "pf_index", _array([_array(words)]))]
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


def _merged(starts: Sequence[int], made: Sequence[Index], fields: list[str]) -> Iterator[list[Any]]:
    """The words of several indexes in order, those that are in more than one once."""

    def told(start: int, one: Index) -> Iterator[tuple[str, int, list[int], list[Any]]]:
        # A place in a field is told by the field's number, counted down from -1.
        numbers = [] if one.fields == fields else [-1 - fields.index(field) for field in one.fields]
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
            if numbers:
                inside = [numbers[-1 - place] if place < 0 else place for place in inside]
            joined.append([number - last, places, inside])
            last = number
    return joined


def _pieces(words: Iterable[list[Any]]) -> Iterator[tuple[str, str, list[bytes]]]:
    """The words, each as CBOR, in pieces for a slow line, with from where to where the engine looks a word up in one.

    These are as short as they can be and leave no gap.
    """
    first, last, group, size = "", "", list[bytes](), 0
    for word in words:
        data = cbor2.dumps(word)
        if group and size + len(data) > PIECE:
            shared = next(at for at, (one, other) in enumerate(zip_longest(last, word[0])) if one != other) + 1
            yield first, last[:shared], group
            first, group, size = word[0][:shared], [], 0
        first, last = first or word[0], word[0]
        group.append(data)
        size += len(data)
    if group:
        yield first, last, group


def _array(items: Sequence[bytes]) -> bytes:
    """The CBOR of a list whose items are in CBOR already (RFC 8949, 3.1: major type 4)."""
    head = BytesIO()
    cbor2.CBOREncoder(head).encode_length(4, len(items))
    return head.getvalue() + b"".join(items)


def _named(folder: Path, lang: str, suffix: str, data: bytes) -> str:
    """Write a file under the name that its content gives it; the name."""
    name = f"{lang}_{sha1(data).hexdigest()[:7]}"
    _write(folder / f"{name}.{suffix}", data)
    return name


def content(file: Path) -> list[Any]:
    """What a file of an index says."""
    found: list[Any] = cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(SIGNED))
    return found


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(SIGNED + data, mtime=0))
