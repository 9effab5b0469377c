"""Room for drawings: a page keeps their place before they have arrived, so that nothing jumps under a finger."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from curriculum.picture import size

# Those that the stylesheet gives a width; one of class `icon` has its height from there too.
DRAWING = re.compile(r'<img (?P<said>[^<>]*\bclass="(?:full|half|third)" src="(?P<link>[^"]+)")')
IMAGE = re.compile(r"<img (?!loading)")


def with_room(html: str, page: str, folder: Path) -> str:
    """The page at path `page` with each drawing loaded when the reader comes near, its proportions said beforehand.

    The images stand in the staged tree `folder` under the paths that they have on the site.
    """

    def sized(found: re.Match[str]) -> str:
        file = folder / posixpath.normpath(posixpath.join(page, unquote(found["link"])))
        sides = size(file) if file.is_file() else None
        return f'<img {found["said"]} width="{sides[0]}" height="{sides[1]}"' if sides else found[0]

    return IMAGE.sub('<img loading="lazy" ', DRAWING.sub(sized, html))
