"""A brief: two pages for whoever decides, on the same facts, themes and evidence as the modules.

Its text is docs/briefs/<id>.<lang>.md; what both languages share is its entry in data/briefs.yml.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from curriculum.model import Day, Id, Model, matching

# What was said in a consultation, by its file and its place in the list there, from 1.
EvidenceId = Annotated[str, matching(r"[a-z0-9]+(?:-[a-z0-9]+)*#[0-9]{1,3}", "evidence")]
# The sections that every brief has, in this order, by the ids of their headings.
SECTIONS = ("changed", "sectors", "heard", "options", "recommendation", "risks", "open")
MOST = 950  # words in a language; more does not fit two pages


class Brief(Model):
    """An entry of data/briefs.yml."""

    id: Id
    date: Day
    themes: Annotated[list[Id], Field(min_length=1)]
    modules: list[Id] = []
    evidence: list[EvidenceId] = []
