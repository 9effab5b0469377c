"""The page on using the site without internet: what this phone keeps, and the copies for a USB stick."""

from __future__ import annotations

from curriculum.site.built import copy_path
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.page import Page
from curriculum.site.saves import list_path
from curriculum.words import words


def offline_page(desk: Desk, lang: str) -> Page:
    w, library = words(lang), desk.library
    draft = Draft(
        desk=desk,
        place="offline/",
        kind="offline",
        lang=lang,
        text_lang=lang,
        title=w("offline.title"),
        description=w("offline.summary"),
        extras=("offline",),
    )
    draft.begin(draft.title, draft.description, [])
    copies = [(language, copy_path(library, language.code)) for language in library.platform.languages]
    draft.add(draft.part("offline", copies=copies, list=list_path(lang)), draft.report())
    return draft.page()


def save_part(draft: Draft, lang: str, module: str) -> str:
    """The button that keeps a module on the phone; shown where the browser can."""
    draft.extras += ("offline",)
    return draft.part("save", what="module", list=list_path(lang, module))
