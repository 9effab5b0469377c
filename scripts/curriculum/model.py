"""The data model: what a file may hold. Every scalar arrives as text and is typed here; unknown fields are errors.

There are no unions and no bare booleans: each branch of a union would add an error, and "no" would be one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, LiteralString
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

LANGUAGE = re.compile(r"[a-z]{2,3}")


def _text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("text", "empty")
    return value.strip() if isinstance(value, str) else value


def matching(pattern: str, kind: LiteralString) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            raise PydanticCustomError(kind, "no match")
        return value

    return BeforeValidator(check)


def _number(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,6}", value, re.ASCII):
            raise PydanticCustomError("number", "not a whole number")
        return int(value)
    return value


def _day(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise PydanticCustomError("date", "not a date")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("no-such-date", "no such date") from None
    return value


def _yes(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("yes", "neither true nor false")
        return value == "true"
    return value


def _timezone(value: object) -> object:
    if isinstance(value, str) and value not in available_timezones():
        raise PydanticCustomError("timezone", "no such time zone")
    return value


ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
Text = Annotated[str, BeforeValidator(_text)]
Id = Annotated[str, matching(ID, "id"), Field(json_schema_extra={"pattern": f"^{ID}$"})]
FactId = Annotated[str, matching(r"[A-Z]+[0-9]+[a-z]?", "fact-id")]
Ref = Annotated[str, matching(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", "id")]
Version = Annotated[str, matching(r"\d+\.\d+\.\d+", "version")]
AS_NUMBER = BeforeValidator(_number)
Day = Annotated[date, BeforeValidator(_day)]
Yes = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"type": "boolean"})]
Https = Annotated[str, matching(r"https://[^\s/@]+\.[^\s/@]+(?:/\S*)?", "https")]


class Spoken(dict[str, str]):
    """A text by language code. Asked for a language it is not in, it gives the first one of the platform that it is in;
    `in`, and going through it, tell the languages it has."""

    def __missing__(self, lang: str) -> str:
        if not self:
            raise KeyError(lang)
        return next(iter(self.values()))

    def get(self, lang: str, default: Any = None) -> Any:
        return self[lang] if self else default

    def settle(self, languages: list[str]) -> None:
        """Put the languages in the platform's order; those it does not have come last."""
        known = dict(self)
        self.clear()
        self.update({lang: known[lang] for lang in languages if lang in known} | known)


