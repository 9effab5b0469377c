"""The planner of sessions: a page that works on the reader's device alone, and the data of the modules it works on."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, get_args

from curriculum.address import page_path
from curriculum.edition import Edition
from curriculum.model import Equipment, ModuleMeta
from curriculum.packet import TABLE
from curriculum.schedule import PAUSE, SITTING
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.links import new_file, way
from curriculum.site.page import Page
from curriculum.site.parts import phrases
from curriculum.words import words

LONG = 180  # minutes; a longer session costs a day's income


def plan_page(desk: Desk, lang: str) -> Page:
    library, w = desk.library, words(lang)
    draft = Draft(
        desk=desk,
        place="plan/",
        kind="plan",
        lang=lang,
        text_lang=lang,
        title=w("plan.title"),
        description=w("plan.summary"),
        version=str(desk.changed or ""),
        nav=w("site.nav.plan"),
        extras=("plan",),
    )
    draft.begin(draft.title, draft.description, [])
    data = f"window.curriculum = {json.dumps(planning(desk, lang), ensure_ascii=False, separators=(',', ':'))};\n"
    # Named after its content, as all that pages load.
    name = f"assets/planner-{lang}.{sha256(data.encode()).hexdigest()[:8]}.js"
    draft.files[name] = data.encode()
    here = desk.read_in(lang).values()
    groups = [(theme, [one for one in here if one.module.meta.themes[0] == theme.id]) for theme in desk.themes]
    draft.add(
        draft.part(
            "planner",
            groups=[(theme, group) for theme, group in groups if group],
            data=way(name, draft.path),
            words=phrases(w, "plan"),
            repo=new_file(library.platform, "data/sessions"),
            mail=library.platform.contact.email or "",
        ),
        draft.report(),
    )
    return draft.page()


def planning(desk: Desk, lang: str) -> dict[str, Any]:
    """What the planner must know: the modules as read in a language, the materials, the file of a planned session."""
    library, w = desk.library, words(lang)
    here = page_path(library, "plan/", lang)
    file = {"date": "{date}", "start": "{start}", "place": "{place}", "organisations": "{organisations}"}
    return {
        "modules": {name: _module(desk, one, here) for name, one in desk.read_in(lang).items()},
        "materials": {
            name: {"one": material.one[lang], "many": material.many[lang], "lasting": material.lasting}
            for name, material in library.materials.items()
        },
        "equipment": {name: w(f"site.equipment.{name}") for name in get_args(Equipment)},
        "table": TABLE,
        "sitting": SITTING,
        "pause": PAUSE,
        "long": LONG,
        "site": library.platform.short_name[lang],
        "zone": library.platform.timezone,
        "locale": w.locale.replace("_", "-"),
        "file": w("new.session", modules="{modules}", people="{people}", breaks="{breaks}", **file),
    }


def _module(desk: Desk, edition: Edition, here: str) -> dict[str, Any]:
    meta = edition.module.meta
    place = page_path(desk.library, f"modules/{edition.module.id}/", edition.lang)
    guides = [one for one in desk.downloads.get((edition.module.id, edition.text_lang), []) if one.kind == "guide"]
    return {
        "label": edition.label,
        "title": edition.title,
        "lang": edition.text_lang,
        "url": way(place, here),
        "group": [meta.group.min, meta.group.max],
        "requires": _needed(desk, meta, edition.lang),
        "equipment": list(meta.equipment),
        "care": meta.care,
        "steps": [[slot.title, slot.minutes, slot.is_break] for slot in edition.agenda],
        "materials": [[need.id, need.count, need.per] for need in meta.materials if need.id in desk.library.materials],
        "handouts": [
            {"title": one.title, "lang": one.lang, "pages": one.pages, "kind": one.kind, "copies": each.copies}
            for one in edition.handouts
            for each in meta.handouts
            if each.id == one.id
        ],
        "guide": [{"url": way(one.path, here), "pages": one.pages, "paper": one.paper} for one in guides],
    }


def _needed(desk: Desk, meta: ModuleMeta, lang: str) -> list[str]:
    return [name for name in meta.requires if name in desk.read_in(lang)]
