"""How many bytes a phone must load: a budget for each way into the site, counted as servers send them (gzip)."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from curriculum.apart import apart
from curriculum.site.built import language, pages, read, target
from curriculum.site.index import ENTRY
from curriculum.site.index import FOLDER as SEARCH
from curriculum.site.search import RESULTS
from curriculum.site.stage import Staged
from curriculum.site.worker import NAME, core

# Bytes; as browsers and servers count them, 1 kB is 1024.
FIRST, NEXT, PAGE, SEARCHED = 100 * 1024, 16 * 1024, 20 * 1024, 150 * 1024
ASKED = re.compile(r'<(?:img|script|link rel="stylesheet")\b[^>]*?\s(?:src|href)="(?P<link>[^"]*)"')
PACKED = (".woff2", ".png", ".jpg", ".jpeg", ".pagefind", ".pf_index", ".pf_meta", ".pf_filter", ".pf_fragment")


@dataclass(frozen=True)
class Weight:
    """What is loaded for `path`: as the first page of a visit, as a further one, or for the first search of a visit.

    The budget of a further page holds for the middle one of all modules; none may be much heavier than that.
    """

    way: str  # first | next | page | search
    path: str
    bytes: int
    limit: int


def weights(staged: Staged, site: Path) -> list[Weight]:
    """The pages of modules, each in two ways; the middle one of them, and the search, in each language."""
    found: dict[str, list[str]] = {lang: [] for lang in staged.library.languages}
    for path in pages(site):
        if "modules/" in path and not path.endswith("modules/index.html"):
            found[language(staged.library, path)].append(path)
    # What the service worker keeps at once; a page may ask for more.
    kept = [path if not path.endswith("/") else f"{path}index.html" for path in core(staged.library, staged.assets)]
    around = {path: sent(site / path) for path in [NAME, *kept, *staged.assets.files]}
    told = apart(lambda lang: _language(site, found[lang], lang, {NAME, *kept}, around), staged.library.languages)
    return [weight for each in told for weight in each]


def _language(site: Path, found: Sequence[str], lang: str, kept: set[str], around: Mapping[str, int]) -> list[Weight]:
    """Those of a language; `found` are its pages of modules, `around` the bytes of what is not a module's own."""
    images = cache(lambda path: sent(site / path))
    told, modules = [], []
    for path in found:
        page, asked = sent(site / path), _asked(site, path)
        first = page + sum(around[one] for one in kept | (asked & around.keys()))
        told.append(Weight("first", path, first + sum(map(images, asked - around.keys())), FIRST))
        told.append(Weight("page", path, page, PAGE))
        # Not the short pages of what the sessions of a module brought, which lie below results/.
        if path.split("/")[-3] == "modules" and "results" not in path.split("/"):
            modules.append((page, path))
    if modules:
        page, path = sorted(modules)[len(modules) // 2]
        told.append(Weight("next", path, page, NEXT))
    entry = json.loads((site / SEARCH / ENTRY).read_text("utf-8"))["languages"].get(lang)
    if entry:
        told.append(Weight("search", lang, _search(site / SEARCH, lang, entry), SEARCHED))
    return told


def _asked(site: Path, path: str) -> set[str]:
    """The stylesheets, scripts and images that a page asks for."""
    return {target(path, match["link"]) for match in ASKED.finditer(read(site / path))} - {""}


def _search(folder: Path, lang: str, entry: dict[str, Any]) -> int:
    """The engine, the largest piece of the index, and the texts of the first results at their mean."""
    engine = (
        "pagefind.js",
        ENTRY,
        f"wasm.{entry['wasm'] or 'unknown'}.pagefind",
        f"pagefind.{entry['hash']}.pf_meta",
    )
    pieces = [sent(file) for file in folder.glob(f"index/{lang}_*")]
    texts = [sent(file) for file in folder.glob(f"fragment/{lang}_*")]
    return sum(sent(folder / name) for name in engine) + max(pieces) + round(RESULTS * mean(texts))


def sent(file: Path) -> int:
    """The bytes of a file as a server sends it."""
    content = file.read_bytes()
    return len(content) if file.name.endswith(PACKED) else len(gzip.compress(content, 6))
