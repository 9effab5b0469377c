"""The work that waits for translators: a task is a text to be brought up to date or compared in one language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from curriculum.library import Library, every_text
from curriculum.lock import Record
from curriculum.markdown import CITATION
from curriculum.translation import Section, State, every_section

ORDER: tuple[State, ...] = ("ahead", "both", "only", "never")


@dataclass(frozen=True)
class Task:
    """What is to be done in one language on a module with its handouts, on a page or on a data file.

    `since` is the oldest day on which a section was found equal, None where one never was; `uses` is how often the text
    is used: sessions with a module, texts that cite a fact.
    """

    name: str  # what the command line calls it: the module's id, docs/about, data/facts
    lang: str
    sections: tuple[Section, ...]
    since: date | None
    uses: int
    live: bool

    @property
    def states(self) -> dict[State, int]:
        """How many sections are in each state, the worst first."""
        counts = Counter(one.state for one in self.sections)
        return {state: counts[state] for state in ORDER if counts[state]}

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.sections)

    @property
    def stale(self) -> bool:
        """Whether readers hold an older text, not only one that nobody compared."""
        return any(one.state != "never" for one in self.sections)

    def urgency(self, today: date) -> tuple[bool, bool, int, int, str, str]:
        """What is read and behind comes first; then what waits longest, its days counted once for each use more."""
        days = (today - self.since).days if self.since else 0
        return (not self.live, not self.stale, -(days + 1) * (1 + self.uses), -self.uses, self.name, self.lang)


def tasks(library: Library) -> list[Task]:
    """Everything to be done, the oldest and most used first. What nobody reads (drafts, retired modules) comes last."""
    groups: dict[tuple[str, str], list[Section]] = {}
    for one in every_section(library):
        if one.state != "equal":
            # Sections that both changed, or that nobody compared, are worked on in the language that came second.
            lang = one.behind[-1] if one.behind else one.pair[1]
            groups.setdefault((one.unit.module or one.unit.label, lang), []).append(one)
    if not groups:
        return []
    counted = uses(library)
    live = {module.id for module in library.live}
    found = []
    for (name, lang), some in groups.items():
        unit = some[0].unit
        days = [one.since for one in some]
        since = None if None in days else min(day for day in days if day)
        used = [(unit.name, one.key) for one in some] if unit.kind == "data" else [("", name)]
        live_now = not unit.module or unit.module in live
        found.append(Task(name, lang, tuple(some), since, max(counted[each] for each in used), live_now))
    return sorted(found, key=lambda task: task.urgency(library.today))


def uses(library: Library) -> Counter[tuple[str, str]]:
    """How often each text is used, by data file ("" for modules) and id: sessions with a module, live
    texts that cite a fact, live modules that use a question, a material, a theme, an icebreaker."""
    counted: Counter[tuple[str, str]] = Counter()
    for session in library.sessions.values():
        counted.update(("", name) for name in session.modules)
    live = {module.id for module in library.live}
    cited: set[tuple[str, str]] = set()
    for page, _, module in every_text(library):
        if module is None or module.id in live:
            # A text in two languages is one text. No full scan: it is all that is wanted of it.
            stem = page.path.split(".")[0]
            cited.update((citation[1], stem) for citation in CITATION.finditer(page.document.body))
    counted.update(("facts", name) for name, _ in cited)
    for module in library.live:
        meta = module.meta
        counted.update(("questions", name) for name in meta.questions)
        counted.update(("materials", need.id) for need in meta.materials)
        counted.update(("themes", name) for name in meta.themes)
        counted.update(("sectors", name) for name in meta.sectors)
        counted.update(("icebreakers", step.icebreaker) for step in meta.steps if step.icebreaker)
    return counted


def restamped(library: Library) -> list[tuple[Section, Record]]:
    """Sections that were declared equal although one of the texts had not changed, with the record that says why."""
    return [(one, one.record) for one in every_section(library) if one.record and one.record.unchanged]
