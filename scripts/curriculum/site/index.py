"""The index of the search: what Pagefind reads of the built pages, one index a language."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha1
from itertools import zip_longest
from pathlib import Path
from typing import Any

import cbor2

from curriculum.library import Library

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
# Of what Pagefind writes, only this is loaded: its own boxes, and the worker that gives up after five seconds, are not.
KEPT = ("pagefind.js", ENTRY, "*.pf_meta", "*/*")


def facets(library: Library, place: str, meta: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What narrows the results of a search down to a page: its kind and themes. Empty if it is not to be found."""
    kind = meta["kind"]
    if kind in UNINDEXED or meta.get("noindex"):
        return []
    folder, _, name = place.rstrip("/").partition("/")
    module = library.modules.get(name.partition("/")[0]) if folder == "modules" else None
    themes = module.meta.themes if module else [name] if kind == "theme" else []
    return [("kind", kind if kind in KINDS else "page"), *(("theme", theme) for theme in themes)]


def index(site: Path) -> None:
    """Write the index of every page that asks for it into `site`/pagefind. RuntimeError if Pagefind cannot."""
    command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(site), "--exclude-selectors", IGNORED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or done.stdout.strip())
    folder = site / FOLDER
    entry = json.loads((folder / ENTRY).read_text("utf-8"))
    _settle(folder, entry)
    kept = {file for pattern in KEPT for file in folder.glob(pattern)}
    # Pagefind has rules for word endings for most languages, and one file for all others.
    kept |= {folder / f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in entry["languages"].values()}
    for file in folder.rglob("*"):
        if file.is_file() and file not in kept:
            file.unlink()


def _settle(folder: Path, entry: dict[str, Any]) -> None:
    """Put in order what Pagefind writes in an order of chance (languages, filters, their values), in smaller pieces.

    Its files are CBOR after a mark, gzipped, and named by the first letters of the SHA-1 of the CBOR.
    """
    for lang, language in entry["languages"].items():
        meta = folder / f"pagefind.{language['hash']}.pf_meta"
        version, pages, chunks, filters, *rest = _read(meta)
        settled = []
        for name, old in sorted(filters):
            file = folder / "filter" / f"{old}.pf_filter"
            _, values = _read(file)
            file.unlink()
            data = cbor2.dumps([name, sorted(values)])
            new = f"{lang}_{sha1(data).hexdigest()[:7]}"
            _write(folder / "filter" / f"{new}.pf_filter", data)
            settled.append([name, new])
        meta.unlink()
        pieces = [piece for chunk in chunks for piece in _split(folder, lang, chunk)]
        data = cbor2.dumps([version, pages, pieces, settled, *rest])
        language["hash"] = f"{lang}_{sha1(data).hexdigest()[:10]}"
        _write(folder / f"pagefind.{language['hash']}.pf_meta", data)
    (folder / ENTRY).write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), "utf-8")


def _split(folder: Path, lang: str, chunk: list[str]) -> list[list[str]]:
    """Cut a piece of the index, which is [from, to, name] and a list of words, into several for a slow line.

    The engine looks a word up between `from` and `to`, so that these are as short as they can be and leave no gap.
    """
    first, last, old = chunk
    file = folder / "index" / f"{old}.pf_index"
    (words,) = _read(file)
    file.unlink()
    groups: list[list[Any]] = [[]]
    size = 0
    for word in words:
        size += len(cbor2.dumps(word))
        if size > PIECE and groups[-1]:
            groups.append([])
            size = 0
        groups[-1].append(word)
    pieces = []
    for group, following in zip(groups, [*groups[1:], None], strict=True):
        data = cbor2.dumps([group])
        new = f"{lang}_{sha1(data).hexdigest()[:7]}"
        _write(folder / "index" / f"{new}.pf_index", data)
        if following is None:
            pieces.append([first, last, new])
            break
        before, after = group[-1][0], following[0][0]
        same = (at for at, (one, other) in enumerate(zip_longest(before, after)) if one != other)
        shared = next(same) + 1
        pieces.append([first, before[:shared], new])
        first = after[:shared]
    return pieces


def _read(file: Path) -> list[Any]:
    found: list[Any] = cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(SIGNED))
    return found


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(SIGNED + data, mtime=0))