BY_LANGUAGE = dict[str, Text]
LanguageCode = Annotated[str, matching(LANGUAGE.pattern, "language")]
Texts = Annotated[BY_LANGUAGE, AfterValidator(Spoken)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Localised(Model):
    """Text in every language beside other fields: `{id: …, es: …, en: …}`. The file has no field `text`."""

    text: Texts

    @model_validator(mode="before")
    @classmethod
    def gather(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        codes = [key for key in data if LANGUAGE.fullmatch(key) and key not in cls.model_fields]
        rest = {key: value for key, value in data.items() if key not in codes}
        return {**rest, "text": {code: data[code] for code in codes if data[code] is not None}}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        json = handler.resolve_ref_schema(handler(schema))
        json["properties"].pop("text")
        json["required"] = [name for name in json.get("required", []) if name != "text"]
        json["patternProperties"] = {f"^{LANGUAGE.pattern}$": {"type": "string"}}
        return json


# ── a module ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Step(Model):
    """A step of the session; `uses` names materials and handouts needed in it, `icebreaker` one that opens it."""

    id: Id
    minutes: Annotated[int, Field(ge=1, le=240), AS_NUMBER]
    kind: Literal["step", "break"] = "step"
    uses: list[Id] = []
    icebreaker: Id | None = None


class Group(Model):
    min: Annotated[int, Field(ge=1, le=500), AS_NUMBER]
    max: Annotated[int, Field(ge=1, le=500), AS_NUMBER]

    @model_validator(mode="after")
    def order(self) -> Group:
        if self.min > self.max:
            raise PydanticCustomError("group-order", "min is above max")
        return self


Per = Literal["session", "table", "person"]


class MaterialNeed(Model):
    id: Id
    count: Annotated[int, Field(ge=1, le=999), AS_NUMBER] = 1
    per: Per = "session"


class HandoutMeta(Model):
    id: Id
    kind: Literal["sheet", "cards", "form", "poster"]
    pages: Annotated[int, Field(ge=1, le=20), AS_NUMBER]
    copies: Per


class Change(Localised):
    """What changed in a version; `after` names the sessions that led to it."""

    version: Version
    date: Day
    after: list[Ref] = []


class Provenance(Model):
    kind: Literal["own", "adapted", "partner"]
    from_: Annotated[Text | None, Field(alias="from")] = None
    licence: Text | None = None


Equipment = Literal["electricity", "projector", "internet", "printing", "wall", "floor"]


class ModuleMeta(Model):
    """module.yml: everything that all languages of a module share, each fact written once."""

    number: Annotated[int, Field(ge=1, le=999), AS_NUMBER] | None = None
    themes: Annotated[list[Id], Field(min_length=1)]
    sectors: Annotated[list[Id], Field(min_length=1)]
    depth: Literal["starter", "deepening", "tactical"]
    steps: Annotated[list[Step], Field(min_length=1)]
    group: Group
    materials: list[MaterialNeed] = []
    equipment: list[Equipment] = []
    handouts: list[HandoutMeta] = []
    literacy: Literal["any", "basic"]
    care: Annotated[int, Field(ge=0, le=3), AS_NUMBER] = 0
    status: Literal["draft", "pilot", "published", "retired"]
    reason: Texts = {}
    successor: Id | None = None
    changes: Annotated[list[Change], Field(min_length=1)]
    provenance: Provenance
    licence: Text
    authors: Annotated[list[Id], Field(min_length=1)]
    requires: list[Id] = []
    follows: list[Id] = []
    questions: list[Ref] = []
    moved_from: list[Id] = []
    languages: list[LanguageCode] = []  # those it is meant to exist in; empty: all of the platform's

    @property
    def live(self) -> bool:
        return self.status in ("pilot", "published")

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def version(self) -> str:
        return self.changes[0].version


class ModuleFront(Model):
    """Front matter of index.<lang>.md: only what is translated."""

    title: Text
    summary: Text
    objectives: Annotated[list[Text], Field(min_length=1)]


class HandoutFront(Model):
    title: Text


class PageFront(Model):
    """Front matter of a page in docs/."""

    title: Text
    summary: Text | None = None


# ── the data it stands on ─────────────────────────────────────────────────────────────────────────────────────────────


class Language(Model):
    code: LanguageCode
    locale: Annotated[str, matching(r"[a-z]{2,3}(?:_[A-Z]{2})?", "language")]
    name: Text


class Contact(Model):
    email: Annotated[str, matching(r"[^\s@]+@[^\s@]+\.[^\s@]+", "email")] | None = None
    whatsapp: Annotated[str, matching(r"[0-9]{8,15}", "phone")] | None = None


class Platform(Model):
    """Who publishes, where, in which languages (the first is the default), on which paper."""

    name: Texts
    short_name: Texts
    publisher: Texts
    site_url: Https | None = None
    repo_url: Https | None = None
    branch: Text = "main"
    contact: Contact = Contact()
    privacy_controller: Texts = {}
    timezone: Annotated[str, BeforeValidator(_timezone)] = "UTC"
    paper: Literal["letter", "a4"] = "letter"
    languages: Annotated[list[Language], Field(min_length=1)]
    illustrative: Yes = False


class Sector(Model):
    id: Id
    title: Texts


Score = Annotated[int, Field(ge=1, le=5), AS_NUMBER]


class Criteria(Model):
    """The coordinator's own view of a theme, from 1 (little) to 5 (much); never mixed with what workers asked for."""

    urgency: Score | None = None
    training: Score | None = None  # whether training can help
    material: Score | None = None  # whether there is a partner or material
    window: Score | None = None  # whether the political moment is right
    risk: Score | None = None


class Decision(Model):
    """What was decided about a theme in one round of consultations; no rank means that it was not taken.

    A reason must be written where the decision is not what the consultations' ranking says.
    """

    round: Ref
    rank: Annotated[int, Field(ge=1), AS_NUMBER] | None = None
    date: Day
    by: Texts
    reason: Texts = {}
    criteria: Criteria = Criteria()
    illustrative: Yes = False


class Theme(Model):
    id: Id
    title: Texts
    summary: Texts
    decisions: list[Decision] = []

    @property
    def decision(self) -> Decision | None:
        """The newest decision."""
        return max(self.decisions, key=lambda decision: decision.date, default=None)

    @property
    def rank(self) -> int | None:
        """The rank of the newest decision: 1 is the first priority; None is not prioritised."""
        return self.decision.rank if self.decision else None


class Organisation(Model):
    """An organisation by id; its name only with the day on which it agreed to be named. `members` is an estimate."""

    id: Id
    sectors: list[Id] = []
    members: Annotated[int, Field(ge=5, le=1_000_000), AS_NUMBER] | None = None
    kind: Literal["union", "association", "cooperative", "network", "platform"]
    name: Text | None = None
    public: Day | None = None
    illustrative: Yes = False

    @model_validator(mode="after")
    def consent(self) -> Organisation:
        if self.name and not self.public:
            raise PydanticCustomError("name-without-consent", "a name needs the day of consent")
        return self


class Material(Model):
    """A thing to bring: the word for one of it and for several. What is `lasting` serves one module after another."""

    id: Id
    one: Texts
    many: Texts
    lasting: Yes = False


class Term(Localised):
    """A glossary entry; `avoid` lists, by language, words to use it instead of.

    `fixed` says that the terms are a pair: where one language uses its term, the other uses its own.
    """

    id: Id
    avoid: dict[str, list[Text]] = {}
    fixed: Yes = False
    note: Texts = {}


class Public(Model):
    """A telephone, e-mail or address that is no person's: of an office, a help line. `why` says how that is known."""

    id: Id
    text: Text
    why: Text
    checked: Day


class Waiver(Model):
    """Leave to break one rule in one file, until a day; where `text` is given, only in lines that hold it."""

    id: Id
    rule: Text
    path: Text
    text: Text | None = None
    reason: Texts
    until: Day


class Icebreaker(Model):
    """A short activity that opens a step, shared by modules and printed as a card.

    `space` is what it needs: chairs in a circle, people standing, or a floor to move on. `variation` says how somebody
    who cannot stand, see or hear well takes part.
    """

    id: Id
    title: Texts
    purpose: Texts
    minutes: Annotated[int, Field(ge=1, le=60), AS_NUMBER]
    energy: Literal["calm", "medium", "lively"]
    touch: Yes
    space: Literal["seated", "standing", "moving"]
    materials: list[MaterialNeed] = []
    steps: Annotated[list[Localised], Field(min_length=1)]
    variation: Texts


class LearningPath(Model):
    """Modules in an order that a group can follow. Each session is one module, or a choice of several."""

    id: Id
    title: Texts
    summary: Texts
    sectors: Annotated[list[Id], Field(min_length=1)]
    sessions: Annotated[list[Annotated[list[Id], Field(min_length=1)]], Field(min_length=1)]
    after: Texts = {}  # what comes when all sessions were held


class Question(Localised):
    """An evaluation question. `level` is Kirkpatrick's (1 reaction … 4 results); options go from low to high."""

    id: Ref
    level: Annotated[int, Field(ge=1, le=4), AS_NUMBER]
    moment: Literal["before-after", "after", "later"]
    scale: Literal["levels", "choice", "number", "text"]
    options: list[Localised] = []
    expected: Texts = {}


class Source(Model):
    id: Ref
    title: Text
    publisher: Text | None = None
    date: Text
    lang: Annotated[str, matching(LANGUAGE.pattern, "language")]
    kind: Literal["law", "official", "press", "organisation", "academic"]
    url: Https | None = None
    note: Text | None = None


class Citation(Model):
    id: Ref
    article: Text | None = None


class Fact(Localised):
    """One claim with its basis, its sources, the day its text was checked and the day it must be checked again."""

    id: FactId
    basis: Literal["law", "official", "press", "derived", "recalled"]
    sources: list[Citation] = []
    jurisdiction: Literal["federal", "cdmx", "international"]
    valid_as_of: Day
    review_by: Day
    lapses: Yes = False  # an amount of money that counts until review_by and is not shown afterwards
    note: Text | None = None


def texts(item: object, where: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Spoken]]:
    """Every localised text inside a model object, with its path in the file."""
    if isinstance(item, list):
        for index, part in enumerate(item):
            yield from texts(part, (*where, index))
    elif isinstance(item, Model):
        for name, field in type(item).model_fields.items():
            value = getattr(item, name)
            if field.annotation == BY_LANGUAGE:
                if value or field.is_required():
                    yield (where if isinstance(item, Localised) and name == "text" else (*where, name)), value
            elif isinstance(value, (list, Model)):
                yield from texts(value, (*where, name))
