"""What one file's model cannot see: names used twice, and fields that need each other."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from curriculum.frontmatter import Document
from curriculum.library import Library
from curriculum.problem import Problem, nearest, problem
from curriculum.schedule import begin, exists, schedule

DAY = 24 * 60  # minutes


def field_invalid(library: Library) -> Iterator[Problem]:
    """A name that may be used once is used once; what a field promises, another gives.

    Passes: every step, handout and number has its own name; a retired module has a reason; newest change first.
    Fails: `steps: [{id: apertura, …}, {id: apertura, …}]`; two modules with `number: 8`; `status: retired` alone.
    """
    numbers: dict[int, str] = {}
    for module in library.modules.values():
        meta, document = module.meta, module.document

        def wrong(variant: str, *where: str | int, document: Document = document, **values: str | int) -> Problem:
            return problem(document.path, document.place(*where), "field-invalid", variant, "", **values)

        for field, ids in (("steps", [s.id for s in meta.steps]), ("handouts", [h.id for h in meta.handouts])):
            for index, name in enumerate(ids):
                if name in ids[:index]:
                    yield wrong("same-id", field, index, "id", field="id", value=name)
        if meta.number is not None:
            if meta.number in numbers:
                yield wrong("same-number", "number", field="number", value=meta.number, other=numbers[meta.number])
            numbers.setdefault(meta.number, module.id)
        for index, (newer, older) in enumerate(zip(meta.changes, meta.changes[1:], strict=False)):
            if newer.date < older.date or _version(newer.version) <= _version(older.version):
                yield wrong("changes-order", "changes", index + 1, "version", field="changes")
        if meta.status == "retired" and not meta.reason:
            yield wrong("retired-reason", "status", field="status")
        if meta.provenance.kind != "own" and not (meta.provenance.from_ and meta.provenance.licence):
            yield wrong("provenance", "provenance", "kind", field="provenance")
        if "all" in meta.sectors and len(meta.sectors) > 1:
            yield wrong("all-and-more", "sectors", meta.sectors.index("all"), field="sectors")
        for index, lang in enumerate(meta.languages):
            if lang not in library.languages:
                near, choices = nearest(lang, library.languages), ", ".join(library.languages)
                place, values = document.place("languages", index), {"field": "languages", "value": lang}
                yield problem(document.path, place, "field-invalid", "choice", near, **values, choices=choices)
        for index, old in enumerate(meta.moved_from):
            if old in library.module_names:
                yield wrong("moved-from-exists", "moved_from", index, field="moved_from", value=old)


def consultation_invalid(library: Library) -> Iterator[Problem]:
    """A consultation is past, is there once, lies in the file named after it, in a round of its kind.

    Passes: data/needs/2026-03-14-ejemplo-hogar.yml of that day. Fails: a day to come; the same organisation and day in
    two files; a round with invented and real consultations.
    """
    seen: dict[tuple[str, str], str] = {}
    kinds: dict[str, tuple[bool, str]] = {}
    for name, one in library.consultations.items():
        document = library.documents[f"needs/{name}"]
        if one.date > library.today:
            yield problem(
                document.path, document.place("date"), "field-invalid", "future", field="date", value=one.date
            )
        key = (one.organisation, one.date.isoformat())
        if key in seen:
            yield problem(document.path, document.place("date"), "field-invalid", "same-consultation", other=seen[key])
        seen.setdefault(key, name)
        wanted = f"{one.date}-{one.organisation}"
        if name != wanted:
            yield problem(document.path, document.place("date"), "field-invalid", "file-name", value=f"{wanted}.yml")
        invented, other = kinds.setdefault(one.round, (one.illustrative, name))
        if invented != one.illustrative:
            place = document.place("illustrative") if one.illustrative else document.place("round")
            yield problem(document.path, place, "field-invalid", "mixed-round", value=one.round, other=other)
        for index, line in enumerate(one.dots):
            if (line.theme is None) == (not line.text):
                yield problem(document.path, document.place("dots", index, key=True), "field-invalid", "theme-or-text")
        themes = [line.theme for line in one.dots if line.theme]
        for index, line in enumerate(one.dots):
            if line.theme and line.theme in themes[: sum(1 for earlier in one.dots[:index] if earlier.theme)]:
                place = document.place("dots", index, "theme")
                yield problem(document.path, place, "field-invalid", "same-id", field="theme", value=line.theme)


def session_invalid(library: Library) -> Iterator[Problem]:
    """A session lies in the file named after its day, starts at an hour that exists, and is recorded once it is past.

    Passes: data/sessions/2026-08-16-hogar.yml of that day, with a record of 95 minutes. Fails: a record of a day to
    come; minutes that exceed the day; 02:30 on the night the clocks leap from 2 to 3; `declined` without a reason.
    """
    zone = ZoneInfo(library.platform.timezone)
    for name, one in library.sessions.items():
        document = library.documents[f"sessions/{name}"]

        def wrong(variant: str, *where: str | int, document: Document = document, **values: str | int) -> Problem:
            return problem(document.path, document.place(*where), "field-invalid", variant, "", **values)

        if not name.startswith(f"{one.date}-"):
            yield wrong("session-name", "date", value=f"{one.date}-…yml")
        if not exists(begin(one, zone)):
            yield wrong("no-such-time", "start", value=f"{one.start:%H:%M}", zone=library.platform.timezone)
        for field, names in (("modules", one.modules), ("organisations", one.organisations)):
            for index, each in enumerate(names):
                if each in names[:index]:
                    yield wrong("same-id", field, index, field=field, value=each)
        planned = schedule(library, one).minutes
        if planned > DAY:
            yield wrong("past-a-day", "modules", minutes=planned)
        if one.record is None:
            continue
        if one.date > library.today:
            yield wrong("future", "date", field="date", value=str(one.date))
        if one.cancelled:
            yield wrong("cancelled-and-held", "cancelled")
        real = sum(minutes for steps in one.record.minutes.values() for minutes in steps.values())
        if real > DAY:
            yield wrong("past-a-day", "record", "minutes", minutes=real)
        for index, request in enumerate(one.record.requests):
            if bool(request.declined) != bool(request.reason):
                yield wrong(
                    "declined-reason", "record", "requests", index, "declined" if request.declined else "reason"
                )
        for index, agreement in enumerate(one.record.agreements):
            where: tuple[str | int, ...] = ("record", "agreements", index)
            if bool(agreement.kept) != bool(agreement.asked):
                yield wrong("kept-and-asked", *where, "kept" if agreement.kept else "asked")
            if agreement.due < one.date:
                yield wrong("before-session", *where, "due", field="due", value=str(agreement.due))
            if agreement.asked and not one.date <= agreement.asked <= library.today:
                yield wrong("not-between", *where, "asked", field="asked", value=str(agreement.asked))
        for index, story in enumerate(one.record.stories):
            if not one.date <= story.told <= library.today:
                yield wrong("not-between", "record", "stories", index, "told", field="told", value=str(story.told))


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
