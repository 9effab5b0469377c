"""The site alone, on a phone, and beside the same staged tree built by plain MkDocs, Material and static-i18n."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import yaml

from curriculum.markdown import EXTENSION_CONFIGS, EXTENSIONS
from tests.bench import phone
from tests.bench.clock import figure, measured, seconds
from tests.bench.grow import grow


def plain(folder: Path, staged: Path) -> Path:
    """A configuration of the plain stack over a staged tree: default search, and every page in a flat navigation."""
    config = {
        "site_name": "plain",
        "site_url": "https://plain.example.org/",
        "docs_dir": str(staged),
        "site_dir": str(folder / "site"),
        "theme": {"name": "material", "font": False, "language": "es"},
        "markdown_extensions": [
            {name: EXTENSION_CONFIGS[name]} if name in EXTENSION_CONFIGS else name for name in EXTENSIONS
        ],
        "plugins": [
            "search",
            {
                "i18n": {
                    "languages": [
                        {"locale": "es", "name": "Español", "default": True},
                        {"locale": "en", "name": "English"},
                    ]
                }
            },
        ],
        # The home page must be in the navigation; the rest stands beside it, one entry a page.
        "nav": ["index.md", *sorted(
            path.parent.relative_to(staged).as_posix() + "/index.md"
            for path in staged.glob("**/index.es.md") if path.parent != staged
        )],
    }  # fmt: skip
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config), "utf-8")
    return file


def run() -> None:
    for count in (100, 400):
        with tempfile.TemporaryDirectory() as temporary:
            root = grow(Path(temporary) / "root", count)
            ours, peak = measured(
                sys.executable, "-m", "curriculum", "--root", str(root), "--today", "2026-11-21", "build", "--no-print"
            )
            figure(f"{count} modules × 2 languages: ours, with search and zips", ours)
            goal = "goal 500" if count == 400 else ""
            figure(f"{count} modules × 2 languages: peak memory, all processes", peak / 1e6, "MB", goal)
            folder = Path(temporary) / "plain"
            folder.mkdir()
            # The templates that a page names are ours; the plain stack has its own.
            staged = Path(shutil.copytree(root / "build" / "docs", folder / "docs"))
            theirs = seconds(sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(plain(folder, staged)))
            figure(f"{count} modules × 2 languages: plain stack, flat navigation", theirs)
            if count == 400:
                first, further = sorted(one.name for one in (root / "modules").iterdir())[:2]
                phone.run(root / "build" / "site", first, further)
            goal = "goal 0.5" if count == 400 else ""
            figure(f"{count} modules × 2 languages: ours / plain", ours / theirs, "", goal)
