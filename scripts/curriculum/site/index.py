"""The index of the search: what Pagefind reads of the built pages, one index a language."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from curriculum.apart import apart
from curriculum.library import Library
from curriculum.site.built import language, pages, read
from curriculum.site.pagefind import Index, index_in, joined

FOLDER = "pagefind"
ENTRY = "pagefind-entry.json"
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
BATCH = 200  # pages that Pagefind reads at once: for as many as these it takes 110 MB


def facets(library: Library, place: str, meta: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What narrows the results of a search down to a page: its kind and themes. Empty if it is not to be found."""
    kind = meta["kind"]
    if kind in UNINDEXED or meta.get("noindex"):
        return []
    folder, _, name = place.rstrip("/").partition("/")
    module = library.modules.get(name.partition("/")[0]) if folder == "modules" else None
    themes = module.meta.themes if module else [name] if kind == "theme" else []
    return [("kind", kind if kind in KINDS else "page"), *(("theme", theme) for theme in themes)]


def index(library: Library, site: Path) -> None:
    """Write the index of every page that asks for it into `site`/pagefind. RuntimeError if Pagefind cannot."""
    asking: dict[str, list[str]] = {}
    for path in pages(site):
        if SEARCHED in read(site / path):
            asking.setdefault(language(library, path), []).append(path)
    folder = site / FOLDER
    for name in ("index", "filter", "fragment"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".search-", dir=site) as scratch:
        told = apart(lambda lang: _language(site, asking[lang], lang, Path(scratch)), tuple(asking))
    entry = {name: value for one in told for name, value in one.items()}
    entry["languages"] = {lang: value for one in told for lang, value in one["languages"].items()}
    (folder / ENTRY).write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), "utf-8")


def _language(site: Path, paths: Sequence[str], lang: str, scratch: Path) -> dict[str, Any]:
    """Write the index of a language; what Pagefind's entry says, of it alone."""
    folder = site / FOLDER
    made, entry = _indexes(site, paths, lang, scratch)
    own = entry["languages"][lang]
    # Pagefind has rules for word endings for most languages, and one file for all others.
    for name in ("pagefind.js", f"wasm.{own['wasm'] or 'unknown'}.pagefind"):
        shutil.copyfile(made[0].folder / name, folder / name)
    return entry | {"languages": {lang: own | {"hash": joined(made, lang, folder), "page_count": len(paths)}}}


def _indexes(site: Path, paths: Sequence[str], lang: str, scratch: Path) -> tuple[list[Index], dict[str, Any]]:
    """Those of the pages of a language, read some at a time, and what Pagefind's entry says of the last of them."""
    made, count = [], ceil(len(paths) / BATCH)
    for nth in range(count):
        some = paths[nth * len(paths) // count : (nth + 1) * len(paths) // count]
        one, entry = _index(site, some, lang, scratch / f"{lang}-{nth}")
        made.append(one)
    return made, entry


def _index(site: Path, paths: Sequence[str], lang: str, folder: Path) -> tuple[Index, dict[str, Any]]:
    """That of some pages, made in `folder`, and what Pagefind's entry says of it."""
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
    return index_in(folder, entry["languages"][lang]["hash"]), entry
