"""What is committed is published: no person can be found in it, counts add up, and quotes were allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.consultation import Consultation, Participants
from curriculum.frontmatter import Document
from curriculum.library import Library
from curriculum.model import texts
from curriculum.problem import Problem, problem
from curriculum.session import Session

SMALLEST = 5
PARTS = ("women", "men", "other", "age_60_plus", "indigenous_language")
# Each finds one kind of trace of a person in free text. Names are found by the titles that come before them.
TRACES = {
    "email": re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE),
    "curp": re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE),
    "rfc": re.compile(r"\b[A-ZÑ&]{4}\d{6}[A-Z0-9]{3}\b"),
    "phone": re.compile(r"(?<![\d$.,])(?:\+?\d{1,3}[ .-]?)?(?:\(?\d{2,3}\)?[ .-]?)\d{3,4}[ .-]?\d{4}(?!\d)"),
    "account": re.compile(r"(?<!\d)\d{11,18}(?!\d)"),
    "address": re.compile(
        r"\b(?:calle|c\.|avenida|av\.|calzada|callejón|andador|street|avenue)\s+[A-ZÁÉÍÓÚÑ][^.;]{2,40}\b"
        r"(?:n[úu]m(?:ero)?\.?|no\.|#)\s*\d+|\b(?:n[úu]m(?:ero)?\.?|no\.|#)\s*\d+\s*,?\s*col(?:onia|\.)",
        re.IGNORECASE,
    ),
    "name": re.compile(
        r"\b(?i:don|doña|sr\.|sra\.|srta\.|señora?|lic\.|licenciad[oa]|mr\.?|mrs\.?|ms\.?|miss|me llamo|mi nombre es"
        r"|my name is|se llama|is called)\s+[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+",
    ),
}


def _told(library: Library) -> Iterator[tuple[Consultation | Session, Document]]:
    """Everything that tells of people: consultations and sessions."""
    for name, one in library.consultations.items():
        yield one, library.documents[f"needs/{name}"]
    for name, session in library.sessions.items():
        yield session, library.documents[f"sessions/{name}"]


def _counted(library: Library) -> Iterator[tuple[Participants, Document, tuple[str, ...]]]:
    """Every count of people, with where it stands."""
    for name, one in library.consultations.items():
        yield one.participants, library.documents[f"needs/{name}"], ("participants",)
    for name, session in library.sessions.items():
        if session.record:
            yield session.record.attendance, library.documents[f"sessions/{name}"], ("record", "attendance")


def _consultations(library: Library) -> Iterator[tuple[str, Consultation, Document]]:
    for name, one in library.consultations.items():
        yield name, one, library.documents[f"needs/{name}"]


def personal_data(library: Library) -> Iterator[Problem]:
    """No free text of a consultation or session names or leads to a person.

    Passes: `es: "A las compañeras del turno de noche no les alcanza."` Fails: `es: "Doña Rosa, 55 1234 5678"`.
    """
    for one, document in _told(library):
        for where, text in texts(one):
            for lang, words in text.items():
                for kind, pattern in TRACES.items():
                    if found := pattern.search(words):
                        place = document.place(*where, lang)
                        yield problem(document.path, place, "personal-data", kind, "", found=found[0].strip())
                        break


def small_count(library: Library) -> Iterator[Problem]:
    """A split of people is written only if every part is 0 or at least five; dots by gender only beside such a split.

    Passes: `{total: 20, women: 13, men: 7}`, `{total: 20}`. Fails: `{total: 20, women: 17, men: 3}`.
    """
    for people, document, where in _counted(library):
        for name in PARTS:
            part = getattr(people, name)
            # What is left over is as telling as what is written.
            rest = people.total - part if part is not None else 0
            for count in (part, rest):
                if count is not None and 0 < count < SMALLEST:
                    place = document.place(*where, name)
                    yield problem(document.path, place, "small-count", "people", field=name, count=count)
                    break
    for _, one, document in _consultations(library):
        split = one.participants.women is not None and one.participants.men is not None
        for index, line in enumerate(one.dots):
            if (line.women is not None or line.men is not None) and not split:
                place = document.place("dots", index, "women" if line.women is not None else "men")
                yield problem(document.path, place, "small-count", "dots")


def quote_without_consent(library: Library) -> Iterator[Problem]:
    """A quote is written only where the group agreed to be quoted and the quote itself carries consent.

    Passes: `consent: {…, quotes: anonymous}` and `consent: anonymous` at the quote. Fails: either of them missing.
    """
    for _, one, document in _consultations(library):
        for index, evidence in enumerate(one.evidence):
            if evidence.kind != "quote":
                continue
            if one.consent.notice == "none" or one.consent.quotes == "none":
                place = document.place("consent", "quotes")
                yield problem(document.path, place, "quote-without-consent", "group")
                break
            if evidence.consent == "none":
                place = document.place("evidence", index, key=True)
                yield problem(document.path, place, "quote-without-consent", "quote")
    for name, session in library.sessions.items():
        if session.record is None:
            continue
        record, document = session.record, library.documents[f"sessions/{name}"]
        quotes = [("said", index, said.consent) for index, said in enumerate(record.said)]
        quotes += [("stories", index, story.consent) for index, story in enumerate(record.stories)]
        if quotes and (record.consent.notice == "none" or record.consent.quotes == "none"):
            place = document.place("record", "consent", "quotes")
            yield problem(document.path, place, "quote-without-consent", "group")
            continue
        for field, index, consent in quotes:
            if consent == "none":
                place = document.place("record", field, index, key=True)
                yield problem(document.path, place, "quote-without-consent", "quote")


def totals_mismatch(library: Library) -> Iterator[Problem]:
    """Parts add up to their whole, and nobody has more dots than were given out.

    Passes: 20 people with 3 dots each give up to 60 dots. Fails: 61 dots; `women: 13, men: 6` of 20; women's and men's
    dots that are not the theme's.
    """
    for people, document, where in _counted(library):
        parts = [part for part in (people.women, people.men, people.other) if part is not None]
        if parts and (sum(parts) > people.total or (len(parts) > 1 and sum(parts) != people.total)):
            place = document.place(*where, "total")
            yield problem(document.path, place, "totals-mismatch", "people", "", sum=sum(parts), total=people.total)
        for name in ("age_60_plus", "indigenous_language"):
            part = getattr(people, name)
            if part is not None and part > people.total:
                place = document.place(*where, name)
                yield problem(document.path, place, "totals-mismatch", "people", "", sum=part, total=people.total)
    for _, one, document in _consultations(library):
        people = one.participants
        if one.votes and one.dots_per_person is None:
            yield problem(document.path, document.place("dots", key=True), "totals-mismatch", "no-dots-per-person")
        elif one.dots_per_person and one.votes > people.total * one.dots_per_person:
            most = people.total * one.dots_per_person
            yield problem(
                document.path,
                document.place("dots", key=True),
                "totals-mismatch",
                "dots",
                "",
                dots=one.votes,
                most=most,
            )
        for index, line in enumerate(one.dots):
            split = [part for part in (line.women, line.men) if part is not None]
            if split and (sum(split) > line.dots or (len(split) == 2 and not people.other and sum(split) != line.dots)):
                place = document.place("dots", index, "dots")
                yield problem(document.path, place, "totals-mismatch", "split", "", sum=sum(split), total=line.dots)
