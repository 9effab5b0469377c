"""A session: planned as one file, recorded afterwards in the same file; counts and roles, never persons."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from curriculum.consultation import Barrier, Consent, Participants
from curriculum.model import AS_NUMBER, LANGUAGE, Day, Id, Localised, Model, Ref, Texts, Yes, matching

CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
# Who does something, by role; a vocabulary, so that no name can stand there and every language has the word.
Role = Literal["coordination", "facilitation", "board", "committee", "members", "partner", "adviser", "carer"]
ROLES: tuple[Role, ...] = (
    "coordination", "facilitation", "board", "committee", "members", "partner", "adviser", "carer",
)  # fmt: skip
Adaptation = Literal[
    "literacy", "no-power", "noise", "children", "large-group", "small-group", "disability", "interpreting", "online",
    "income",
]  # fmt: skip
Place = Literal["market", "premises", "street", "online"]
KEPT_AFTER = 56  # days after which an agreement is asked about: eight weeks


def _clock(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(CLOCK, value, re.ASCII):
            raise PydanticCustomError("clock", "not a time of day")
        return time.fromisoformat(value)
    return value


Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": f"^{CLOCK}$"})]
Minutes = Annotated[int, Field(ge=0, le=600), AS_NUMBER]
# A number of children, told as "few" where it is one to four.
FEW = r"few|0|[5-9]|[1-9][0-9]{1,2}"
Few = Annotated[str, matching(FEW, "few"), Field(json_schema_extra={"pattern": f"^(?:{FEW})$"})]


class Break(Model):
    """A pause after one of the session's modules; pauses inside a module are steps of it."""

    after: Id
    minutes: Annotated[int, Field(ge=1, le=240), AS_NUMBER]


class Task(Model):
    """Something to see to before the day: who does it, and how far it is."""

    by: Role | None = None
    state: Literal["open", "done", "not-needed"] = "open"


class Logistics(Model):
    """What decides whether people can come."""

    invitation: Task = Task()
    transport: Task = Task()
    food: Task = Task()
    childcare: Task = Task()
    materials: Task = Task()
    privacy_notice: Task = Task()


class Request(Localised):
    """A change asked for on a module: open until a version is made `after` the session, or declined with a reason."""

    module: Id
    step: Id | None = None
    declined: Day | None = None
    reason: Texts = {}


class Agreement(Localised):
    """Something a role will do by a day; `kept` says how it stood when it was asked about, on `asked`."""

    by: Role
    due: Day
    kept: Literal["yes", "partly", "no"] | None = None
    asked: Day | None = None


class Said(Localised):
    """Something said in answer to an open question, allowed to be quoted. `lang` is the language it was said in."""

    question: Ref
    module: Id | None = None
    consent: Literal["anonymous", "none"] = "none"
    lang: Annotated[str, matching(LANGUAGE.pattern, "language")] = "es"


class Story(Localised):
    """A story of change told weeks later; `chosen` is the day on which it was chosen as the most significant."""

    module: Id | None = None
    told: Day
    chosen: Day | None = None
    why: Texts = {}
    consent: Literal["anonymous", "none"] = "none"
    lang: Annotated[str, matching(LANGUAGE.pattern, "language")] = "es"


class Note(Localised):
    """Something to remember, in one or two sentences."""


Amount = Annotated[int, Field(ge=0, le=1_000_000), AS_NUMBER]


class Costs(Model):
    """What the session cost, in whole units of the currency."""

    currency: Annotated[str, matching(r"[A-Z]{3}", "currency")]
    transport: Amount = 0
    food: Amount = 0
    childcare: Amount = 0
    materials: Amount = 0
    place: Amount = 0
    support: Amount = 0  # for income lost by coming
    other: Amount = 0

    @property
    def total(self) -> int:
        kinds = (self.transport, self.food, self.childcare, self.materials, self.place, self.support, self.other)
        return sum(kinds)


class Record(Model):
    """What happened. `minutes` are real ones by module and step; 0 is a step left out."""

    start: Clock | None = None
    minutes: dict[Id, dict[Id, Minutes]] = {}
    attendance: Participants
    consent: Consent
    children: Few | None = None
    adaptations: list[Adaptation] = []
    worked: list[Note] = []
    requests: list[Request] = []
    agreements: list[Agreement] = []
    said: list[Said] = []
    stories: list[Story] = []
    absent: list[Note] = []
    barriers: list[Barrier] = []
    referrals: list[Note] = []
    costs: Costs | None = None
    returned: Day | None = None  # the day on which the results went back to the organisations

    @property
    def cost_per_person(self) -> float | None:
        """Costs shared by those who came; None where nobody wrote them down."""
        return self.costs.total / self.attendance.total if self.costs else None


class Session(Model):
    """data/sessions/<date>-<name>.yml."""

    date: Day
    start: Clock
    place: Place
    organisations: Annotated[list[Id], Field(min_length=1)]
    modules: Annotated[list[Id], Field(min_length=1)]
    people: Annotated[int, Field(ge=1, le=500), AS_NUMBER]
    breaks: list[Break] = []
    logistics: Logistics = Logistics()
    public: Yes = False
    cancelled: Texts = {}  # the reason
    record: Record | None = None
    illustrative: Yes = False
