"""What one file's model cannot see: names used twice, and fields that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.frontmatter import Document
from curriculum.library import Library
from curriculum.problem import Problem, problem


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
        for index, old in enumerate(meta.moved_from):
            if old in library.module_names:
                yield wrong("moved-from-exists", "moved_from", index, field="moved_from", value=old)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
