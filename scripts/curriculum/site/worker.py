"""The service worker, told which files of this site every page needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from curriculum.address import page_path
from curriculum.library import Library
from curriculum.site.assets import Assets
from curriculum.site.parts import folders

NAME = "sw.js"


def worker(library: Library, assets: Assets, staged: Iterable[str]) -> bytes:
    """sw.js with its lists filled in, `staged` being the files of the site.

    It stands at the root of the site, so that it may answer for all of it.
    """
    known = sorted(path for path in staged if path.startswith("assets/") and not path.endswith(".png"))
    text = next(file for folder in folders(library.root) if (file := folder / NAME).is_file()).read_text("utf-8")
    for name, values in (
        ("CORE", core(library, assets)),
        ("KNOWN", known),
        ("LANGUAGES", library.languages[1:]),
    ):
        text = re.sub(rf"^const {name} = \[.*?\];$", f"const {name} = {json.dumps(values)};", text, flags=re.MULTILINE)
    return text.encode()


def core(library: Library, assets: Assets) -> list[str]:
    """What the service worker keeps from the first visit on; a path that ends with a slash is that of a page."""
    shown = [
        assets.styles["site"],
        assets.styles["offline"],
        assets.scripts["site"],
        assets.scripts["offline"],
        assets.sign,
    ]
    faces = [path for path in assets.files if path.endswith(".woff2")]
    return [*sorted([*shown, *faces]), *(page_path(library, "offline/", lang) for lang in library.languages)]
