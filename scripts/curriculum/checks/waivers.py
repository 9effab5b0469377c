"""Leave to break a rule: in one place, with a reason, until a day. It is taken back as soon as it is not needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curriculum.library import Library
from curriculum.model import Waiver
from curriculum.problem import NEVER_WAIVED, RULES, Problem, nearest, problem

FILE = "data/waivers.yml"
KNOWN = sorted({rule for rules in RULES.values() for rule in rules} - NEVER_WAIVED)


def waived(library: Library, found: Iterable[Problem]) -> Iterator[Problem]:
    """The problems that no waiver takes out, and those of the waivers themselves.

    A waiver passes with a rule that may be waived, a file that is there, a day to come and something to excuse:
    `{rule: glossary-avoid, path: modules/x/index.es.md, text: "pepenador", until: 2027-03-31, …}`. It fails with
    `rule: html-unsafe`, which hurts readers, with `until:` in the past, and warns once nothing is left to excuse.
    """
    document = library.documents.get("waivers")
    rows = document.data if document and isinstance(document.data, list) else []
    places = {str(row.get("id")): index for index, row in enumerate(rows) if isinstance(row, dict)}
    valid = []
    for waiver in library.waivers.values():
        if document is None:
            break
        index = places[waiver.id]
        if waiver.rule not in KNOWN:
            variant = "never" if waiver.rule in NEVER_WAIVED else "rule"
            near, known = nearest(waiver.rule, KNOWN), ", ".join(KNOWN)
            place = document.place(index, "rule")
            yield problem(FILE, place, "waiver-unknown", variant, near, name=waiver.rule, known=known)
        elif not (library.root / waiver.path).is_file():
            yield problem(FILE, document.place(index, "path"), "waiver-unknown", "path", name=waiver.path)
        elif waiver.until < library.today:
            place = document.place(index, "until")
            yield problem(FILE, place, "waiver-expired", "until", name=waiver.rule, day=waiver.until)
        else:
            valid.append(waiver)
    used = set()
    for each in found:
        excuse = next((waiver for waiver in valid if _excuses(library, waiver, each)), None)
        if excuse:
            used.add(excuse.id)
        else:
            yield each
    for waiver in valid:
        if document and waiver.id not in used:
            place = document.place(places[waiver.id])
            yield problem(FILE, place, "waiver-unneeded", "unneeded", name=waiver.rule, file=waiver.path)


def _excuses(library: Library, waiver: Waiver, found: Problem) -> bool:
    """Whether the problem is of the waiver's rule and file and, where it names a text, in a line that holds it."""
    if (found.rule, found.path) != (waiver.rule, waiver.path):
        return False
    if waiver.text is None:
        return True
    lines = (library.root / waiver.path).read_text("utf-8-sig", "replace").splitlines()
    return found.line <= len(lines) and waiver.text in lines[found.line - 1]
