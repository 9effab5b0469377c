"""The built site as files: which pages a language has, and what a page refers to."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from curriculum.library import Library

LINK = re.compile(r'(?P<name>\s(?:href|src)=)"(?P<link>[^"]*)"')
SHOWN = re.compile(r'\ssrc="(?P<link>[^"]*)"')
USED = re.compile(r'\shref="(?P<link>[^"]*\.(?:pdf|css))"')
PATH = re.compile("[^?#]*")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def read(file: Path) -> str:
    """The text of a page; a newline in it stays what it is."""
    return file.read_bytes().decode("utf-8")


def pages(site: Path) -> Iterator[str]:
    """The path of every page, in order, without redirects and the page of what is missing: modules/x/index.html."""
    for file in sorted(site.rglob("index.html")):
        # A redirect is shorter than any page.
        if file.stat().st_size > 2000 or 'http-equiv="refresh"' not in read(file):
            yield file.relative_to(site).as_posix()


def language(library: Library, path: str) -> str:
    """The language whose readers a file is for: that of the folder it stands in, else the first."""
    first = path.partition("/")[0]
    return first if first in library.languages[1:] else library.languages[0]


def target(page: str, link: str) -> str:
    """The path of the file that a relative link on a page leads to, without anchor; "" where it leads elsewhere."""
    path = PATH.match(link)[0]  # type: ignore[index]
    if not path or SCHEME.match(path):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), filed(path)))


def filed(link: str) -> str:
    """A relative link to a file where it led to a folder, for want of a server: ../x/#a becomes ../x/index.html#a."""
    path = PATH.match(link)[0]  # type: ignore[index]
    folder = path if path.endswith("/") else f"{path}/" if path == "." or path.endswith("..") else ""
    return f"{folder}index.html{link[len(path) :]}".removeprefix("./") if folder else link


def parts(page: str, text: str) -> set[str]:
    """What a page needs besides itself: images, papers, scripts and stylesheets."""
    found = {target(page, match["link"]) for pattern in (SHOWN, USED) for match in pattern.finditer(text)}
    return found - {""}


def copy_path(library: Library, lang: str) -> str:
    """Where the copy in a language stands, named so that one knows it in a folder of downloads."""
    plain = unicodedata.normalize("NFKD", library.platform.short_name[lang]).encode("ascii", "ignore").decode()
    return f"copies/{re.sub('[^a-z0-9]+', '-', plain.lower()).strip('-') or 'site'}-{lang}.zip"
