"""The copies for a USB stick: a zip a language, which is the built site with its links made to work from a disk.

A copy has the pages of all languages, so that one can switch, and the papers of its own. What needs a server is left
out: the search has a list of titles, headings and summaries instead of its index.
"""

from __future__ import annotations

import json
import posixpath
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from curriculum.address import page_path
from curriculum.apart import apart
from curriculum.library import Library
from curriculum.site.built import LINK, SCHEME, copy_path, filed, language, pages, read, target
from curriculum.site.download import Download
from curriculum.site.parts import SITE, TOOL
from curriculum.site.stage import Staged
from curriculum.words import words

INSIDE = "site"  # the folder of the zip that holds the site; beside it stands one file to open
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every file, so that the same content is the same zip
# What a page says only by http, and what only in a copy.
ONLINE = re.compile(r"<(?P<tag>section|p|li) [^>]*data-online\b.*?</(?P=tag)>\n?", re.DOTALL)
IN_COPY = re.compile(r" data-copy hidden\b")
# What is of no use on a disk, or is not allowed there: fonts by themselves, the feed, data for search engines.
HEAD = re.compile(
    r'<link rel="(?:preload|alternate)"[^>]*>\n?|<script type="application/ld\+json">.*?</script>\n?'
    r'|<meta (?:property="og:|name="twitter:)[^>]*>\n?',
    re.DOTALL,
)
POLICY = re.compile(r'(?<=http-equiv="Content-Security-Policy" content=")[^"]*')
FACE = re.compile(r'url\("(?P<name>[\w.-]+\.woff2)"\)')
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
HEADING = re.compile(r'<h[23][^>]*?\sid="(?P<id>[^"]+)"[^>]*>(?P<text>.*?)</h[23]>', re.DOTALL)
FACET = re.compile(r'<meta name="(?:kind|theme)" content="(?P<value>[^"]*)" data-pagefind-filter="(?P<name>\w+)')
SUMMARY = re.compile(r'<meta name="description" content="(?P<text>[^"]*)">')


@dataclass(frozen=True)
class Copy:
    """A zip of the site for readers of a language; `path` is relative to the root of the site."""

    lang: str
    path: str
    bytes: int
    sha256: str


def copies(staged: Staged, site: Path) -> list[Copy]:
    """Write the zips of the finished site into it."""
    found = list(pages(site))

    def copy(lang: str) -> Copy:
        path = copy_path(staged.library, lang)
        (site / path).parent.mkdir(exist_ok=True)
        _write(staged, site, found, lang, site / path)
        content = (site / path).read_bytes()
        return Copy(lang, path, len(content), sha256(content).hexdigest())

    return apart(copy, staged.library.languages)


def _write(staged: Staged, site: Path, found: list[str], lang: str, file: Path) -> None:
    library = staged.library
    files = _files(staged, site, lang)
    inside = files | set(found)
    lists: dict[str, list[dict[str, object]]] = {code: [] for code in library.languages}
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as zipped:
        _add(zipped, "index.html", _opening(library, lang).encode())
        for path in found:
            text = read(site / path)
            if entry := _entry(path, text):
                lists[language(library, path)].append(entry)
            _add(zipped, f"{INSIDE}/{path}", _page(library, path, text, inside).encode())
        for path in sorted(files):
            content = (site / path).read_bytes()
            if path.endswith(".css"):
                content = _with_faces(content.decode(), (site / path).parent).encode()
            _add(zipped, f"{INSIDE}/{path}", content)
        engine = _engine(library.root)
        for code, entries in lists.items():
            data = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
            _add(zipped, f"{INSIDE}/{_list(code)}", f"{engine}\ncurriculumSearch.pages = {data};\n".encode())


def _files(staged: Staged, site: Path, lang: str) -> set[str]:
    """What stands beside the pages: assets, images, tables, and the papers in the language of the copy."""
    library = staged.library
    beside = [file for pattern in ("assets/*", "**/images/*", "data/*.csv") for file in site.glob(pattern)]
    files = {file.relative_to(site).as_posix() for file in beside if file.suffix != ".woff2"}
    files |= set(staged.beside)
    files -= set(staged.posters.values())
    return files | {sheet.path for sheet in staged.downloads if sheet.lang == _text_lang(library, sheet, lang)}


