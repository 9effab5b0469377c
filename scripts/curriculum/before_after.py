"""A picture of answers before and after: an empty and a full ring between none and all; a table stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.chart import WIDTH, drawing, label, wrapped
from curriculum.evaluation import Summary, Tally
from curriculum.model import Question
from curriculum.words import Words

LEFT, RIGHT = 8, WIDTH - 8  # where none and all of the answers are
RING = 7  # radius


@dataclass(frozen=True)
class Measured:
    """A question with levels, and its answers at each moment; None where there is no data."""

    question: Question
    before: Tally | None
    after: Tally | None
    later: Tally | None


def measured(found: Summary) -> list[Measured]:
    """The questions with levels that at least five people answered, in the order of the bank."""
    rows = []
    for name, moments in found.measures.items():
        question = found.questions[name]
        if question.scale == "levels":
            rows.append(Measured(question, moments.get("before"), moments.get("after"), moments.get("later")))
    return rows


def before_after(rows: Sequence[Measured], w: Words) -> str:
    """The questions asked before and after, each on a line of its own with both shares and both n."""
    both = [(row.question, row.before, row.after) for row in rows if row.before and row.after]
    parts: list[str] = []
    top = 8
    for question, before, after in both:
        lines = wrapped(f"{question.id} {question.text[w.lang]}", 52)
        for number, text in enumerate(lines):
            parts.append(label(0, top + 14 + number * 15, text, 12.5, bold=True))
        line = top + 14 * len(lines) + 34
        # The line stops at the empty ring: it is empty on any ground, light, dark or paper.
        hole = _place(before)
        way = f"M{LEFT} {line}H{max(LEFT, hole - RING):.1f}M{min(RIGHT, hole + RING):.1f} {line}H{RIGHT}"
        parts.append(f'<path d="{way}" stroke="currentColor" stroke-width="1"/>')
        for x in (LEFT, (LEFT + RIGHT) / 2, RIGHT):
            parts.append(f'<path d="M{x:.1f} {line - 4}V{line + 4}" stroke="currentColor" stroke-width="1"/>')
        parts += _mark(before, line, line - 12, "none", w("chart.before"), w)
        parts += _mark(after, line, line + 25, "currentColor", w("chart.after"), w)
        top = line + 40
    return drawing(WIDTH, top, w("chart.results.title"), w("chart.results.desc"), parts)


def _place(tally: Tally) -> float:
    """Where on the line a share is."""
    return LEFT + (RIGHT - LEFT) * (tally.top or 0.0)


def _mark(tally: Tally, line: int, text: int, fill: str, moment: str, w: Words) -> list[str]:
    """A ring at the share, and beside the line what it says."""
    share, x = tally.top or 0.0, _place(tally)
    said = w("chart.share", moment=moment, share=w.number(share * 100, 0), n=w.number(tally.n))
    anchor = "start" if share < 0.34 else "end" if share > 0.66 else "middle"
    ring = f'<circle cx="{x:.1f}" cy="{line}" r="{RING}" fill="{fill}" stroke="currentColor" stroke-width="2.5"/>'
    return [ring, label(min(max(x, LEFT), RIGHT), text, said, 11.5, anchor=anchor)]
