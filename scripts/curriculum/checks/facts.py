"""Every claim of law or number rests on a fact with a source, and no fact is older than its date."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.library import Library, every_text
from curriculum.markdown import Mark
from curriculum.model import Fact
from curriculum.problem import Problem, nearest, problem


def _cited(library: Library) -> Iterator[tuple[str, Mark, Fact | None, bool]]:
    """Every citation: the path of its page, the fact (None where unknown), and whether readers see the page."""
    for page, _, module in every_text(library):
        for citation in page.scan.citations:
            yield page.path, citation, library.facts.get(citation.name), module is None or module.meta.live


def fact_unknown(library: Library) -> Iterator[Problem]:
    """A cited fact is an id of data/facts.yml.

    Passes: `[@F31a]`. Fails: `[@F31]` where there are only F31a and F31b.
    """
    for path, citation, fact, _ in _cited(library):
        if fact is None:
            near = nearest(citation.name, library.facts)
            yield problem(path, citation.place, "fact-unknown", "unknown", near, name=citation.name)


def fact_expired(library: Library) -> Iterator[Problem]:
    """A fact on a live page is not past the date by which its text must be checked again, or is said to be pending.

    Passes: `review_by: 2027-07-22` today; `[@F04 pending]`. Fails: `review_by: 2026-01-31`, cited as `[@F04]`.
    """
    for path, citation, fact, live in _cited(library):
        if live and fact and not citation.rest and fact.review_by < library.today:
            values = {"name": fact.id, "date": fact.review_by.isoformat()}
            yield problem(path, citation.place, "fact-expired", "past", "", **values)


def fact_unverified(library: Library) -> Iterator[Problem]:
    """A live page cites nothing that is only recalled: nobody has read it in a source.

    Passes: a fact of `basis: law`. Fails: one of `basis: recalled`.
    """
    for path, citation, fact, live in _cited(library):
        if live and fact and fact.basis == "recalled":
            yield problem(path, citation.place, "fact-unverified", "recalled", "", name=fact.id)


def source_unknown(library: Library) -> Iterator[Problem]:
    """A fact's source is an id of data/sources.yml, and a fact that is not derived or recalled has one.

    Passes: `sources: [{id: LSS, article: "art. 239-C"}]`. Fails: `sources: [{id: LLS}]`; `basis: law` without sources.
    """
    document = library.documents.get("facts")
    if not document or not isinstance(document.data, list):
        return
    for index, entry in enumerate(document.data):
        fact = library.facts.get(str(entry.get("id"))) if isinstance(entry, dict) else None
        if fact is None:
            continue
        if not fact.sources and fact.basis not in ("derived", "recalled"):
            place = document.place(index, "id")
            yield problem(document.path, place, "source-unknown", "none", "", name=fact.id, basis=fact.basis)
        for number, source in enumerate(fact.sources):
            if source.id not in library.sources:
                place, near = document.place(index, "sources", number, "id"), nearest(source.id, library.sources)
                yield problem(document.path, place, "source-unknown", "unknown", near, name=source.id)
