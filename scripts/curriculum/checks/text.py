"""The text holds together: its steps, headings, links and images, and nothing in it can run in a reader's browser."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curriculum.address import Target, external, made_pages, resolve
from curriculum.library import IMAGES, Library, Module, Page, Text, every_text
from curriculum.markdown import CALLOUTS, Link, render
from curriculum.picture import MAX_BYTES, judge
from curriculum.problem import Problem, nearest, problem
from curriculum.sanitise import SCHEMES, SUSPECT, WRITTEN, harmless
from curriculum.words import words

# Tags that Markdown has no sign for, each with the attributes it may carry.
# Attributes that fetch, style or run; attribute lists in braces may set any.
DANGEROUS = re.compile(r"(?:^|[\s{:])(on\w+|style|href|src|srcset|srcdoc|action|formaction|xlink:\w+)\s*=", re.I)


def step_missing(library: Library) -> Iterator[Problem]:
    """Each step of module.yml has its level-2 heading in each language, in the same order.

    Passes: `- {id: mitos, minutes: 15}` and `## Mitos y verdades {#mitos}`. Fails: no such heading; `### … {#mitos}`.
    """
    for module in library.modules.values():
        ids = [step.id for step in module.meta.steps]
        for page in module.pages.values():
            tops = {heading.id: heading for heading in page.scan.headings if heading.level == 2}
            spare = {name for name in tops if name not in ids}
            for index, step in enumerate(module.meta.steps):
                if step.id in tops or step.kind == "break":
                    continue
                deeper = next((heading for heading in page.scan.headings if heading.id == step.id), None)
                near = nearest(step.id, spare)
                if deeper:
                    yield problem(page.path, deeper.place, "step-missing", "level", name=step.id)
                elif near:
                    yield problem(page.path, tops[near].place, "step-missing", "name", step.id, name=near)
                else:
                    place = module.document.place("steps", index, "id")
                    yield problem(module.document.path, place, "step-missing", "none", name=step.id, file=page.path)
            order = [name for name in tops if name in ids]
            wanted = [name for name in dict.fromkeys(ids) if name in tops]
            for name, expected in zip(order, wanted, strict=True):
                if name != expected:
                    yield problem(page.path, tops[name].place, "step-missing", "order", name=name, expected=expected)
                    break


def heading_skip(library: Library) -> Iterator[Problem]:
    """Headings go down one level at a time and start at two: the title is the page's only heading of level one.

    Passes: `##`, then `###`. Fails: `#`; `##`, then `####`.
    """
    for page, _, _ in every_text(library):
        before = 1
        for heading in page.scan.headings:
            if heading.level == 1:
                yield problem(page.path, heading.place, "heading-skip", "level-1", title=heading.text)
            elif heading.level > before + 1:
                signs = "#" * (before + 1)
                yield problem(page.path, heading.place, "heading-skip", "skip", title=heading.text, signs=signs)
            before = heading.level


def callout_unknown(library: Library) -> Iterator[Problem]:
    """A callout is one of those that the tool knows.

    Passes: `> [!say]`. Fails: `> [!sya]`.
    """
    for page, _, _ in every_text(library):
        for callout in page.scan.callouts:
            if callout.name not in CALLOUTS:
                values = {"field": callout.name, "known": ", ".join(CALLOUTS)}
                near = nearest(callout.name, CALLOUTS)
                yield problem(page.path, callout.place, "field-unknown", "callout", near, **values)


def item_swallowed(library: Library) -> Iterator[Problem]:
    """An empty line stands between a callout and the list item after it; else the item is read as part of the callout.

    Passes: `> Buenas tardes.`, an empty line, `2. Reparta.` Fails: without the empty line.
    """
    for page, _, _ in every_text(library):
        for item in page.scan.swallowed:
            yield problem(page.path, item.place, "item-swallowed", "item", sign=item.name)


def _local_links(library: Library, *, images: bool) -> Iterator[tuple[Text, Link]]:
    for text in every_text(library):
        for link in text.page.scan.links:
            if link.image == images and not external(link.target):
                yield text, link


def link_broken(library: Library) -> Iterator[Problem]:
    """A link leads to a file of the curriculum that readers will have.

    Passes: `[Mapa](../org-mapa-de-poder/index.es.md)`. Fails: `[Mapa]()`; a file that does not exist; a draft.
    """
    pages = made_pages(library)
    for text, link in _local_links(library, images=False):
        page = text.page
        path = link.target.partition("#")[0]
        if not link.target:
            yield problem(page.path, link.place, "link-broken", "empty", text=link.text)
        elif path:
            target = resolve(text.folder, path)
            if target.kind == "page":
                if target.name not in pages:
                    near = nearest(path, [f"/{name}" for name in pages])
                    yield problem(page.path, link.place, "link-broken", "no-page", near, target=path)
                continue
            if target.path.startswith(".."):
                continue  # asset-outside
            file = library.root / target.path
            if not file.is_file():
                near = _near_file(library, text.folder, path)
                yield problem(page.path, link.place, "link-broken", "no-file", near, target=path)
            elif target.kind == "outside":
                yield problem(page.path, link.place, "link-broken", "not-published", target=path)
            elif target.kind in ("module", "handout") and (text.module is None or text.module.meta.live):
                other = library.modules.get(target.module)
                if other and other.meta.status in ("draft", "retired"):
                    yield problem(page.path, link.place, "link-broken", "not-live", target=path)


def anchor_broken(library: Library) -> Iterator[Problem]:
    """The part of a link after # is the id of a heading, and every section of a module has an id of its own.

    Passes: `[pasos](#fichas)` with `## Fichas {#fichas}`. Fails: `(#ficha)`; `## Fichas`; two headings `{#fichas}`.
    """
    for text, link in _local_links(library, images=False):
        path, _, anchor = link.target.partition("#")
        if not anchor:
            continue
        page = _page_at(library, resolve(text.folder, path)) if path else text.page
        if page and anchor not in page.scan.anchors:
            near = nearest(anchor, page.scan.anchors)
            yield problem(text.page.path, link.place, "anchor-broken", "no-anchor", near, anchor=anchor, file=page.path)
    for page, _, module in every_text(library):
        seen: set[str] = set()
        is_body = module is not None and page in module.pages.values()
        for heading in page.scan.headings:
            if heading.id in seen:
                yield problem(page.path, heading.place, "anchor-broken", "twice", anchor=heading.id)
            seen.add(heading.id)
            if is_body and heading.level == 2 and not heading.explicit:
                yield problem(page.path, heading.place, "anchor-broken", "no-id", title=heading.text, anchor=heading.id)


def _page_at(library: Library, target: Target) -> Page[Any] | None:
    """The text that a link's target is, if it is one."""
    if target.kind == "doc":
        return library.docs.get(target.name, {}).get(target.lang)
    module = library.modules.get(target.module)
    if module and target.kind == "handout":
        return module.handouts.get(target.name, {}).get(target.lang)
    return module.pages.get(target.lang) if module and target.kind == "module" else None