def _text_lang(library: Library, sheet: Download, lang: str) -> str:
    """The language in which readers of `lang` see a module."""
    module = library.modules.get(sheet.module)
    if module is None or lang in module.pages:
        return lang
    return next(code for code in library.languages if code in module.pages)


def _add(zipped: ZipFile, name: str, content: bytes) -> None:
    """A file with a fixed date and permissions. What is compressed already is kept as it is."""
    info = ZipInfo(name, EPOCH)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    info.compress_type = ZIP_STORED if name.endswith((".pdf", ".png", ".jpg", ".jpeg")) else ZIP_DEFLATED
    zipped.writestr(info, content)


def _page(library: Library, path: str, text: str, inside: set[str]) -> str:
    """A page whose links lead to files of the copy; those to anything else lead to the site on the web, or nowhere."""
    text = IN_COPY.sub("", ONLINE.sub("", HEAD.sub("", text)))
    # Browsers differ in whether a file is of the same origin as its neighbour.
    text = POLICY.sub(lambda found: _on_disk(found[0]), text, count=1)
    listed = posixpath.relpath(_list(language(library, path)), posixpath.dirname(path) or ".")
    text = re.sub(r'data-engine="[^"]*"', f'data-list="{listed}"', text, count=1)

    def lead(found: re.Match[str]) -> str:
        link = unescape(found["link"])
        if not link or SCHEME.match(link):
            return found[0]
        to = target(path, link)
        if to not in inside:
            return f'{found["name"]}"{escape(address)}"' if (address := _address(library, to)) else ""
        return f'{found["name"]}"{escape(filed(link))}"'

    return LINK.sub(lead, text)


def _on_disk(policy: str) -> str:
    """A policy under which a page loads its neighbours on a disk, and the faces inside its stylesheet."""
    return policy.replace("'self'", "'self' file:").replace("font-src", "font-src data:")


def _address(library: Library, path: str) -> str:
    site = library.platform.site_url
    return f"{site.rstrip('/')}/{path.removesuffix('index.html')}" if site else ""


def _with_faces(css: str, folder: Path) -> str:
    """A stylesheet that holds its faces: some browsers load none from a disk."""
    data = {name: b64encode((folder / name).read_bytes()).decode() for name in FACE.findall(css)}
    return FACE.sub(lambda face: f'url("data:font/woff2;base64,{data[face["name"]]}")', css)


def _opening(library: Library, lang: str) -> str:
    """The one file to open: it leads to the home page in the language."""
    home = f"{INSIDE}/{page_path(library, '', lang)}index.html"
    w, title = words(lang), escape(library.platform.name[lang])
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="refresh" content="0; url={home}"><meta name="viewport" content="width=device-width"></head>'
        f'<body><p><a href="{home}">{escape(w("copy.open"))}</a></p></body></html>\n'
    )


def _list(lang: str) -> str:
    return f"assets/search-{lang}.js"


def _engine(root: Path) -> str:
    """The search of a copy, without its list."""
    return next(file for base in (root, TOOL) if (file := base / SITE / "copy.js").is_file()).read_text("utf-8").strip()


def _entry(path: str, text: str) -> dict[str, object] | None:
    """What the search of a copy knows of a page, if it should be found."""
    if "data-pagefind-body" not in text:
        return None
    facets: dict[str, list[str]] = {}
    for found in FACET.finditer(text):
        facets.setdefault(found["name"], []).append(unescape(found["value"]))
    title, summary = TITLE.search(text), SUMMARY.search(text)
    return {
        "path": path,
        "title": _plain(title[1]) if title else "",
        "summary": unescape(summary["text"]) if summary else "",
        "headings": [[found["id"], _plain(found["text"])] for found in HEADING.finditer(text)],
        **facets,
    }


def _plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())
