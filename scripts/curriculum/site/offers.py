"""What the organisations of a round could teach others: they do not only ask."""

from __future__ import annotations

from curriculum.needs import Round
from curriculum.site.draft import Draft
from curriculum.site.voice import sectors_of


def offers(draft: Draft, held: Round) -> None:
    w, library = draft.w, draft.desk.library
    lines = [
        w("site.why.others.line", text=offer.text[w.lang], sectors=sectors_of(library, one, w))
        for one in held.consultations
        for offer in one.offers
        if w.lang in offer.text
    ]
    if lines:
        draft.head("site.why.offers", "offers")
        draft.add(draft.part("named", text=w("site.why.offers.text"), lines=lines, invented=held.illustrative))
