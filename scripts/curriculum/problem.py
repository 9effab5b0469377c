"""A problem in the curriculum: where it is, which rule found it, what to do. And the forms it is printed in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, NamedTuple

from curriculum.words import Words

Severity = Literal["error", "warning", "advice"]

RULES: dict[str, tuple[str, ...]] = {
    "reading": (
        "yaml-syntax", "yaml-feature", "encoding", "field-missing", "field-unknown", "field-invalid", "file-unexpected",
    ),
    "mapping": (
        "theme-unknown", "theme-not-prioritised", "sector-unknown", "question-unknown", "material-unknown",
        "icebreaker-unknown", "module-unknown", "organisation-unknown", "session-unknown", "decision-without-evidence",
        "need-undecided", "brief-incomplete",
    ),
    "text": (
        "step-missing", "heading-skip", "link-broken", "anchor-broken", "image-missing", "image-without-alt",
        "image-too-large", "asset-outside", "html-unsafe", "link-unsafe", "item-swallowed",
    ),
    "facts": ("fact-unknown", "fact-expired", "fact-unverified", "source-unknown"),
    "languages": (
        "translation-missing", "translation-stale", "translation-structure", "translation-numbers",
        "mixed-language", "glossary-avoid", "glossary-pair", "reading-level",
    ),
    "people": ("personal-data", "photo-place", "small-count", "quote-without-consent", "totals-mismatch"),
    "waivers": ("waiver-unknown", "waiver-unneeded", "waiver-expired"),
    "paper": (
        "handout-overflow", "plan-overflow", "paper-overflow", "paper-overhang", "glyph-missing", "alt-missing",
        "paper-warning",
    ),
}  # fmt: skip
WARNINGS = {
    "fact-expired", "image-too-large", "item-swallowed", "photo-place", "waiver-unneeded",
    "translation-missing", "translation-stale",
}  # fmt: skip
# Nothing excuses what could hurt a reader or somebody who is written about, nor what cannot be read at all.
NEVER_WAIVED = {*RULES["reading"], *RULES["waivers"], "html-unsafe", "link-unsafe", "asset-outside"} | {
    "small-count", "quote-without-consent"
}  # fmt: skip
ADVICE = {"mixed-language", "glossary-avoid", "glossary-pair", "reading-level"}


class Place(NamedTuple):
    """A place in a file; line and column count from 1, columns in characters."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, order=True)
class Problem:
    """`variant` names the wording under the rule in the catalogue, `values` fill it, `near` was perhaps meant."""

    path: str
    line: int
    column: int
    rule: str
    variant: str
    values: tuple[tuple[str, str], ...] = ()
    near: str = ""

    @property
    def severity(self) -> Severity:
        return "warning" if self.rule in WARNINGS else "advice" if self.rule in ADVICE else "error"

    def message(self, w: Words) -> str:
        """One sentence that says what is wrong, and what was perhaps meant."""
        text = w(f"problem.{self.rule}.{self.variant}", **dict(self.values))
        return f"{text} {w('did-you-mean', near=self.near)}" if self.near else text

    def fix(self, w: Words) -> str:
        """What to do; where there is one, the very text to put there."""
        if self.near:
            return w("fix-near", near=self.near)
        return w(f"problem.{self.rule}.{self.variant}.fix", **dict(self.values))


def problem(path: str, place: tuple[int, int], rule: str, variant: str, near: str = "", **values: object) -> Problem:
    """A problem at `place` (line, column) of the file `path`, which is relative to the root."""
    return Problem(shown(path), *place, rule, variant, tuple((key, str(value)) for key, value in values.items()), near)


def shown(path: str) -> str:
    """A path as it can be printed: signs that nobody sees, or that turn the writing round, stand as \\u202e."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in path)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or "". No-break spaces, case and accents of typing do not count."""
    by_folded = {fold(candidate): candidate for candidate in known}
    found = get_close_matches(fold(name), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def fold(name: str) -> str:
    return name.replace("\xa0", " ").strip().casefold().replace("_", "-")


def as_text(problems: Sequence[Problem], w: Words) -> str:
    """`path:line:column: message [rule]`, and under it the fix."""
    lines: list[str] = []
    for p in problems:
        lines.append(f"{p.path}:{p.line}:{p.column}: {w('severity.' + p.severity)}: {p.message(w)} [{p.rule}]")
        lines += [f"    {line}" for line in p.fix(w).splitlines()]
    return "\n".join(lines)


def as_json(problems: Sequence[Problem], w: Words) -> str:
    """An array of objects, one a problem."""
    keys = ("path", "line", "column", "rule", "severity")
    rows = [{**{key: getattr(p, key) for key in keys}, "message": p.message(w), "fix": p.fix(w)} for p in problems]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_markdown(problems: Sequence[Problem], *languages: Words) -> str:
    """A checklist for a pull request, one list a language, grouped by rule with the rule explained once."""
    parts: list[str] = []
    for w in languages:
        parts.append(f"## {w('summary', n=len(problems))}\n")
        for rule in sorted({p.rule for p in problems}):
            parts.append(f"### {w(f'rule.{rule}.title')} `{rule}`\n\n{w(f'rule.{rule}.why')}\n")
            for p in problems:
                if p.rule == rule:
                    fix = p.fix(w).replace("\n", "\n        ")
                    parts.append(f"- [ ] `{p.path}:{p.line}:{p.column}` {p.message(w)}\n\n        {fix}\n")
    return "\n".join(parts)


# The forge shows ten annotations a step and drops the rest in silence; nine leave room for the line that says so.
ANNOTATIONS = 9


def as_github(problems: Sequence[Problem], w: Words) -> str:
    """Workflow commands that the forge shows beside the lines of a pull request."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: object) -> str:
        return escape(str(text)).replace(":", "%3A").replace(",", "%2C")

    lines = []
    for p in sorted(problems, key=lambda p: (p.severity != "error", p))[:ANNOTATIONS]:
        level = {"error": "error", "warning": "warning", "advice": "notice"}[p.severity]
        where = f"file={attribute(p.path)},line={p.line},col={p.column},title={attribute(p.rule)}"
        lines.append(f"::{level} {where}::{escape(p.message(w) + chr(10) + p.fix(w))}")
    if len(problems) > ANNOTATIONS:
        lines.append(w("more-in-summary", n=len(problems) - ANNOTATIONS))
    return "\n".join(lines)
