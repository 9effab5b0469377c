"""Ways to send something: a form or an editor of the forge, a letter, a message, each already filled in."""

from __future__ import annotations

from typing import NamedTuple

from curriculum.forge import form_file, letter
from curriculum.site.draft import Draft
from curriculum.site.links import form_address, mail_link, new_address, whatsapp_link
from curriculum.skeleton import draft as new_module
from curriculum.skeleton import folder_names, module_text, most_missing, page_text, short_name

# What is asked of those who send something, by the block of the page: one of the forge's forms, or nothing.
WAYS = {"correct": "error", "propose": "module", "tell": "session", "send": "", "start": ""}
MINUTES = 90  # of the module that is begun


class Way(NamedTuple):
    text: str
    href: str
    icon: str


def ways(draft: Draft, name: str) -> list[Way]:
    """The links of the block `name`; fewer where the platform has no forge, no mail or no number."""
    return _start(draft) if name == "start" else _send(draft, name)


def _send(draft: Draft, name: str) -> list[Way]:
    library, lang, w = draft.desk.library, draft.lang, draft.w
    form = WAYS[name]
    subject = w(f"forge.{form or name}")
    body = letter(library, form, lang) if form else w(f"forge.{name}.body")
    platform, contact = library.platform, library.platform.contact
    message = f"{subject}\n\n{body}"
    found = [
        Way(w("forge.way.form"), form_address(platform, form_file(library, form, lang)) if form else "", "edit"),
        Way(w("forge.way.mail"), mail_link(contact.email, subject, body) if contact.email else "", "mail"),
        Way(w("forge.way.whatsapp"), whatsapp_link(contact.whatsapp, message) if contact.whatsapp else "", "chat"),
    ]
    return [way for way in found if way.href]


def _start(draft: Draft) -> list[Way]:
    """The editor of the forge on module.yml and on the text of a new module, as `curriculum new module` writes them."""
    library, lang, w = draft.desk.library, draft.lang, draft.w
    if not library.organisations or not library.themes:
        return []
    name = short_name(w("forge.start.title"), folder_names(library))
    made = new_module(library, name, w("forge.start.title"), most_missing(library), "all", MINUTES, {})
    sectors = [("all", w("forge.start.all")), *((one.id, one.title[lang]) for one in library.sectors.values())]
    told = w(
        "forge.start.comment",
        themes="\n".join(f"#   {one.id}: {one.title[lang]}" for one in draft.desk.themes),
        sectors="\n".join(f"#   {one}: {title}" for one, title in sectors),
    )
    first, *rest = module_text(library, made).splitlines()
    files = {"module.yml": "\n".join([first, told, *rest, ""]), f"index.{lang}.md": page_text(made.pages[lang])}
    links = [(file, new_address(library.platform, f"modules/{name}/{file}", text)) for file, text in files.items()]
    return [Way(w("forge.start.file", file=file), href, "edit") for file, href in links if href]
