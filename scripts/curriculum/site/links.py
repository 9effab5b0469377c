"""Ways between pages of the site, and from a page to the forge and to the people who mend it."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from curriculum.address import Route, external, resolve
from curriculum.library import Library, Module
from curriculum.markdown import Link
from curriculum.model import Platform


def way(target: str, page: str) -> str:
    """A relative link from the page at path `page` to the path `target`; both end with a slash, are files or "".

    >>> way("en/modules/x/", "modules/x/")
    '../../en/modules/x/'
    >>> way("pdf/x.pdf#page=2", "modules/x/")
    '../../pdf/x.pdf#page=2'
    >>> way("", "")
    './'
    """
    path, mark, anchor = target.partition("#")
    if path == page and mark:
        return mark + anchor
    # posixpath.relpath would ask for the working folder each time.
    to, here = path.split("/"), page.split("/")[:-1]
    file = to.pop()
    shared = len(posixpath.commonprefix([to, here]))
    steps = [".."] * (len(here) - shared) + to[shared:]
    return "/".join([*steps, file] if file else [*(steps or ["."]), ""]) + mark + anchor


def staged_file(place: str, lang: str) -> str:
    """The file of the staged tree that holds the page `place` ("modules/x/", "" for home) in a language."""
    return f"{place}index.{lang}.md"


def staged_image(folder: str, name: str) -> str:
    """Where an image stands in the staged tree. A name like cartel.es.png would be taken for a translation."""
    stem, dot, suffix = name.rpartition(".")
    return f"{folder}/{stem.replace('.', '-')}{dot}{suffix}"


def site_route(library: Library) -> Route:
    """On the site: links between staged Markdown files, so that the generator checks them.

    A module's text is on its page; its handouts are on the page of its participants.
    """
    live = {module.id for module in library.live if module.pages}
    pages = live | {module.id for module in retired_modules(library)}

    def route(module: Module, lang: str, folder: str, link: Link) -> str | None:
        if external(link.target) or link.target.startswith("#"):
            return link.target
        here = f"modules/{module.id}/participants/" if folder.endswith("/handouts") else f"modules/{module.id}/"
        target = resolve(folder, link.target)
        anchor = f"#{target.anchor}" if target.anchor else ""
        if target.kind == "file":
            name = target.name.removeprefix("images/")
            return way(staged_image(f"modules/{target.module}/images", name), here)
        if target.kind == "module" and target.module in pages:
            return way(staged_file(f"modules/{target.module}/", lang), here) + anchor
        if target.kind == "handout" and target.module in live:
            return way(staged_file(f"modules/{target.module}/participants/", lang), here) + f"#handout-{target.name}"
        if target.kind == "doc" and target.name in library.docs:
            return way(staged_file(doc_place(target.name), lang), here) + anchor
        return None

    return route


def retired_modules(library: Library) -> list[Module]:
    """Modules that are no longer used but keep their address."""
    return [module for module in library.modules.values() if module.meta.status == "retired" and module.pages]


def doc_place(name: str) -> str:
    """The place of a page of docs/: `index` is home."""
    return "" if name == "index" else f"{name}/"


def _forge(platform: Platform) -> tuple[str, str]:
    """The address of the repository, "" where there is none, and which kind of forge it is on."""
    repo = (platform.repo_url or "").rstrip("/").removesuffix(".git")
    host = repo.split("/")[2] if repo else ""
    return repo, "gitlab" if "gitlab" in host else "gitea" if host == "codeberg.org" or "gitea" in host else "github"


def edit_address(platform: Platform, source: str) -> str:
    """The address at which the forge opens its editor on the file `source` (relative to the root), or ""."""
    repo, forge = _forge(platform)
    verb = {"gitlab": "-/edit", "gitea": "_edit", "github": "edit"}[forge]
    return f"{repo}/{verb}/{platform.branch}/{quote(source)}" if repo and source else ""


def new_address(platform: Platform, path: str, text: str = "") -> str:
    """The address at which the forge opens its editor on the file `path` that is still to be written, or "".

    Its text is given where the forge takes one from an address.
    """
    repo, forge = _forge(platform)
    if not repo or not path:
        return ""
    name = quote(path, safe="")
    if forge == "gitlab":
        return f"{repo}/-/new/{platform.branch}?file_name={name}"
    value = f"&value={quote(text, safe='')}" if text else ""
    return f"{repo}/{'_new' if forge == 'gitea' else 'new'}/{platform.branch}?filename={name}{value}"


def form_address(platform: Platform, form: str) -> str:
    """The address at which the forge shows the issue form of that file name, or ""."""
    repo, forge = _forge(platform)
    if not repo:
        return ""
    return f"{repo}/-/issues/new" if forge == "gitlab" else f"{repo}/issues/new?template={quote(form)}"


def new_file(platform: Platform, folder: str) -> str:
    """The address at which the forge begins a new file in `folder` with its name and text given, or "".

    Only GitHub takes them from an address (`filename` and `value`).
    """
    repo, _ = _forge(platform)
    return f"{repo}/new/{platform.branch}/{folder}" if repo.startswith("https://github.com/") else ""


def mail_link(address: str, subject: str, body: str) -> str:
    """A mailto: link with everything filled in; lines of the body end as mail programs want them."""
    lines = body.replace("\n", "\r\n")
    return f"mailto:{address}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


def whatsapp_link(number: str, text: str) -> str:
    """A link that opens WhatsApp with the text ready to be sent to `number` (digits with country code)."""
    return f"https://wa.me/{number}?text={quote(text, safe='')}"
