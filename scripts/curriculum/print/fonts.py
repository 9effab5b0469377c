"""The one face of the paper, Atkinson Hyperlegible, and nothing else: a character it lacks is an error, not a guess."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

FAMILY = "Atkinson"
FACES = {
    "Regular": ("normal", 400),
    "Bold": ("normal", 700),
    "Italic": ("italic", 400),
    "BoldItalic": ("italic", 700),
}
# No directory of fonts: only what the style sheet names exists. The cache stays out of the home folder.
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""


def folder() -> Path:
    """Where the font files are."""
    return Path(str(files("fontpkg_atkinson_hyperlegible"))) / "files"


def css() -> str:
    """The @font-face rules."""
    return "\n".join(
        f"@font-face {{ font-family: {FAMILY}; font-style: {style}; font-weight: {weight}; "
        f"src: url({(folder() / f'AtkinsonHyperlegible-{name}.ttf').as_uri()}) }}"
        for name, (style, weight) in FACES.items()
    )


def isolate(scratch: Path) -> None:
    """Hide the machine's own fonts from this process. `scratch` is a folder for a small file and Fontconfig's cache."""
    scratch.mkdir(parents=True, exist_ok=True)
    text = CONFIG.format(cache=scratch / "fontconfig")
    config = scratch / "fonts.conf"
    if not config.is_file() or config.read_text(encoding="utf-8") != text:
        aside = config.with_suffix(f".{os.getpid()}")
        aside.write_text(text, encoding="utf-8")
        aside.replace(config)
    os.environ["FONTCONFIG_FILE"] = str(config)
