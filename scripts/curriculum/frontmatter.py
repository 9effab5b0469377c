"""Files of people into text and data, with the place of every scalar; bad input becomes problems, never a traceback."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from curriculum.problem import START, Place, Problem, problem

Path_: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

# libyaml is ten times faster; the pure reader gives the same events where a wheel lacks it.
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MAX_BYTES = 1_000_000
MAX_PAGE = 250_000  # a guide of forty pages has 60,000
MAX_DEPTH = 12
# A paragraph or table without a blank line, and how often one sign of Markdown may stand in it and on a page. The
# longest that anybody wrote has 4,100 letters and 128 asterisks; what is far beyond takes minutes to turn into a page.
MAX_BLOCK, MAX_SIGNS, MAX_SIGNS_ON_PAGE = 10_000, 250, 4_000
SIGNS = "[]{}<`*!\\"
BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
FENCE = re.compile(r"---[ \t]*\n")
CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
# Characters that no editor shows: those YAML refuses or takes for an end of line, those that turn the direction of
# writing so that a reader sees another text than a machine, and those of no width that hide what stands between them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Document:
    """A file's data, where each value and each key of it stands, and the text after the front matter."""

    path: str
    data: Data = None
    values: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def place(self, *where: str | int, key: bool = False) -> Place:
        """The place of a value (or of its key); of the nearest thing around it where it does not exist.

        Parts of `where` that are not in the file are passed over, since the model may group what the file does not.
        """
        found: Path_ = ()
        for part in where:
            if (*found, part) in self.values:
                found = (*found, part)
        if key and found in self.keys:
            return self.keys[found]
        return self.values.get(found, START)


