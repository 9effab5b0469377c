"""A consultation: what one organisation said it needs, on one day, in counts, quotes and conditions; never persons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from curriculum.model import AS_NUMBER, LANGUAGE, Day, Id, Localised, Model, Ref, Texts, Yes, matching

Method = Literal["interview", "survey", "focus-group", "assembly", "walk", "dot-vote"]
Barrier = Literal["schedule", "childcare", "cost", "distance", "safety", "illness", "language", "access"]
Whole = Annotated[int, Field(ge=0, le=100_000), AS_NUMBER]


class Participants(Model):
    """How many took part. A split is written only where every part is 0 or at least five; else the total alone."""

    total: Annotated[int, Field(ge=1, le=100_000), AS_NUMBER]
    women: Whole | None = None
    men: Whole | None = None
    other: Whole | None = None
    age_60_plus: Whole | None = None
    indigenous_language: Whole | None = None


class Consent(Model):
    """How the privacy notice was given, and whether what was said may be quoted."""

    notice: Literal["oral-recorded", "signed", "audio", "none"]
    quotes: Literal["anonymous", "none"] = "none"


class Dots(Localised):
    """Dots for a theme, or for something else that people named (no theme, but words in each language)."""

    text: Texts = {}
    theme: Id | None = None
    dots: Whole
    women: Whole | None = None
    men: Whole | None = None


class Evidence(Localised):
    """Something said or seen about a theme. `lang` is the language it was said in; the other text is a translation."""

    theme: Id
    kind: Literal["quote", "case", "observation"]
    consent: Literal["anonymous", "none"] = "none"
    lang: Annotated[str, matching(LANGUAGE.pattern, "language")] = "es"


class Offer(Localised):
    """What the organisation could teach others."""


class Consultation(Model):
    """data/needs/<date>-<organisation>.yml."""

    round: Ref
    organisation: Id
    date: Day
    place: Literal["market", "premises", "street", "online"]
    method: Annotated[list[Method], Field(min_length=1)]
    participants: Participants
    consent: Consent
    dots_per_person: Annotated[int, Field(ge=1, le=20), AS_NUMBER] | None = None
    dots: list[Dots] = []
    evidence: list[Evidence] = []
    barriers: list[Barrier] = []
    offers: list[Offer] = []
    returned: Day | None = None  # the day on which the result went back to the organisation
    illustrative: Yes = False

    @property
    def votes(self) -> int:
        """All dots of the consultation, those for something else included; 0 where there was no vote."""
        return sum(line.dots for line in self.dots)
