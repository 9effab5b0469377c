"""A page of the site before any generator sees it: an ordinary Markdown file with front matter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Page:
    """`place` is the same in every language ("modules/x/", "" for home); `path` is where it is in this one.

    `lang` is the reader's language, `text_lang` that of the text. `source` is the file that people edit, relative to
    the root, or "". `alternates` are the languages in which the page has a text of its own. `extras` name the
    stylesheets and scripts of overrides/site/assets that this page needs beside those of every page. `linked` is
    what machines read in it, as JSON-LD. `files` are staged with it, by path.
    """

    place: str
    path: str
    kind: str
    lang: str
    text_lang: str
    title: str
    description: str
    body: str
    source: str = ""
    version: str = ""
    changed: date | None = None
    nav: str = ""
    alternates: tuple[str, ...] = ()
    listed: bool = True
    extras: tuple[str, ...] = ()
    linked: str = ""
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def file(self) -> str:
        """The file of the staged tree, relative to its folder."""
        return f"{self.place}index.{self.lang}.md"

    @property
    def is_fallback(self) -> bool:
        return self.lang != self.text_lang

    @property
    def indexed(self) -> bool:
        """Whether search engines should know the page."""
        return self.listed and not self.is_fallback

    def text(self) -> str:
        """The file: front matter that any generator can read, then Markdown."""
        front: dict[str, object] = {
            "title": self.title,
            "description": self.description,
            "kind": self.kind,
            "lang": self.text_lang,
        }
        optional: dict[str, object] = {
            "nav": self.nav,
            "source": self.source,
            "version": self.version,
            "noindex": not self.indexed,
            "extras": list(self.extras),
            "linked": self.linked,
        }
        front |= {key: value for key, value in optional.items() if value}
        # JSON scalars are YAML scalars.
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
        return "\n".join(["---", *lines, "---", "", self.body.strip(), ""])
