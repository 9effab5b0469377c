"""The one face of the paper, Atkinson Hyperlegible, and nothing else: a character it lacks is an error, not a guess."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

# The package's folder is the only one with fonts; Fontconfig's cache stays out of the home folder.
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def folder() -> Path:
    """Where the font files are: four static faces."""
    return Path(str(files("fontpkg_atkinson_hyperlegible"))) / "files"


def isolate(scratch: Path) -> None:
    """Hide the machine's own fonts from this process. `scratch` is a folder for a small file and Fontconfig's cache."""
    scratch.mkdir(parents=True, exist_ok=True)
    text = CONFIG.format(fonts=escape(str(folder())), cache=escape(str(scratch / "fontconfig")))
    config = scratch / "fonts.conf"
    if not config.is_file() or config.read_text(encoding="utf-8") != text:
        aside = config.with_suffix(f".{os.getpid()}")
        aside.write_text(text, encoding="utf-8")
        aside.replace(config)
    os.environ["FONTCONFIG_FILE"] = str(config)
