"""A page while it is being written: block after block of Markdown, with what every page shares."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from curriculum.address import page_address, page_path
from curriculum.site.desk import Desk
from curriculum.site.links import mail_link, way, whatsapp_link
from curriculum.site.page import Page
from curriculum.site.parts import Part
from curriculum.words import Words, words

# A number of a source never begins a line.
APART = re.compile(r'(?<=\S)[ \n](?=<sup class="cite">)')


@dataclass
class Draft:
    """The fields are those of the page (see `Page`)."""

    desk: Desk
    place: str
    kind: str
    lang: str
    text_lang: str
    title: str
    description: str
    source: str = ""
    version: str = ""
    changed: date | None = None
    nav: str = ""
    listed: bool = True
    extras: tuple[str, ...] = ()
    linked: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)

    @cached_property
    def w(self) -> Words:
        return words(self.lang)

    @cached_property
    def part(self) -> Part:
        return self.desk.parts(self.lang, self.place)

    @cached_property
    def path(self) -> str:
        return page_path(self.desk.library, self.place, self.lang)

    def add(self, *blocks: str) -> None:
        self.blocks += [block for block in blocks if block]

    def head(self, key: str, name: str) -> None:
        """A heading of the tool's own. The ids of these begin with m-, those of the writers' do not."""
        self.add(f"## {plain(self.w(key))} {{#m-{name}}}")

    def begin(
        self,
        title: str,
        summary: str,
        trail: list[tuple[str, str, str]],
        number: object = "",
        label: str = "",
        title_lang: str = "",
    ) -> None:
        """The way here as (place, text, language), the notice of a fallback, the title with its number."""
        if trail:
            self.add(self.part("crumbs", trail=trail))
        if self.text_lang != self.lang:
            original = way(page_path(self.desk.library, self.place, self.text_lang), self.path)
            contact = self.desk.library.platform.contact
            self.add(
                self.part(
                    "fallback",
                    text_lang=self.text_lang,
                    original=original,
                    contact=contact.email or contact.whatsapp,
                )
            )
        self.add(
            self.part(
                "masthead",
                kind=self.kind,
                title=title,
                summary=summary,
                text_lang=title_lang or self.text_lang,
                number=number,
                numeral_label=label,
            )
        )

    def text(self, markdown: str) -> str:
        """The text as it is; where it is not in the reader's language, inside an element that says which it is in."""
        if self.text_lang == self.lang:
            return markdown
        return f'<div lang="{self.text_lang}" markdown="1">\n\n{markdown}\n\n</div>'

    def report(self) -> str:
        """How to report an error on this page: links that open a letter with page and version filled in."""
        library = self.desk.library
        contact = library.platform.contact
        if not (contact.email or contact.whatsapp):
            return ""
        address = page_address(library, self.place, self.lang) or f"/{self.path}"
        values = {"title": self.title, "address": address, "version": self.version}
        letter = self.w("site.report.body", **values)
        subject = self.w("site.report.subject", **values)
        return self.part(
            "report",
            mail=mail_link(contact.email, subject, letter) if contact.email else "",
            whatsapp=whatsapp_link(contact.whatsapp, letter) if contact.whatsapp else "",
        )

    def page(self) -> Page:
        return Page(
            place=self.place,
            path=self.path,
            kind=self.kind,
            lang=self.lang,
            text_lang=self.text_lang,
            title=self.title,
            description=self.description,
            body=APART.sub("", "\n\n".join(self.blocks)),
            source=self.source,
            version=self.version,
            changed=self.changed,
            nav=self.nav,
            alternates=self.desk.places[self.place],
            listed=self.listed,
            extras=self.extras,
            files=tuple(self.files.items()),
            linked=self.linked,
        )


def plain(text: str) -> str:
    """Text that Markdown must take as it is."""
    escaped = re.sub(r"([\\`*_{}\[\]])", r"\\\1", text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;")