def _near_file(library: Library, folder: str, path: str) -> str:
    """The file that was probably meant, written as the link should be."""
    known = [file.relative_to(library.root).as_posix() for file in _files(library)]
    wanted = posixpath.normpath(posixpath.join(folder, path))
    near = nearest(wanted, known)
    return posixpath.relpath(near, folder) if near else ""


def _files(library: Library) -> Iterator[Path]:
    yield from (text.page.file for text in every_text(library))
    for module in library.modules.values():
        yield from _images(module)


def image_missing(library: Library) -> Iterator[Problem]:
    """An image is a file of its module, and a drawing or photo that can be shown.

    Passes: `![…](images/mapa.svg)`. Fails: no such file; a text file called mapa.png.
    """
    for text, link in _local_links(library, images=True):
        target = resolve(text.folder, link.target)
        if _is_outside(text, target.path, link.target):
            continue
        file = library.root / target.path
        if not link.target or not file.is_file():
            near = _near_file(library, text.folder, link.target)
            yield problem(text.page.path, link.place, "image-missing", "no-file", near, target=link.target)
        elif file.suffix.lower() not in IMAGES:
            yield problem(text.page.path, link.place, "image-missing", "kind", target=link.target)
        elif reason := judge(file).usable:
            yield problem(text.page.path, link.place, "image-missing", reason, target=link.target)
    for text in every_text(library):
        for link in text.page.scan.links:
            if link.image and external(link.target):
                yield problem(text.page.path, link.place, "image-missing", "elsewhere", target=link.target)


def image_without_alt(library: Library) -> Iterator[Problem]:
    """An image says in words what it shows, for those who listen to the page.

    Passes: `![Una mujer señala el mapa](…)`. Fails: `![](…)`; in a live module what `curriculum import` put there.
    """
    for text in every_text(library):
        unwritten = words(text.page.lang)("import.alt")
        live = text.module is None or text.module.meta.live
        for link in text.page.scan.links:
            if link.image and not link.text.strip():
                yield problem(text.page.path, link.place, "image-without-alt", "empty", target=link.target)
            elif link.image and live and link.text.strip() == unwritten:
                yield problem(text.page.path, link.place, "image-without-alt", "unwritten", target=link.target)


