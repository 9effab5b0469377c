"""What stands at the foot of every page: which paper this is, in what state its text, and how old its facts."""

from __future__ import annotations

from curriculum.citation import CitedFact
from curriculum.edition import Edition
from curriculum.library import Library
from curriculum.print.handout import published
from curriculum.words import Words


def foot(library: Library, edition: Edition, facts: tuple[CitedFact, ...], w: Words) -> str:
    """Two lines: where the newest text is and which one this is; the state of the translation and of the `facts`.

    A sheet that is handed out by itself has those that it cites, a guide also those of its sheets.
    """
    names = {language.code: language.name for language in library.platform.languages}
    version = w("print.foot.version", version=edition.version, language=names[edition.lang])
    untranslated = any(handout.lang != edition.lang for handout in edition.handouts)
    lines = (
        (short(edition.short_address), edition.label, version, _standing(library, edition, w)),
        (w("print.foot.untranslated") if untranslated else "", *ages(facts, w)),
    )
    return "\n".join(" · ".join(filter(None, line)) for line in lines if any(line))


def short(address: str) -> str:
    """An address as people copy it from paper."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _standing(library: Library, edition: Edition, w: Words) -> str:
    """Whether a translation says the same as the text that it is compared with; of that one, only that it is behind.

    Paper stays in the field for years: it says itself when it was not the newest text.
    """
    if edition.is_behind:
        return w("translation.foot")
    first = next(code for code in library.languages if code in edition.module.pages)
    held = edition.translation
    if edition.text_lang == first or held.state not in ("equal", "ahead", "unchecked"):
        return ""
    return w(f"translation.foot.{held.state}")


def ages(facts: tuple[CitedFact, ...], w: Words) -> tuple[str, ...]:
    """When the text of the laws was last checked, else that of the other facts, and by when any must be again.

    What the press says nobody checks against a text of law: it has the day on which it came out. What the page itself
    calls pending has its date there, and would make every page look overdue.
    """
    every = [cited for cited in facts if not cited.pending]
    if not every:
        return ()
    oldest = min(every, key=lambda cited: cited.fact.valid_as_of)
    if checked := [cited.fact.valid_as_of for cited in every if cited.fact.basis == "law"]:
        said = w("print.foot.laws", day=w.date(min(checked)))
    elif checked := [cited.fact.valid_as_of for cited in every if not published(cited)]:
        said = w("print.foot.checked", day=w.date(min(checked)))
    else:
        said = w("print.foot.published", day=w.dated(published(oldest)))
    return said, w("print.foot.check-again", day=w.date(min(cited.fact.review_by for cited in every)))
