"""translation.lock.yml: for each section, the texts that a person found to say the same, and the day on which they did.

    index:
      mitos: [{es: "4a5b7cab5eb5", en: "0f9a82fbc2d1", equal: 2026-11-21, seal: "77aa01bc"}]

One line a section, so that two people who work on two sections do not meet in one line. A record is of two languages;
where there are three, a section has two records. `unchanged` names the language whose text had not been touched since
the record before, and then `reason` says why the two are still equal. The seal ties the hashes to the day and the
reason: a line whose hashes were only pushed forward by hand, or by a script, does not pass for a comparison.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

from curriculum.frontmatter import Document
from curriculum.problem import Problem, problem

NAME = "translation.lock.yml"
HASH = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Record:
    """Two texts of a section that say the same: their hashes by language, and the day when that was found."""

    hashes: dict[str, str]
    equal: date
    unchanged: str = ""
    reason: str = ""

    def seal(self, unit: str, key: str) -> str:
        """What ties the record to its section and its parts to each other."""
        pairs = sorted(self.hashes.items())
        whole = json.dumps([unit, key, pairs, self.equal.isoformat(), self.unchanged, self.reason])
        return hashlib.sha256(whole.encode()).hexdigest()[:8]


# The records by section, and the sections by unit: "index", "handouts/lista", the name of a page or of a data file.
Records = dict[str, list[Record]]
Lock = dict[str, Records]


def read(document: Document) -> tuple[Lock, list[Problem]]:
    """What a lock file holds; a record that is no record, or whose seal is broken, is a problem and does not count."""
    lock: Lock = {}
    problems: list[Problem] = []
    data = document.data
    for unit, sections in data.items() if isinstance(data, dict) else ():
        for key, rows in sections.items() if isinstance(sections, dict) else ():
            for index, row in enumerate(rows if isinstance(rows, list) else [rows]):
                record = _record(row, unit, key)
                if isinstance(record, Record):
                    lock.setdefault(unit, {}).setdefault(key, []).append(record)
                else:
                    place = document.place(unit, key, index)
                    problems.append(problem(document.path, place, "field-invalid", record, "", field=key))
    if data is not None and not isinstance(data, dict):
        problems.append(problem(document.path, document.place(), "field-invalid", "not-mapping", field=""))
    return lock, problems


def _record(row: object, unit: str, key: str) -> Record | str:
    """The record of a row, or the wording of what is wrong with it."""
    if not isinstance(row, dict):
        return "lock"
    fields = {name: value for name, value in row.items() if isinstance(value, str)}
    hashes = {name: value for name, value in fields.items() if HASH.fullmatch(value) and name not in ("seal", "reason")}
    try:
        equal = date.fromisoformat(fields.get("equal", ""))
    except ValueError:
        return "lock"
    if len(hashes) != 2:
        return "lock"
    record = Record(hashes, equal, fields.get("unchanged", ""), fields.get("reason", ""))
    return record if fields.get("seal") == record.seal(unit, key) else "seal"


def written(lock: Lock, note: str) -> str:
    """The file for a lock, with a note for people at its top; the same lock gives the same text."""
    lines = [f"# {line}" for line in note.splitlines()]
    for unit, sections in lock.items():
        if any(sections.values()):
            lines.append(f"{_key(unit)}:")
        for key, records in sections.items():
            if records:
                rows = ", ".join(_row(record, unit, key) for record in records)
                lines.append(f"  {_key(key)}: [{rows}]")
    return "\n".join([*lines, ""])


def _key(name: str) -> str:
    """A name as a key: a number is in quotation marks, so that every reader of YAML takes it for text."""
    return (
        name
        if re.fullmatch(r"[A-Za-z_][\w./-]*", name) and name.lower() not in ("no", "yes", "on", "off")
        else json.dumps(name)
    )


def _row(record: Record, unit: str, key: str) -> str:
    # Hashes and reasons are in quotation marks: one that has digits only would be a number to other readers of YAML.
    parts = [f'{lang}: "{value}"' for lang, value in record.hashes.items()]
    parts.append(f"equal: {record.equal}")
    if record.unchanged:
        parts.append(f"unchanged: {record.unchanged}")
    if record.reason:
        parts.append(f"reason: {json.dumps(record.reason, ensure_ascii=False)}")
    parts.append(f'seal: "{record.seal(unit, key)}"')
    return "{" + ", ".join(parts) + "}"
