"""A paper as one HTML document: the parts that `gather` made, in the template of its kind, in overrides/print."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from curriculum.print.stack import stacked
from curriculum.print.text import reachable

# Kinds whose lines hold few words.
NARROW = ("large", "booklet")


def document(parts: dict[str, Any], kind: str, templates: Path, **more: object) -> str:
    """The complete HTML of one kind of paper of a module; `more` goes to its template."""
    edition, w = parts["edition"], parts["w"]
    body = main(parts, kind, templates, **more)
    if kind in NARROW:
        body = Markup(stacked(body))
    return frame(
        templates,
        # The guide has everything, so a link of its that leads nowhere is a mistake and must be heard of.
        body if kind == "guide" else Markup(reachable(body)),
        locale=parts["locale"],
        title=w("print.file-title", title=edition.title, kind=w(f"print.kind.{kind}")),
        publisher=parts["publisher"],
        summary=edition.summary,
        created=parts["created"],
        changed=edition.changed.isoformat(),
    )


def main(parts: dict[str, Any], kind: str, templates: Path, **more: object) -> Markup:
    """The `<main>` of a paper without the frame of a document, to stand beside others in one."""
    return Markup(environment(templates).get_template(f"{kind}.html").render(parts, kind=kind, **more))


def frame(templates: Path, body: Markup, **about: str) -> str:
    """A document around `body`, with what a reader of the file is told about it."""
    return environment(templates).get_template("frame.html").render(about, body=body)


@cache
def environment(folder: Path) -> Environment:
    """The templates of a folder."""
    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["first_upper"] = lambda text: text[:1].upper() + text[1:]
    return found