def image_too_large(library: Library) -> Iterator[Problem]:
    """An image is small enough for a cheap phone on little data.

    Passes: a drawing of 6 kB. Fails: a photo of 3 MB.
    """
    for text, link in _local_links(library, images=True):
        file = library.root / resolve(text.folder, link.target).path
        if file.is_file() and file.suffix.lower() in IMAGES and (size := judge(file).large):
            values = {"target": link.target, "size": size, "most": f"{MAX_BYTES / 1000:.0f} kB"}
            yield problem(text.page.path, link.place, "image-too-large", "size", "", **values)


def _is_outside(text: Text, path: str, target: str) -> bool:
    home = "/".join(text.folder.split("/")[:2]) + "/"
    return target.startswith("/") or not path.startswith(home)


def asset_outside(library: Library) -> Iterator[Problem]:
    """What a module shows lies in its own folder, and no link leaves the curriculum.

    Passes: `images/mapa.svg`. Fails: `../otro/images/mapa.svg`, `/etc/passwd`, a symbolic link.
    """
    for text in every_text(library):
        for link in text.page.scan.links:
            if external(link.target) or not link.target or link.target.startswith("#"):
                continue
            path = resolve(text.folder, link.target).path
            if _is_outside(text, path, link.target) if link.image else path.startswith(".."):
                yield problem(text.page.path, link.place, "asset-outside", "path", target=link.target)


def html_unsafe(library: Library) -> Iterator[Problem]:
    """Only a few harmless HTML tags stand in a text, and a drawing runs and fetches nothing.

    Passes: `<br>`, `<span lang="nah">`. Fails: `<script>`, `<img onerror=…>`, `{onclick=…}`, an SVG with a script.
    """
    allowed = " ".join(f"<{tag}>" for tag in WRITTEN)
    for page, _, _ in every_text(library):
        seen = any(_leads_astray(link.target) for link in page.scan.links)
        for tag in page.scan.tags:
            name = tag.name.lower()
            names = {part.split("=")[0].lower() for part in re.findall(r"[^\s/>=]+\s*=", tag.rest)}
            if name not in WRITTEN or not tag.rest or not names <= WRITTEN[name]:
                yield problem(page.path, tag.place, "html-unsafe", "tag", tag=tag.name, allowed=allowed)
                seen = True
        for attributes in page.scan.attributes:
            if found := DANGEROUS.search(attributes.name):
                yield problem(page.path, attributes.place, "html-unsafe", "attribute", attribute=found[1])
                seen = True
        # What stands where we read code, and a browser would not.
        body = page.document.body
        if not seen and (suspect := SUSPECT.search(body)) and harmless(body, render) != body:
            line = page.document.body_line + body.count("\n", 0, suspect.start())
            column = suspect.start() - body.rfind("\n", 0, suspect.start())
            yield problem(page.path, (line, column), "html-unsafe", "hidden", allowed=allowed)
    for module in library.modules.values():
        for file in _images(module):
            if file.suffix.lower() == ".svg" and (found_in := judge(file).unsafe):
                path = f"{module.path}/images/{file.name}"
                text = file.read_text("utf-8-sig", "replace")
                before = text[: max(text.find(found_in), 0)]
                place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
                yield problem(path, place, "html-unsafe", "svg", found=found_in)


def _images(module: Module) -> list[Path]:
    folder = module.folder / "images"
    return [f for f in sorted(folder.iterdir()) if f.is_file() and not f.is_symlink()] if folder.is_dir() else []


def link_unsafe(library: Library) -> Iterator[Problem]:
    """A link opens a page, an e-mail or a telephone call, nothing that runs.

    Passes: `https://…`, `mailto:…`, `tel:…`. Fails: `javascript:…`, `data:…`, `//example.org`.
    """
    for text in every_text(library):
        for link in text.page.scan.links:
            if _leads_astray(link.target):
                yield problem(text.page.path, link.place, "link-unsafe", "scheme", target=link.target)


def _leads_astray(target: str) -> bool:
    """Whether a target has a scheme that is not allowed, however it is spelt, or leaves the site without one."""
    bare = re.sub(r"[\s\x00-\x20]", "", html.unescape(target))
    scheme = bare.split(":", 1)[0].lower() if ":" in bare.split("/", 1)[0].split("#", 1)[0] else ""
    return bare.startswith(("//", "\\\\")) or bool(scheme and scheme not in SCHEMES)
