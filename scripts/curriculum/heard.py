"""What a brief may say of what workers asked for: its themes in the ranking, and what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.brief import Brief
from curriculum.consultation import Consultation, Evidence
from curriculum.library import Library
from curriculum.needs import Round, Row, current
from curriculum.table import percent, title
from curriculum.words import Words

SECTION = re.compile(r"^## .*\{#heard\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Heard:
    """The round that readers see, the brief's themes in it, and the voices that the brief names."""

    round: Round
    rows: tuple[Row, ...]
    voices: tuple[tuple[Consultation, Evidence], ...]


def heard(library: Library, brief: Brief) -> Heard | None:
    """None as long as nobody was consulted; of another round than the one readers see, nothing is said."""
    one = current(library)
    if one is None:
        return None
    rows = tuple(row for row in one.ranking if row.theme in brief.themes)
    shown = {name for name, each in library.consultations.items() if each in one.consultations}
    voices = tuple(
        (library.consultations[name], evidence)
        for name, evidence in evidence_of(library, brief)
        if name in shown and evidence and allowed(library.consultations[name], evidence)
    )
    return Heard(one, rows, voices)


def evidence_of(library: Library, brief: Brief) -> Iterator[tuple[str, Evidence | None]]:
    """Each piece of evidence that a brief names, with its consultation; None where there is no such piece."""
    for name in brief.evidence:
        consultation, _, number = name.partition("#")
        one = library.consultations.get(consultation)
        index = int(number) - 1
        yield consultation, one.evidence[index] if one and 0 <= index < len(one.evidence) else None


def allowed(one: Consultation, evidence: Evidence) -> bool:
    """Whether something that was said may be shown: both the group and who said it agreed."""
    return evidence.consent != "none" and one.consent.quotes != "none" and one.consent.notice != "none"


def with_heard(text: str, library: Library, brief: Brief, w: Words) -> str:
    """A brief's Markdown with what workers told us under the heading for it, above anything written there."""
    found = SECTION.search(text)
    if not found:
        return text
    return f"{text[: found.end()]}\n\n{_said(library, brief, w)}\n{text[found.end() :]}"


def _said(library: Library, brief: Brief, w: Words) -> str:
    said = heard(library, brief)
    if said is None:
        return w("brief.nobody")
    whole = len(said.round.organisations)
    lines = [
        "- "
        + w(
            "brief.asked",
            theme=title(library, row.theme, w),
            rank=row.rank,
            of=len(said.round.ranking),
            share=percent(row.score, w),
            breadth=row.breadth,
            n=whole,
        )
        for row in said.rows
    ]
    for one, evidence in said.voices:
        organisation = library.organisations.get(one.organisation)
        names = organisation.sectors if organisation else []
        sectors = w.join([library.sectors[name].title[w.lang] for name in names if name in library.sectors])
        lines.append("- " + w("brief.quote", text=evidence.text[w.lang], sectors=sectors))
    if said.round.illustrative:
        lines.append(f"\n**{w('illustrative')}**")
    return "\n".join(lines)