def read_text(file: Path, path: str) -> tuple[str, list[Problem]]:
    """The text of a file, line ends made one; "" with problems where it is not UTF-8 text."""
    try:
        most = MAX_PAGE if file.suffix == ".md" else MAX_BYTES
        if (size := file.stat().st_size) > most:
            values = {"size": f"{size / 1e6:.2g}", "most": f"{most / 1e6:.2g}"}
            return "", [problem(path, START, "encoding", "too-large", **values)]
        raw = file.read_bytes()
    except OSError as error:
        return "", [problem(path, START, "encoding", "unreadable", reason=error.strerror or error)]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [problem(path, START, "encoding", "utf-16")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return "", [problem(path, place_in(before), "encoding", "not-utf-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := INVISIBLE.search(text):
        code = f"U+{ord(found[0]):04X}"
        return "", [problem(path, place_in(text[: found.start()]), "encoding", "invisible", code=code)]
    return text, []


def place_in(before: str) -> Place:
    """The place right after the text `before`."""
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def read_yaml(file: Path, path: str) -> tuple[Document, list[Problem]]:
    """A file that is YAML from its first line to its last."""
    text, problems = read_text(file, path)
    if problems:
        return Document(path), problems
    data, values, keys, problems = compose(text, path)
    return Document(path, data, values, keys), problems


def read_page(file: Path, path: str) -> tuple[Document, list[Problem]]:
    """A Markdown file that starts with metadata between two lines of ---."""
    text, problems = read_text(file, path)
    return (Document(path), problems) if problems else page_of(text, path)


def page_of(text: str, path: str) -> tuple[Document, list[Problem]]:
    """The text of such a file, from wherever it comes."""
    opening = FENCE.match(text)
    if not opening:
        blank = len(text) - len(text.lstrip())
        variant = "blank-first" if FENCE.match(text, blank) else "no-front-matter"
        return Document(path, body=text), [problem(path, START, "yaml-syntax", variant)]
    closing = CLOSE.search(text, opening.end())
    if not closing:
        return Document(path), [problem(path, START, "yaml-syntax", "unclosed-front-matter")]
    # The opening line stays, so that YAML counts the file's own lines.
    data, values, keys, problems = compose(text[: closing.start()], path)
    body, body_line = text[closing.end() :], text.count("\n", 0, closing.end()) + 1
    if (start := crowded(body)) >= 0:
        problems.append(problem(path, (body_line + body.count("\n", 0, start), 1), "encoding", "too-dense"))
        body = ""
    return Document(path, data, values, keys, body, body_line), problems


def crowded(body: str) -> int:
    """Where a text begins to be no text that anybody wrote, but one that keeps a machine busy; -1 if it is one."""
    # Few signs on the whole page are few in each paragraph, and are not counted there.
    many = [sign for sign in SIGNS if body.count(sign) > MAX_SIGNS]
    if not many and max(map(len, body.split("\n\n"))) <= MAX_BLOCK:
        return -1
    seen = dict.fromkeys(many, 0)
    for block in BLOCK.finditer(body):
        if block.end() - block.start() > MAX_BLOCK:
            return block.start()
        for sign in many:
            count = body.count(sign, *block.span())
            seen[sign] += count
            if count > MAX_SIGNS or seen[sign] > MAX_SIGNS_ON_PAGE:
                return block.start()
    return -1


def compose(text: str, path: str) -> tuple[Data, dict[Path_, Place], dict[Path_, Place], list[Problem]]:
    """YAML text as plain text, lists and mappings, with the place of every value and key.

    Every scalar stays text (no Norway problem, no sexagesimal minutes); anchors, aliases, tags and duplicate keys are
    problems, so that what is read is what is written and no input can grow.
    """
    values: dict[Path_, Place] = {}
    keys: dict[Path_, Place] = {}
    problems: list[Problem] = []
    root: list[Data] = []
    stack: list[_Open] = []
    documents = 0

    def note(event: Any, rule: str, variant: str, **more: str) -> None:
        problems.append(problem(path, _place(event.start_mark), rule, variant, **more))

    def add(value: Data, event: Any) -> None:
        """Put a value where it belongs and note its place."""
        if not stack:
            root.append(value)
            values[()] = _place(event.start_mark)
            return
        values[stack[-1].put(value)] = _place(event.start_mark)

    loader = Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.ScalarEvent):  # most of them are
                if event.anchor:
                    note(event, "yaml-feature", "anchor")
                if event.tag:
                    note(event, "yaml-feature", "tag", tag=event.tag)
                said = event.value
                if len(said) > MAX_SIGNS and crowded(said) >= 0:
                    note(event, "encoding", "too-dense")
                    said = ""
                top = stack[-1] if stack else None
                if top and top.waits_for_key:
                    where = (*top.path, said)
                    if said in top.names:
                        note(event, "yaml-feature", "duplicate-key", name=said)
                    top.open_key(said)
                    keys[where] = _place(event.start_mark)
                else:
                    # An empty value counts as absent, so that a template may ship blank optional fields.
                    add(said if said or event.style else None, event)
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    note(event, "yaml-syntax", "second-document")
                    break
            if getattr(event, "anchor", None):
                note(event, "yaml-feature", "alias" if isinstance(event, yaml.AliasEvent) else "anchor")
            if getattr(event, "tag", None):
                note(event, "yaml-feature", "tag", tag=event.tag)
            if isinstance(event, yaml.AliasEvent):
                if stack and stack[-1].waits_for_key:
                    note(event, "yaml-syntax", "key-not-text")
                    break
                add(None, event)
            elif isinstance(event, yaml.CollectionStartEvent):
                if stack and stack[-1].waits_for_key:
                    note(event, "yaml-syntax", "key-not-text")
                    break
                if len(stack) >= MAX_DEPTH:
                    note(event, "yaml-syntax", "too-deep")
                    break
                value: Data = {} if isinstance(event, yaml.MappingStartEvent) else []
                add(value, event)
                stack.append(_Open(value, (*stack[-1].path, stack[-1].last) if stack else ()))
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
    except yaml.YAMLError as error:
        problems.append(_syntax(error, text, path))
    finally:
        loader.dispose()
    broken = any(p.rule == "yaml-syntax" for p in problems)
    return (None if broken or not root else root[0]), values, keys, problems


class _Open:
    """A list or mapping that is being filled."""

    def __init__(self, value: Any, path: Path_) -> None:
        self.value = value
        self.path = path
        self.names: set[str] = set()
        self.key: str | None = None
        self.last: str | int = ""

    @property
    def waits_for_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None

    def open_key(self, name: str) -> None:
        self.names.add(name)
        self.key = name

    def put(self, value: Data) -> Path_:
        if isinstance(self.value, dict):
            assert self.key is not None
            self.last = self.key
            self.value[self.key] = value
            self.key = None
        else:
            self.last = len(self.value)
            self.value.append(value)
        return (*self.path, self.last)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _syntax(error: yaml.YAMLError, text: str, path: str) -> Problem:
    """The commonest accidents by name, with the line to paste; any other with the reader's own words left out.

    The reader often notices only on the next line, so the line before and the one where it began are looked at too.
    """
    if not isinstance(error, yaml.MarkedYAMLError) or not (mark := error.problem_mark or error.context_mark):
        return problem(path, START, "yaml-syntax", "other")
    context = error.context_mark or mark
    lines = text.split("\n")
    rows = [min(row, len(lines) - 1) for row in (context.line, max(mark.line - 1, 0), mark.line)]
    for accident in (_tab, _quote, _bracket, _sign, _colon):
        for row in dict.fromkeys(rows):
            if found := accident(lines[row]):
                column, variant, values = found
                return problem(path, (row + 1, column), "yaml-syntax", variant, "", **values)
    row = min(mark.line, len(lines) - 1)
    return problem(path, (row + 1, mark.column + 1 if row == mark.line else 1), "yaml-syntax", "other")


# Each of these looks at one line and gives (column, wording, values) where its accident is there.
_Accident: TypeAlias = "tuple[int, str, dict[str, str]] | None"
PAIR = re.compile(r"(\s*(?:- )?[\w-]+:\s+|\s*- )(\S.*?)\s*$")


def _tab(line: str) -> _Accident:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return (indent.index("\t") + 1, "tab", {"line": line.expandtabs(2)}) if "\t" in indent else None


def _quote(line: str) -> _Accident:
    pair = PAIR.match(line)
    if not pair or pair[2][0] not in "\"'":
        return None
    whole = re.fullmatch(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""", re.sub(r"\s+#.*", "", pair[2]))
    return None if whole else (len(pair[1]) + 1, "quote", {"line": _quoted(pair)})


def _bracket(line: str) -> _Accident:
    pair = PAIR.match(line)
    if (
        not pair
        or pair[2][0] not in "[{"
        or pair[2].count("[") + pair[2].count("{") == len(re.findall("[]}]", pair[2]))
    ):
        return None
    closing = "]" if pair[2][0] == "[" else "}"
    return len(pair[1]) + 1, "bracket", {"line": line.rstrip() + closing, "sign": closing}


def _sign(line: str) -> _Accident:
    pair = PAIR.match(line)
    if not pair or pair[2][0] not in "@`%*&!|>?":
        return None
    return len(pair[1]) + 1, "first-character", {"character": pair[2][0], "line": _quoted(pair)}


def _colon(line: str) -> _Accident:
    pair = PAIR.match(line)
    if not pair or pair[2][0] in "\"'[{" or not (": " in pair[2] or pair[2].endswith(":")):
        return None
    return len(pair[1]) + 1, "colon", {"line": _quoted(pair)}


def _quoted(pair: re.Match[str]) -> str:
    inner = pair[2].strip("\"'").replace("\\", "\\\\").replace('"', '\\"')
    return f'{pair[1]}"{inner}"'
