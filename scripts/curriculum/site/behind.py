"""What tells a reader that their text is older than the same text in another language."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.address import page_path
from curriculum.markdown import headings
from curriculum.passage import FRONT
from curriculum.site.draft import Draft
from curriculum.site.links import way
from curriculum.site.parts import names
from curriculum.translation import Section


def banner(draft: Draft, section: Section | None, anchor: str = "") -> str:
    """The notice on a section that changed in another language; "" where it did not.

    `anchor` is the section's on the page of the other language; without one the notice leads to the top of it.
    """
    if section is None:
        return ""
    w, known = draft.w, names(draft.desk.library, draft.w)
    other = next(lang for lang in section.pair if lang != draft.text_lang)
    kind = section.state if section.state != "only" else "removed"
    day = w.date(section.since) if section.since else ""
    path = way(page_path(draft.desk.library, draft.place, other), draft.path)
    return draft.part(
        "behind",
        text=w(f"translation.reader.{kind}", name=known[other], day=day),
        link=path + (f"#{anchor}" if anchor else ""),
        label=w("translation.reader.see", name=known[other]),
        other=other,
    )


def lacking(draft: Draft, sections: Iterable[Section]) -> str:
    """The sections that exist only in another language than the reader's, as links; "" where there are none."""
    missing = [one for one in sections if one.state == "only" and draft.text_lang not in one.texts]
    if not missing:
        return ""
    w, known = draft.w, names(draft.desk.library, draft.w)
    other = next(iter(missing[0].texts))
    path = way(page_path(draft.desk.library, draft.place, other), draft.path)
    links = [(one.texts[other].title, path + (f"#{one.key}" if one.texts[other].named else "")) for one in missing]
    return draft.part("lacking", text=w("translation.reader.lacking", name=known[other]), links=links, other=other)


def marked(draft: Draft, text: str, sections: Iterable[Section]) -> str:
    """The text of a written page with a banner in each of its sections that is behind."""
    stale = [one for one in sections if draft.text_lang in one.texts]
    order = {one.texts[draft.text_lang].line: one for one in stale}
    if not order:
        return text
    page = draft.desk.library.docs[draft.place.rstrip("/") or "index"][draft.text_lang].document
    lines = [top.place.line for top in headings(page.body, page.body_line) if top.level == 2]
    tops = [top for top in headings(text) if top.level == 2]
    for line, top in reversed(list(zip(lines, tops, strict=False))):
        if one := order.get(line):
            notice = banner(draft, one, one.key if one.texts[draft.text_lang].named else "")
            text = f"{text[: top.end]}\n\n{notice}\n{text[top.end :]}"
    first = next((one for one in stale if one.key == FRONT), None)
    return f"{banner(draft, first)}\n\n{text}" if first else text
