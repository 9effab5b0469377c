"""The facts that a text cites: their numbers in it, and the list of them with their sources."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.amount import lapsed, lapsing
from curriculum.library import Library
from curriculum.markdown import Mark
from curriculum.model import Fact, Source
from curriculum.translation import Section, entry
from curriculum.words import words


@dataclass(frozen=True)
class CitedFact:
    """A fact with the number it is cited by on this page (1, 2, … in order of first citation)."""

    number: int
    fact: Fact
    text: str
    sources: tuple[tuple[Source, str], ...]  # each with its article, or ""
    pending: bool  # every citation of it on this page says that it is past its review
    behind: Section | None = None  # its text changed in another language after both were compared


class Citations:
    """Numbers the facts of a page in the order in which they are first cited."""

    def __init__(self, library: Library, lang: str) -> None:
        self.library = library
        self.lang = lang
        self.numbers: dict[str, int] = {}
        self.settled: set[str] = set()

    def mark(self, citation: Mark) -> str:
        """The citation's number, linked to the fact in the page's list; for a pending one, also the date."""
        name, w = citation.name, words(self.lang)
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        label = w("cite.label", n=number)
        if not citation.rest:
            self.settled.add(name)
        html = f'<sup class="cite"><a href="#fact-{name}" aria-label="{label}">{number}</a></sup>'
        if citation.rest and name in self.library.facts:
            date = w.date(self.library.facts[name].valid_as_of)
            # The styles leave it out of words to be read aloud, which carry their date themselves.
            html += f'<span class="pending"> ({w("cite.pending", date=date)})</span>'
        elif (until := self.library.lapsing.get(name)) and until < self.library.today:
            html += f'<span class="pending"> ({w("cite.lapsed")})</span>'
        return html

    def revise(self, text: str) -> str:
        """The text with its amounts of money as they are to be shown today."""
        return lapsing(text, self.library.lapsing, self.library.today)

    def facts(self) -> tuple[CitedFact, ...]:
        found = []
        for name, number in self.numbers.items():
            if fact := self.library.facts.get(name):
                sources = tuple(
                    (self.library.sources[one.id], one.article or "")
                    for one in fact.sources
                    if one.id in self.library.sources
                )
                pending = name not in self.settled
                text = fact.text[self.lang]
                if until := self.library.lapsing.get(name):
                    text = lapsed(text, until, self.library.today)
                behind = entry(self.library, "facts", name, self.lang)
                found.append(CitedFact(number, fact, text, sources, pending, behind))
        return tuple(found)
