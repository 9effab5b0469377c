"""The model as JSON Schema, for editors that help while one writes."""

from __future__ import annotations

from typing import Any

from curriculum.consultation import Consultation
from curriculum.library import LISTS
from curriculum.model import ModuleMeta, Platform
from curriculum.session import Session


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by file name: one for each kind of YAML file that people write."""
    result = {
        "module": ModuleMeta.model_json_schema(),
        "platform": Platform.model_json_schema(),
        "consultation": Consultation.model_json_schema(),
        "session": Session.model_json_schema(),
    }
    for name, model in LISTS.items():
        item = model.model_json_schema(ref_template="#/$defs/{model}")
        definitions = item.pop("$defs", {})
        result[name] = {"type": "array", "items": item, "$defs": definitions}
    return {
        f"{name}.schema.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        for name, schema in result.items()
    }
