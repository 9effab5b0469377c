"""How easy a text is to read: a figure from 0 to 100, where more is easier, and the sentences that make it hard.

Spanish: the perspicuity of Szigriszt Pazos (1993) on the INFLESZ scale of Barrio Cantalejo (2008), which was made for
papers that patients read; it is Fernández Huerta's formula with other numbers. English: Flesch's reading ease (1948).
Both are a - b × syllables a word - c × words a sentence; the numbers, and what counts as a syllable, stand in the
catalogue of each language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from curriculum.numerals import bare
from curriculum.tongue import paragraphs
from curriculum.words import Words

LEAST = 40  # words; the formula says nothing of a handful
EASY = 65  # a sheet that is read alone is "fairly easy" or better
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
END = re.compile(r"(?<=[.!?…:])[\"”’)]*\s+")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?")
SIGNS = re.compile(r"<[^<>]*>|\[[ xX]\]|\[!\w[\w-]*\]|_{2,}|[#>|*`]|^[ \t]*(?:[-+]|\d{1,3}[.)])[ \t]", re.MULTILINE)
BEFORE = re.compile(r" (?=[.,;:?!])")  # what a citation leaves before a stop


@dataclass(frozen=True)
class Legibility:
    """`score` is 0 to 100, outside it only for very short or long sentences; `hardest` are at most three of them."""

    score: float
    words: int
    hardest: tuple[str, ...]

    @property
    def band(self) -> int:
        """0 very easy, 1 fairly easy, 2 normal, 3 fairly hard, 4 very hard, as INFLESZ parts them."""
        return sum(self.score <= limit for limit in (80, 65, 55, 40))


def legibility(text: str, w: Words) -> Legibility | None:
    """The figure of a Markdown text; None for a few words, and where the language has no formula of its own."""
    if "legibility.formula" not in w.texts:
        return None
    patterns = tuple(w(f"legibility.{name}") for name in ("vowels", "hiatus", "silent"))
    said = []  # each sentence with its words and syllables
    for sentence in sentences(text):
        if names := WORD.findall(sentence):
            said.append((sentence, len(names), sum(syllables(word.casefold(), *patterns) for word in names)))
    count = sum(length for _, length, _ in said)
    if count < LEAST:
        return None
    formula = tuple(float(part) for part in w("legibility.formula").split("|"))
    scored = sorted((_score(formula, length, spoken, 1), sentence) for sentence, length, spoken in said if length > 5)
    score = _score(formula, count, sum(spoken for _, _, spoken in said), len(said))
    return Legibility(score, count, tuple(sentence for _, sentence in scored[:3]))


def sentences(text: str) -> list[str]:
    """The sentences of a Markdown text as they are read: a list item or a cell ends one; drawings are not read."""
    found = []
    for _, paragraph in paragraphs(IMAGE.sub("", text).replace("<br>", "\n\n")):
        plain = BEFORE.sub("", " ".join(SIGNS.sub(" ", bare(paragraph)).split()))
        found += [piece for piece in END.split(plain) if piece]
    return found


def _score(formula: tuple[float, ...], count: int, spoken: int, said: int) -> float:
    """The figure of so many words with so many syllables in so many sentences."""
    a, b, c = formula
    return a - b * spoken / count - c * count / said


@cache
def syllables(word: str, vowels: str, hiatus: str, silent: str) -> int:
    """The syllables of a word: groups of vowels, one more where one parts, one less for an ending not spoken."""
    count = len(re.findall(vowels, word)) + len(re.findall(hiatus, word)) - bool(re.search(silent, word))
    return max(count, 1)
