"""What is committed is published: no person can be found in it, counts add up, and quotes were allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from curriculum.consultation import Consultation, Participants
from curriculum.frontmatter import Document
from curriculum.library import Library, visible
from curriculum.personal import PATTERNS, Trace, traces
from curriculum.picture import PHOTOS, tells
from curriculum.problem import START, Problem, problem

SMALLEST = 5
PARTS = ("women", "men", "other", "age_60_plus", "indigenous_language")
# In what is written about people a title before a name gives somebody away; elsewhere it is a president's or a saint's.
KINDS = tuple(kind for kind in PATTERNS if kind != "name")


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
    """No text, no data and no table names a person or leads to one; what is an office's stands in data/public.yml.

    Passes: `es: "A las compañeras del turno de noche no les alcanza."`; a help line that data/public.yml lists.
    Fails: `es: "Doña Rosa, 55 1234 5678"`.
    """
    for file in _written(library.root):
        path = file.relative_to(library.root).as_posix()
        told = path.startswith(("data/needs/", "data/sessions/"))
        text = file.read_bytes().decode("utf-8-sig", "replace")
        for trace in private(library, text, tuple(PATTERNS) if told else KINDS):
            before = text[: trace.start]
            place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
            yield problem(path, place, "personal-data", trace.kind, "", found=trace.text)


def private(library: Library, text: str, kinds: tuple[str, ...] = KINDS) -> list[Trace]:
    """The traces of persons in a text: those that are neither the platform's own contact nor listed as public."""
    contact = library.platform.contact
    public = {_bare(text) for text in (contact.email, contact.whatsapp, *(one.text for one in library.public.values()))}
    return [trace for trace in traces(text, kinds) if _bare(trace.text) not in public]


def _bare(text: str | None) -> str:
    """A number or address without the signs that people put between its parts."""
    return re.sub(r"[^\w@]", "", text or "").lower()


def _written(root: Path) -> Iterator[Path]:
    """Every file of text that people write. Drawings are made of numbers, and the lock of hashes: neither is read."""
    stack = [root / name for name in ("data", "docs", "modules")]
    while stack:
        for file in visible(stack.pop()):
            if file.is_symlink():
                continue
            if file.is_dir():
                stack.append(file)
            elif file.suffix in (".md", ".yml", ".csv") and file.name not in ("translation.lock.yml", "public.yml"):
                yield file


def photo_place(library: Library) -> Iterator[Problem]:
    """No photograph says where it was taken or whose camera took it. What is published is without it in any case.

    Passes: a picture without such a note. Fails: a telephone's photograph with its position.
    """
    folders = [(f"{module.path}/images", module.folder / "images") for module in library.modules.values()]
    folders.append(("docs/images", library.root / "docs" / "images"))
    for path, folder in folders:
        for file in visible(folder):
            if not file.is_symlink() and file.suffix.lower() in PHOTOS and (found := tells(file)):
                yield problem(f"{path}/{file.name}", START, "photo-place", found)


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
