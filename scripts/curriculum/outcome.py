"""A priority outcome of the year: what the coordination set out to reach on a theme, and how it is measured."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from curriculum.model import AS_NUMBER, Id, Localised, Ref


class Outcome(Localised):
    """An entry of data/outcomes.yml. `target` is a number, or a percentage for `share` and `kept`.

    sessions, people, organisations: how many were held, came, took part · share: of the answers to `question` after
    the sessions that are in its two highest levels · kept: of the agreements asked about after eight weeks.
    """

    id: Id
    year: Annotated[int, Field(ge=2000, le=2100), AS_NUMBER]
    theme: Id
    measure: Literal["sessions", "people", "organisations", "share", "kept"]
    question: Ref | None = None
    target: Annotated[int, Field(ge=1, le=100_000), AS_NUMBER]
