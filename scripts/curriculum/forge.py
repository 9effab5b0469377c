"""The forge's forms, in each language of the platform: propose a module, report an error, tell how a session went.

Their choices are the themes and sectors of data/, so nobody has to know an id.
"""

from __future__ import annotations

from typing import Any

import yaml

from curriculum.address import page_address
from curriculum.library import Library
from curriculum.words import Words, words

FORMS = ("module", "error", "session")
FOLDER = ".github/ISSUE_TEMPLATE"


def forms(library: Library) -> dict[str, str]:
    """The files below `.github/ISSUE_TEMPLATE`, by name."""
    made = {}
    for lang in library.languages:
        for name in FORMS:
            made[form_file(library, name, lang)] = _yaml(_form(library, name, words(lang), lang))
    # The forge takes only web addresses here: at the foot of every page of the site stand e-mail and WhatsApp.
    links = [
        {"name": w("forge.contact"), "url": page_address(library, "", w.lang), "about": w("forge.contact.about")}
        for w in map(words, library.languages)
        if library.platform.site_url
    ]
    made["config.yml"] = _yaml({"blank_issues_enabled": False, "contact_links": links})
    return made


def form_file(library: Library, name: str, lang: str) -> str:
    """The file of one of FORMS; the number is its place in the forge's list."""
    number = library.languages.index(lang) * len(FORMS) + FORMS.index(name) + 1
    return f"{number}-{name}.{lang}.yml"


def letter(library: Library, name: str, lang: str) -> str:
    """What one of FORMS asks, as the body of a letter with room for the answers."""
    form = _form(library, name, words(lang), lang)
    asked = [part["attributes"]["label"] for part in form["body"] if "id" in part]
    return "\n\n\n".join([form["body"][0]["attributes"]["value"], *asked, ""])


def _form(library: Library, name: str, w: Words, lang: str) -> dict[str, Any]:
    themes = [theme.title[lang] for theme in library.prioritised]
    sectors = [sector.title[lang] for sector in library.sectors.values()]
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": w(f"forge.{name}.intro")}}]
    if name == "module":
        body += [
            _choice(w, "forge.module.theme", themes, other=True),
            _choice(w, "forge.module.sector", sectors, several=True),
            _text(w, "forge.module.need"),
            _text(w, "forge.module.material", required=False),
        ]
    elif name == "error":
        body += [
            _text(w, "forge.error.module", lines=False),
            _text(w, "forge.error.where", lines=False),
            _text(w, "forge.error.what"),
            _text(w, "forge.error.source", required=False),
        ]
    else:
        body += [
            _text(w, "forge.session.module", lines=False),
            _choice(w, "forge.session.sector", sectors, several=True),
            _text(w, "forge.session.minutes", lines=False, required=False),
            _text(w, "forge.session.worked"),
            _text(w, "forge.session.change"),
            _text(w, "forge.session.who", required=False),
        ]
    # Nothing that leads to a person may stand in a public form; the person who writes confirms it.
    agreed = {"label": w("forge.nobody"), "required": True}
    body.append({"type": "checkboxes", "attributes": {"label": w("forge.before"), "options": [agreed]}})
    return {"name": w(f"forge.{name}"), "description": w(f"forge.{name}.about"), "labels": [name], "body": body}


def _choice(w: Words, key: str, options: list[str], *, several: bool = False, other: bool = False) -> dict[str, Any]:
    listed = [*options, w("forge.other")] if other or not options else options
    return {
        "type": "dropdown",
        "id": key.rsplit(".", 1)[-1],
        "attributes": {"label": w(key), "multiple": several, "options": listed},
        "validations": {"required": True},
    }


def _text(w: Words, key: str, *, lines: bool = True, required: bool = True) -> dict[str, Any]:
    attributes = {"label": w(key)}
    if f"{key}.help" in w:
        attributes["description"] = w(f"{key}.help")
    return {
        "type": "textarea" if lines else "input",
        "id": key.rsplit(".", 1)[-1],
        "attributes": attributes,
        "validations": {"required": required},
    }


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
