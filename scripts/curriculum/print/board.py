"""The platform's own papers: the sheet for the wall and the briefing note, from the consultations and the coverage."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from curriculum.coverage import Coverage, coverage
from curriculum.library import Library
from curriculum.needs import Round, current, decisions, differences
from curriculum.print.sheet import Order
from curriculum.table import contested, difference_sentence, gap_sentence, percent, points, summary, title
from curriculum.words import Words, words

BOARDS = ("wall", "briefing")
# How many gaps each paper has room for.
ROOM = {"wall": 4, "briefing": 6}


def board_order(library: Library, kind: str, lang: str, templates: Path, paper: str) -> Order:
    """The order of one of BOARDS in a language. Somebody must have been consulted."""
    one = current(library)
    assert one is not None
    days = [each.date for each in one.consultations] + [made.date for made in decisions(library, one.name).values()]
    return Order(
        module="",
        lang=lang,
        kind=kind,
        paper=paper,
        html=_html(library, one, coverage(library), kind, words(lang), templates, max(days)),
        styles=(templates / "board.css", templates / f"paper-{paper}.css"),
        roots=(templates,),
        changed=max(days),
        attached=(),
    )


def _html(library: Library, one: Round, found: Coverage, kind: str, w: Words, templates: Path, changed: date) -> str:
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
    locales = {language.code: language.locale for language in library.platform.languages}
    made = decisions(library, one.name)
    barriers = Counter(barrier for each in one.consultations for barrier in each.barriers)
    ranked = sorted(one.ranking, key=lambda row: (made[row.theme].rank or 99) if row.theme in made else 99)
    asked = {name for each in one.consultations for name in one.sectors.get(each.organisation, ())}
    return environment.get_template(f"{kind}.html").render(
        w=w,
        locale=locales[w.lang].replace("_", "-"),
        kind=kind,
        library=library,
        publisher=library.platform.publisher[w.lang],
        changed=changed,
        one=one,
        found=found,
        made=made,
        ranked=ranked,
        summary=summary(library, one, w),
        gaps=[gap_sentence(library, gap, w) for gap in found.gaps[: ROOM[kind]]],
        more=max(0, len(found.gaps) - ROOM[kind]),
        differences=[difference_sentence(each, w) for each in differences(library, one)],
        contested=[title(library, row.theme, w) for row in contested(one)],
        barriers=barriers.most_common(4),
        unasked=[sector.title[w.lang] for sector in library.sectors.values() if sector.id not in asked],
        returned=sum(each.returned is not None for each in one.consultations),
        others=one.others,
        title=title,
        percent=percent,
        points=points,
    )
