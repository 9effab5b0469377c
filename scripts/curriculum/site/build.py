"""The site built in this process: staged, made by MkDocs, finished. Any warning of MkDocs is an error."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from curriculum.library import Library
from curriculum.site.download import Download
from curriculum.site.parts import TOOL
from curriculum.site.stage import stage


class SiteError(Exception):
    """The site could not be built; `warnings` are what MkDocs said, one a line."""

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


def build_site(library: Library, site_dir: Path, downloads: Sequence[Download] = ()) -> None:
    """Write the whole site into `site_dir`, beside what is in it already (the PDFs). SiteError where MkDocs warns."""
    root = library.root
    staged = stage(library, root / "build" / "docs", downloads)
    own = root / "mkdocs.yml"
    log = logging.getLogger("mkdocs")
    collector = _Collector()
    log.addHandler(collector)
    site_dir.mkdir(parents=True, exist_ok=True)
    try:
        # MkDocs empties the folder it builds into.
        with tempfile.TemporaryDirectory(prefix=".pages-", dir=site_dir) as pages:
            config = load_config(str(own if own.is_file() else TOOL / "mkdocs.yml"), site_dir=pages, strict=True)
            config.extra["staged"] = staged
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
            _move_in(Path(pages), site_dir)
    except Abort as error:
        raise SiteError(collector.lines or [str(error)]) from error
    finally:
        log.removeHandler(collector)
    if collector.lines:
        raise SiteError(collector.lines)


def _move_in(pages: Path, site: Path) -> None:
    """Move everything of `pages` into `site`, replacing what has the same name there."""
    for folder, _, files in os.walk(pages):
        to = site / Path(folder).relative_to(pages)
        to.mkdir(exist_ok=True)
        for name in files:
            os.replace(Path(folder, name), to / name)
