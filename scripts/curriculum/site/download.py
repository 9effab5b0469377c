"""A PDF that a page offers and the catalogue lists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Download:
    """One PDF of a module in a language; `path` is relative to the root of the site, `bytes` its size."""

    module: str
    lang: str
    kind: str
    paper: str
    path: str
    pages: int
    bytes: int
    sha256: str
