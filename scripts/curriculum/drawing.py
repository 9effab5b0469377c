"""The drawings that site and paper share, in overrides/icons: of each sector of work, one in black lines on white."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path("overrides/icons")
TOOL = Path(__file__).resolve().parents[2]


def drawings(root: Path) -> dict[str, Path]:
    """The SVG files by name, `sector-hogar`: those of the curriculum at `root` in place of the tool's own."""
    return {file.stem: file for base in (TOOL, root) for file in sorted((base / FOLDER).glob("*.svg"))}
