"""An existing manual, as it was written elsewhere: chapters of Markdown, pictures, and what could not be placed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from curriculum.markdown import plain
from curriculum.picture import bare

# Pictures of a manual may hold this many points together; each is opened once, and a file of a few kB can hold many.
POINTS = 200_000_000
PRIVATE = 0xE000  # where Unicode leaves room for signs of one's own; `tidy` has taken out all others


class Unreadable(Exception):
    """The file cannot be read as a manual. `key` names the sentence that says why, `values` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Left(NamedTuple):
    """Something that could not be placed: its kind, its first words, and where it was.

    In a text file that is a line; in a document a heading and the number of the paragraph below it.
    """

    kind: str
    text: str
    title: str = ""
    paragraph: int = 0
    line: int = 0


@dataclass
class Chapter:
    """A heading and the blocks of Markdown below it, up to the next. Level 0 is what stands before the first."""

    level: int
    title: str
    blocks: list[str] = field(default_factory=list)


@dataclass
class Manual:
    """What a reader made of the file. `title` is empty where the document names none of its own."""

    title: str = ""
    chapters: list[Chapter] = field(default_factory=lambda: [Chapter(0, "")])
    pictures: dict[str, bytes] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    points: int = 0
    names: dict[str, str] = field(default_factory=dict)  # of pictures, by where they were

    def picture(self, source: str, content: bytes) -> str:
        """Keep a picture and answer the name of its file, or "" where it is none that site and paper can show."""
        if source not in self.names:
            found = bare(content, POINTS - self.points)
            self.points += found.points if found else 0
            self.names[source] = self.keep(found.suffix, found.content) if found else ""
        return self.names[source]

    def keep(self, suffix: str, content: bytes) -> str:
        """Keep a picture as it is, under the name that is answered."""
        name = f"imagen-{len(self.pictures) + 1}{suffix}"
        self.pictures[name] = content
        return name

    @property
    def length(self) -> int:
        """Letters in all."""
        return sum(len(text) for one in self.chapters for text in (one.title, *one.blocks))


def tidy(text: str) -> str:
    """Text without characters that show nothing, turn the direction of writing, or belong to one font alone."""
    return "".join(
        " " if sign in "\t\x0b\x0c\u2028\u2029" else sign
        for sign in unicodedata.normalize("NFC", text)
        if sign in "\n\t\x0b\x0c\u200d" or unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )


def escaped(text: str) -> str:
    """Words as Markdown that shows them, inside a line; underscores in a row stay a place to write on.

    No entities but these two, since the sanitiser writes every other as its sign and would find a difference. What
    Markdown has no way to show as words is changed a little: a space between the brackets of what looks like a link,
    round brackets for braces that look like attributes.
    """
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")
    text = re.sub(r"\{([^{}\n]*=[^{}\n]*)\}?", r"(\1)", text)
    text = re.sub(r"\](?=[(\[:])", "] ", re.sub(r"\[(?=[@!^])", "[ ", text))
    text = re.sub(r"[\\*`{}]", r"\\\g<0>", text)
    return re.sub(r"(?<!_)_{1,2}(?!_)", lambda found: found[0].replace("_", "\\_"), text)


def begun(line: str) -> str:
    """A line of Markdown whose first sign must not make a heading, quotation, list or rule of it."""
    line = re.sub(r"^(\d+)\.(?=\s)", r"\1\\.", line)
    return re.sub(r"^(?:[#>+]|-(?=\s|-)|=(?=[= ]*$)|\|)", r"\\\g<0>", line)


def shown(markdown: str) -> str:
    """What a reader sees of one block of the Markdown above."""
    # Signs that stand for themselves are put out of the way of those that mark something.
    hidden = re.sub(r"\\([\\`*_{}\[\]()#+.!|>=-])", lambda sign: chr(PRIVATE + ord(sign[1])), markdown)
    return re.sub(r"[\ue000-\ue07f]", lambda sign: chr(ord(sign[0]) - PRIVATE), plain(hidden.replace("<br>", " ")))
