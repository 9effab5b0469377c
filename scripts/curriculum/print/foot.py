"""What stands at the foot of every page: which paper this is, in what state its text, and how old its facts."""

from __future__ import annotations

from curriculum.edition import Edition
from curriculum.words import Words


def foot(edition: Edition, w: Words, language: str) -> str:
    """Two lines: where the newest text is and which one this is; the state of the translation and of the facts."""
    version = w("print.foot.version", version=edition.version, language=language)
    # Paper stays in the field for years: it says itself that it was not the newest text.
    behind = w("translation.foot") if edition.is_behind else ""
    lines = (
        (short(edition.short_address), edition.label, version, behind),
        (_translation(edition, w), *_facts(edition, w)),
    )
    return "\n".join(" · ".join(filter(None, line)) for line in lines if any(line))


def short(address: str) -> str:
    """An address as people copy it from paper."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _translation(edition: Edition, w: Words) -> str:
    """That some of the handouts are in another language, for want of a translation; "" where all is as it should be."""
    foreign = any(handout.lang != edition.lang for handout in edition.handouts)
    return w("print.foot.untranslated") if foreign else ""


def _facts(edition: Edition, w: Words) -> tuple[str, ...]:
    """When the text of the laws was last checked, and by when it must be again."""
    checked = w("print.foot.checked", day=w.date(edition.checked_on)) if edition.checked_on else ""
    again = w("print.foot.check-again", day=w.date(edition.check_again)) if edition.check_again else ""
    return checked, again
