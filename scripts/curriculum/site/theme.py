"""The page of a theme: its modules, and why it stands where it does."""

from __future__ import annotations

from curriculum.model import Theme
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.page import Page


def theme_page(desk: Desk, theme: Theme, lang: str) -> Page:
    group = [edition for edition in desk.read_in(lang) if theme.id in edition.module.meta.themes]
    decisions = sorted(theme.decisions, key=lambda decision: decision.date, reverse=True)
    days = [decision.date for decision in decisions] + [edition.changed for edition in group]
    draft = Draft(
        desk=desk,
        place=f"themes/{theme.id}/",
        kind="theme",
        lang=lang,
        text_lang=lang,
        title=theme.title[lang],
        description=theme.summary[lang],
        source="data/themes.yml",
        version=str(desk.changed or ""),
        changed=max(days, default=None),
    )
    trail = [("themes/", draft.w("site.themes"), lang)]
    draft.begin(draft.title, draft.description, trail, theme.rank or "", draft.w("site.rank.label"))
    draft.head("site.theme.modules-title", "modules")
    draft.add(draft.part("theme-modules", group=group))
    if decisions:
        draft.head("site.theme.decisions", "decisions")
        if any(decision.illustrative for decision in decisions):
            draft.add(draft.part("illustrative"))
        draft.add(draft.part("decisions", decisions=decisions))
    draft.add(draft.report())
    return draft.page()
