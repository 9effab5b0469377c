"""Policy briefs on the site: their list, and a page for each with its facts, its evidence and its paper."""

from __future__ import annotations

from curriculum.article import article
from curriculum.heard import heard, with_heard
from curriculum.site.chain import add_chain
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.grid import Line
from curriculum.site.page import Page
from curriculum.site.written import doc_route
from curriculum.words import words


def briefs_page(desk: Desk, lang: str) -> Page:
    w, library = words(lang), desk.library
    days = [brief.date for brief in library.briefs.values()]
    draft = Draft(
        desk=desk,
        place="briefs/",
        kind="briefs",
        lang=lang,
        text_lang=lang,
        title=w("site.briefs"),
        description=w("site.briefs.summary"),
        source="data/briefs.yml",
        version=str(max(days, default="")),
        changed=max(days, default=None),
    )
    draft.begin(draft.title, draft.description, [])
    lines = []
    for name, brief in sorted(library.briefs.items(), key=lambda item: (item[1].date, item[0]), reverse=True):
        if pages := library.docs.get(f"briefs/{name}"):
            front = pages[lang if lang in pages else next(iter(pages))].front
            themes = "; ".join(library.themes[theme].title[lang] for theme in brief.themes if theme in library.themes)
            lines.append(Line((front.title, themes, w.date(brief.date)), f"briefs/{name}/"))
    if lines:
        header = [w("site.briefs"), w("trace.stage.theme"), w("site.sessions.column.date")]
        draft.add(draft.part("grid", caption=w("site.briefs"), header=header, lines=lines, invented=False, kind="told"))
    else:
        draft.add(draft.part("say", text=w("site.briefs.none"), kind=""))
    draft.add(draft.report())
    return draft.page()


def brief_page(desk: Desk, name: str, lang: str) -> Page:
    w, library = words(lang), desk.library
    place = f"briefs/{name}/"
    doc = article(library, f"briefs/{name}", lang, lambda link: doc_route(library, place, lang, link, "docs/briefs"))
    assert doc is not None
    brief = library.briefs.get(name)
    draft = Draft(
        desk=desk,
        place=place,
        kind="brief",
        lang=lang,
        text_lang=doc.text_lang,
        title=doc.title,
        description=doc.summary,
        source=doc.path,
        version=str(brief.date if brief else ""),
        changed=brief.date if brief else None,
    )
    draft.begin(doc.title, doc.summary, [("briefs/", w("site.briefs"), lang)])
    text = doc.text
    if brief:
        told = heard(library, brief)
        if told and told.round.illustrative:
            draft.add(draft.part("illustrative"))
        draft.add(draft.part("say", text=w.date(brief.date), kind="small"))
        sheets = [one for one in desk.downloads.get(("", doc.text_lang), []) if f"/brief-{name}-" in f"/{one.path}"]
        if sheets:
            draft.add(draft.part("downloads", sheets=[(sheet, w("site.download.brief")) for sheet in sheets]))
        text = with_heard(text, library, brief, words(doc.text_lang))
    draft.add(draft.text(text))
    if doc.facts:
        draft.head("site.facts", "facts")
        draft.add(draft.part("facts", facts=doc.facts))
    add_chain(draft, "brief", name)
    draft.add(draft.report())
    return draft.page()
