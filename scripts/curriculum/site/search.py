"""The page of the search. Nothing of the index is loaded before the first key."""

from __future__ import annotations

from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.index import FOLDER, KINDS
from curriculum.site.page import Page
from curriculum.words import words

# How many results are shown at first; the text of each is a download.
RESULTS = 3


def search_page(desk: Desk, lang: str) -> Page:
    w = words(lang)
    draft = Draft(
        desk=desk,
        place="search/",
        kind="search",
        lang=lang,
        text_lang=lang,
        title=w("search.title"),
        description=w("search.summary"),
        listed=False,
        extras=("search",),
    )
    draft.begin(draft.title, "", [])
    draft.add(draft.part("search", kinds=(*KINDS, "page"), results=RESULTS, themes=desk.themes, engine=FOLDER))
    return draft.page()
