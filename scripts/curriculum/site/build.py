"""The site built in this process: staged, made by MkDocs, finished. Any warning of MkDocs is an error."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from curriculum.apart import apart
from curriculum.library import Library
from curriculum.site.budget import Weight, weights
from curriculum.site.copies import copies
from curriculum.site.download import Download
from curriculum.site.index import index
from curriculum.site.parts import TOOL
from curriculum.site.saves import saves
from curriculum.site.stage import Staged, stage
from curriculum.site.worker import core


class SiteError(Exception):
    """The site could not be built; `warnings` are what MkDocs or Pagefind said, one a line."""

    def __init__(self, warnings: Sequence[str]) -> None:
        super().__init__("\n".join(warnings))
        self.warnings = tuple(warnings)


class _Collector(logging.Handler):
    """Keeps what is said at the level of a warning or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def build_site(library: Library, site_dir: Path, downloads: Sequence[Download] = ()) -> list[Weight]:
    """Write the whole site into `site_dir`, beside what is in it already (the PDFs); what of it crosses its budget.

    SiteError where MkDocs warns.
    """
    staged = stage(library, library.root / "build" / "docs", downloads, apart)
    site_dir.mkdir(parents=True, exist_ok=True)
    # MkDocs empties the folder it builds into.
    with tempfile.TemporaryDirectory(prefix=".pages-", dir=site_dir) as pages:
        warnings = _every_language(staged, Path(pages))
        if warnings:
            raise SiteError(warnings)
        _move_in(Path(pages), site_dir)
    try:
        index(library, site_dir)
    except RuntimeError as error:
        raise SiteError(str(error).splitlines()) from None
    made = copies(staged, site_dir)
    saves(library, site_dir, core(library, staged.assets), {copy.path: copy.bytes for copy in made})
    return [weight for weight in weights(staged, site_dir) if weight.bytes > weight.limit]


def _every_language(staged: Staged, pages: Path) -> list[str]:
    """Build every language below `pages`, each apart from the others; what MkDocs warned of."""
    first, *further = staged.library.languages
    told = apart(lambda lang: _make(staged, pages / f".{lang}", lang), [first, *further])
    if warnings := [line for lines in told for line in lines]:
        return warnings
    _move_in(pages / f".{first}", pages)
    for lang in further:
        _move_in(pages / f".{lang}" / lang, pages / lang)
    for lang in staged.library.languages:
        shutil.rmtree(pages / f".{lang}")
    return []


def _make(staged: Staged, pages: Path, only: str) -> list[str]:
    """Let MkDocs build one language into the folder `pages`; what it warned of."""
    own = staged.library.root / "mkdocs.yml"
    log = logging.getLogger("mkdocs")
    collector = _Collector()
    log.addHandler(collector)
    try:
        config = load_config(str(own if own.is_file() else TOOL / "mkdocs.yml"), site_dir=str(pages), strict=True)
        config.extra.update(staged=staged, only=only)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except Abort as error:
        return collector.lines or [str(error)]
    finally:
        log.removeHandler(collector)
    return collector.lines


def _move_in(pages: Path, site: Path) -> None:
    """Move everything of `pages` into `site`, replacing what has the same name there."""
    for folder, inner, files in os.walk(pages):
        # Folders with a dot are where languages are being built.
        inner[:] = [name for name in inner if not name.startswith(".")]
        to = site / Path(folder).relative_to(pages)
        to.mkdir(exist_ok=True)
        for name in files:
            os.replace(Path(folder, name), to / name)
