"""Blocks of results that several pages share: figures, the picture before and after, answers, agreements, voices."""

from __future__ import annotations

import re

from markupsafe import Markup

from curriculum.before_after import before_after, measured
from curriculum.evaluation import Summary
from curriculum.results import options
from curriculum.session import Session
from curriculum.site.draft import Draft
from curriculum.site.grid import FEW, Line, count
from curriculum.site.voice import Voice, language_of
from curriculum.table import percent
from curriculum.tally import count as answered
from curriculum.tally import money, session_organisations, share
from curriculum.words import Words


def figures(found: Summary, w: Words) -> list[tuple[str, str]]:
    """How many sessions, people, organisations; who came; what it cost."""
    rows = [
        (w("results.figure.sessions"), w.number(len(found.sessions))),
        (w("results.figure.people"), count(found.people, w)),
        (w("results.figure.organisations"), w.number(len(found.organisations))),
    ]
    if found.genders:
        said = [w(f"results.gender.{name}", n=number) for name, number in found.genders.items()]
        rows.append((w("results.figure.genders"), w.join(said)))
    if found.cost:
        amount, currency, _ = found.cost
        rows.append((w("results.figure.cost"), money(amount, currency, w)))
    return rows


def answers(draft: Draft, found: Summary, name: str = "", level: int = 2) -> None:
    """What people answered: a picture before and after, then everything else that was asked, each with its n.

    `name` keeps the anchors of several such blocks on a page apart.
    """
    w = draft.w
    rows = measured(found)
    if not found.measures:
        draft.add(draft.part("say", text=w("results.none"), kind=""))
        return
    both = [row for row in rows if row.before and row.after]
    if both:
        lines = [
            Line(
                (
                    f"{row.question.id} {row.question.text[w.lang]}",
                    share(row.before, w), answered(row.before, w), share(row.after, w), answered(row.after, w),
                )
            )
            for row in both
        ]  # fmt: skip
        columns = [w(f"results.column.{key}") for key in ("question", "before", "n-before", "after", "n-after")]
        draft.add(
            draft.part(
                "figure",
                title=w("chart.results.title"),
                read=w("results.note"),
                chart=Markup(_named(before_after(both, w), f"results{name}")),
                header=columns,
                lines=lines,
                invented=found.illustrative,
                kind="ways",
            )
        )
    others = _others(found, w)
    if others:
        columns = [w(f"results.column.{key}") for key in ("question", "answers", "n")]
        caption = w("results.others")
        draft.add(
            draft.part("grid", caption=caption, header=columns, lines=others, invented=found.illustrative, kind="told")
        )


def _others(found: Summary, w: Words) -> list[Line]:
    """Questions asked once: the highest two levels, the expected answer, each choice, the number."""
    lines = []
    for name, moments in found.measures.items():
        question = found.questions[name]
        for moment in ("after", "later"):
            tally = moments.get(moment)
            if tally is None or (moment == "after" and "before" in moments):
                continue
            text = f"{name} {question.text[w.lang]}"
            if question.scale == "levels":
                said = w("results.high", share=share(tally, w))
            elif question.scale == "number":
                said = w("results.sum", sum=w.number(tally.sum))
            elif question.options:
                named = zip(options(question, w), tally.counts, strict=False)
                said = "; ".join(f"{label}: {_told(number, tally.n, w)}" for label, number in named if number)
            else:
                said = w("results.as-expected", share=percent(tally.counts[-1] / tally.n, w))
            lines.append(Line((text, said, w.number(tally.n))))
    return lines


def _told(number: int, n: int, w: Words) -> str:
    """The share that an answer has, unless so few gave it that it shows who."""
    return w("site.count.few") if 0 < number < FEW else percent(number / n, w)


def _named(svg: str, name: str) -> str:
    """A chart whose title and description have ids of their own on the page."""
    svg = svg.replace("<title>", f'<title id="m-{name}-title">', 1).replace("<desc>", f'<desc id="m-{name}-desc">', 1)
    names = f'aria-labelledby="m-{name}-title" aria-describedby="m-{name}-desc"'
    return re.sub(r'role="img"', f'role="img" {names}', svg, count=1)


def quotes(draft: Draft, found: Summary, most: int) -> None:
    """What people said, with their permission; the newest sessions first."""
    voices = [voice(draft, found.sessions[name], said.text, said.lang) for name, said in reversed(found.quotes[-most:])]
    if voices:
        draft.add(draft.part("evidence", voices=voices))


def voice(draft: Draft, one: Session, text: dict[str, str], spoken: str) -> Voice:
    lang = next(code for code in (draft.lang, spoken, *text) if code in text)
    return Voice(
        kind="quote",
        text=text[lang],
        lang=lang,
        translated_from="" if lang == spoken else language_of(spoken, draft.w),
        sectors=session_organisations(draft.desk.library, one, draft.w),
        illustrative=one.illustrative,
    )


def stories(draft: Draft, found: Summary) -> None:
    """Stories of change; those chosen as most significant say by what."""
    w = draft.w
    told = [
        (
            voice(draft, found.sessions[name], story.text, story.lang),
            w("results.story.chosen", why=story.why[w.lang]) if story.chosen and w.lang in story.why else "",
        )
        for name, story in found.stories
    ]
    if told:
        draft.add(draft.part("stories", stories=told))


def left_behind(draft: Draft, found: Summary) -> None:
    """Who could not come, and why."""
    w = draft.w
    lines = [text[w.lang] for _, text in found.absent if w.lang in text]
    why = [(w(f"site.barrier.{name}"), w("results.barrier", n=number)) for name, number in found.barriers]
    if lines:
        draft.add(draft.part("points", points=[("", line) for line in dict.fromkeys(lines)]))
    if why:
        draft.add(draft.part("say", text=w("results.barriers"), kind=""), draft.part("points", points=why))
