"""Where things are: the addresses of pages, and where a link in a module leads on the site and on paper."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from curriculum.markdown import Link

if TYPE_CHECKING:
    from curriculum.library import Library, Module

# Decides where a link leads, or None where it cannot lead anywhere: (module, language, folder of the text, link).
Route = Callable[["Module", str, str, Link], "str | None"]


@dataclass(frozen=True)
class Target:
    """What a relative link in a module's text points at, seen from the root of the repository."""

    kind: Literal["module", "handout", "file", "doc", "page", "outside"]
    module: str
    name: str
    lang: str
    anchor: str
    path: str


def external(target: str) -> bool:
    """Whether a target has a scheme of its own (https:, mailto:) or is protocol-relative."""
    target = html.unescape(target)
    head = target.split("/", 1)[0].split("#", 1)[0]
    return ":" in head or target.startswith("//")


def resolve(folder: str, target: str) -> Target:
    """What `target`, written in a file of `folder` (relative to the root), points at."""
    path, _, anchor = target.partition("#")
    if path.startswith("/"):
        return Target("page", "", path[1:], "", anchor, path)
    full = posixpath.normpath(posixpath.join(folder, path)) if path else folder
    parts = full.split("/")
    if parts[0] == "modules" and len(parts) >= 3:
        stem = parts[-1].split(".")
        if len(parts) == 3 and stem[0] == "index" and len(stem) == 3 and stem[2] == "md":
            return Target("module", parts[1], "index", stem[1], anchor, full)
        if len(parts) == 4 and parts[2] == "handouts" and len(stem) == 3 and stem[2] == "md":
            return Target("handout", parts[1], stem[0], stem[1], anchor, full)
        return Target("file", parts[1], "/".join(parts[2:]), "", anchor, full)
    if parts[0] == "docs" and full.endswith(".md") and (len(parts) == 2 or parts[1:-1] == ["briefs"]):
        name, _, lang = "/".join(parts[1:]).removesuffix(".md").partition(".")
        return Target("doc", "", name, lang, anchor, full)
    return Target("outside", "", "", "", anchor, full)


def made_pages(library: Library) -> set[str]:
    """The paths of the pages that the tool makes from the data; a text links to them as `/themes/`."""
    facilitating = ("modules/", "plan/", "print/", "paths/", "icebreakers/", "sessions/", "search/", "offline/")
    deciding = ("themes/", "why/", "coverage/", "results/", "briefs/")
    fixed = {"", *facilitating, *deciding, "glossary/", "rules/", "translations/"}
    return fixed | {f"themes/{theme}/" for theme in library.themes}


def page_path(library: Library, path: str, lang: str) -> str:
    """The path of a page below the site's root: `modules/x/` in the default language, `en/modules/x/` in another."""
    return path if lang == library.languages[0] else f"{lang}/{path}"


def page_address(library: Library, path: str, lang: str) -> str:
    """The absolute address of a page, or "" without a site_url."""
    site = library.platform.site_url
    return f"{site.rstrip('/')}/{page_path(library, path, lang)}" if site else ""


def short_path(module: Module) -> str:
    return f"{module.meta.number}/" if module.meta.number else f"modules/{module.id}/"


def paper_route(library: Library) -> Route:
    """On paper: images are files, a handout of the module is an anchor, everything else needs the site's address."""

    def route(module: Module, lang: str, folder: str, link: Link) -> str | None:
        if external(link.target):
            return link.target
        if link.target.startswith("#"):
            return link.target
        target = resolve(folder, link.target)
        if link.image:
            return (Path(library.root) / target.path).as_uri()
        if target.kind == "handout" and target.module == module.id:
            return f"#handout-{target.name}"
        anchor = f"#{target.anchor}" if target.anchor else ""
        if target.kind == "module":
            if target.module == module.id:
                return anchor or None
            address = page_address(library, f"modules/{target.module}/", lang)
        elif target.kind == "handout":
            address = page_address(library, f"modules/{target.module}/participants/", lang)
            anchor = f"#handout-{target.name}"
        elif target.kind == "page":
            address = page_address(library, target.name, lang)
        elif target.kind == "doc":
            address = page_address(library, "" if target.name == "index" else f"{target.name}/", lang)
        else:
            return None
        return address + anchor if address else None

    return route
