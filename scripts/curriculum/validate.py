"""A document against its model: all errors at once, each at the very value that is wrong."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from curriculum.frontmatter import Data, Document
from curriculum.model import Model
from curriculum.problem import Problem, nearest, problem

M = TypeVar("M", bound=Model)

# The library's error types, by the wording each gets. A type that is not here gets "shape".
VARIANTS = {
    "literal_error": "choice",
    "number": "number",
    "greater_than_equal": "too-small",
    "less_than_equal": "too-large",
    "too_short": "empty-list",
    "text": "empty",
    "string_type": "not-text",
    "list_type": "not-list",
    "dict_type": "not-mapping",
    "model_type": "not-mapping",
    "id": "id",
    "fact-id": "fact-id",
    "version": "version",
    "date": "date",
    "no-such-date": "no-such-date",
    "yes": "yes",
    "https": "https",
    "timezone": "timezone",
    "language": "language",
    "email": "email",
    "phone": "phone",
    "clock": "clock",
    "few": "few",
    "currency": "currency",
    "evidence": "evidence",
    "group-order": "group-order",
    "name-without-consent": "name-without-consent",
}


def validate(document: Document, model: type[M], where: tuple[str | int, ...] = ()) -> tuple[M | None, list[Problem]]:
    """The document's data (or the part of it at `where`) as an object of the model; None where anything is wrong."""
    data: Any = document.data
    for part in where:
        data = data[part]
    if not isinstance(data, dict):
        return None, [problem(document.path, document.place(*where), "field-invalid", "not-mapping", field="")]
    try:
        return model.model_validate(without_blanks(data)), []
    except ValidationError as error:
        return None, [_problem(document, model, where, details) for details in error.errors(include_url=False)]


def without_blanks(data: Data) -> Data:
    """Mappings without their empty fields: a blank counts as absent."""
    if isinstance(data, dict):
        return {key: without_blanks(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_blanks(value) for value in data]
    return data


def _problem(document: Document, model: type[Model], where: tuple[str | int, ...], details: Any) -> Problem:
    loc = (*where, *details["loc"])
    field = str(loc[-1]) if loc else ""
    if details["type"] == "missing":
        parent = document.place(*loc[:-1], key=True)
        return problem(document.path, parent, "field-missing", "field", field=field)
    if details["type"] == "extra_forbidden":
        known = _fields(model, details["loc"])
        near = nearest(field, known)
        place = document.place(*loc, key=True)
        return problem(document.path, place, "field-unknown", "field", near, field=field, known=", ".join(known))
    variant = VARIANTS.get(details["type"], "shape")
    value = details.get("input")
    shown = value if isinstance(value, str) else ""
    context = details.get("ctx", {})
    named = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    values: dict[str, object] = {"field": named, "value": shown}
    near = ""
    if variant == "choice":
        choices = [choice.strip("'") for choice in context["expected"].replace(" or ", ", ").split(", ")]
        near = nearest(shown, choices)
        values["choices"] = ", ".join(choices)
    for limit in ("ge", "le"):
        if limit in context:
            values["limit"] = context[limit]
    return problem(document.path, document.place(*loc), "field-invalid", variant, near, **values)


def _fields(model: type[Model], loc: tuple[str | int, ...]) -> list[str]:
    """The names that the model knows at the place of `loc`'s last part."""
    schema = TypeAdapter(model).json_schema()
    definitions = schema.get("$defs", {})
    here = schema
    for part in loc[:-1]:
        here = here.get("items", {}) if isinstance(part, int) else here.get("properties", {}).get(part, {})
        options = [option for option in here.get("anyOf", [here]) if option.get("type") != "null"]
        here = options[0]
        if "$ref" in here:
            here = definitions[here["$ref"].rsplit("/", 1)[-1]]
    return sorted(here.get("properties", {}))
