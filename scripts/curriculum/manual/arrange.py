"""A manual arranged as a module: headings as steps with minutes, objectives, other sections in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from curriculum.manual import Chapter, Manual, Unreadable, escaped, shown
from curriculum.skeleton import Written, short_name
from curriculum.words import Words

STEPS = 60  # more headings than any session has steps
MINUTES = 90  # of a session whose length is said nowhere
LONGEST_STEP = 240
LETTERS = 500_000  # more than any module has

HOURS = (
    r"(?P<hours>\d{1,2})\s*(?:h|hrs?|horas?|hours?)\b\.?"
    r"(?:\s*(?:y|and a|and|con)?\s*(?:(?P<half>media|half)"
    r"|(?P<rest>\d{1,2})\s*(?:m|min|mins|minutos?|minutes?)?\b\.?))?"
)
PLAIN = r"(?:\d{1,3}\s*(?:-|–|a|to|y)\s*)?(?P<minutes>\d{1,3})\s*(?:(?:m|min|mins|minutos?|minutes?)\b\.?|['’′])"
TIME = re.compile(f"{HOURS}|{PLAIN}", re.IGNORECASE)
UNNAMED = "(?:" + re.sub(r"\?P<\w+>", "?:", TIME.pattern) + ")"
LABEL = r"(?:tiempo|duracion|duración|time|duration|length)(?:\s+\w+){0,2}\s*:?\s*"
# In a title the minutes stand in brackets, or after a sign at its end.
IN_TITLE = re.compile(
    rf"\s*[(\[]\s*(?:{LABEL})?{UNNAMED}\s*[)\]]|(?:\s*[–—:,·-]\s*|\s+)(?:{LABEL})?{UNNAMED}\s*$", re.IGNORECASE
)
IN_LINE = re.compile(rf"\W*{LABEL}{UNNAMED}\W*", re.IGNORECASE)
NUMBERED = re.compile(
    r"^(?:(?:paso|step|actividad|activity|momento|parte|part|sesi[oó]n)\s+)?\d+(?:\.\d+)*[.):–-]*\s+", re.IGNORECASE
)

# What sections are called that are no steps, without accents; the id of each is the same in every module.
ROLES = (
    ("objetivos", r"objetivos?\b|objectives?\b|goals?\b|aims?\b|propositos?\b|learning (?:outcomes|objectives)"),
    ("cuidado", r"cuidados?\b|seguridad y cuidado|care\b|safety\b"),
    ("preparacion", r"preparacion|antes de\b|materiales?\b|materials?\b|preparation|before\b|recursos\b|que se necesita"
                    r"|what you need|resources\b|equipment\b"),
    ("informacion", r"informacion|contexto|antecedentes|marco\b|introduccion|presentacion del|justificacion|background"
                    r"|introduction|key (?:information|ideas|messages)|overview|conceptos|ideas clave|mensajes clave"),
    ("adaptaciones", r"adapta|variantes|variations?\b"),
    ("despues", r"despues\b|seguimiento|after\b|follow.?up|next steps?\b|tareas?$"),
    ("fuentes", r"fuentes\b|bibliografia|referencias|sources\b|references|further reading|para saber mas|creditos"
                r"|agradecimientos|credits|acknowledge?ments"),
    ("anexos", r"anexos?\b|annex|apendice|appendi|hojas? (?:de|para)\b|handouts?\b"),
)  # fmt: skip
BEFORE = ("cuidado", "preparacion")
AFTER = ("informacion", "adaptaciones", "despues", "anexos", "fuentes")


@dataclass
class _Section:
    """A top heading with all that stands below it. `minutes` is 0 where they are said nowhere."""

    title: str
    role: str
    minutes: int
    chapters: list[Chapter]
    said: bool = True

    @property
    def weight(self) -> int:
        return 1 + sum(len(block.split()) for chapter in self.chapters for block in chapter.blocks)


@dataclass
class Arranged:
    """The module's text and its steps as (id, title, minutes, whether the document says them)."""

    page: Written
    steps: list[tuple[str, str, int, bool]]
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)  # what to look at, as keys of words


def arrange(manual: Manual, w: Words, name: str) -> Arranged:
    """The manual as a module in the language of `w`; `name` is its title where the document has none.

    Unreadable where there is no text, or more headings than a session has steps.
    """
    if manual.length > LETTERS:
        raise Unreadable("import.too-long", most=LETTERS)
    notes: list[tuple[str, dict[str, object]]] = []
    lead, *chapters = manual.chapters
    title = manual.title
    top = min((chapter.level for chapter in chapters), default=1)
    alone = [chapter for chapter in chapters if chapter.level == top]
    if len(alone) == 1 and chapters[0] is alone[0] and len(chapters) > 1:
        # One heading above all others is the title.
        title = title or shown(chapters[0].title)
        lead.blocks += chapters[0].blocks
        chapters = chapters[1:]
        top = min(chapter.level for chapter in chapters)
    if not title:
        notes.append(("import.note.title", {}))
    sections = list(_sections(chapters, top))
    if not any(block.strip() for section in manual.chapters for block in section.blocks) and not sections:
        raise Unreadable("import.empty")
    if len(sections) > STEPS:
        raise Unreadable("import.too-many", n=len(sections), most=STEPS)
    total = _taken(lead)
    summary, lead.blocks = _summary(lead.blocks)
    steps = [section for section in sections if not section.role]
    if not steps:
        steps = [section for section in sections if section.role in ("informacion", "anexos")]
        for section in steps:
            section.role = ""
    if not steps:
        steps = [_Section(w("import.one-step"), "", 0, [Chapter(top, "", lead.blocks)])]
        sections.append(steps[0])
        lead.blocks = []
        notes.append(("import.note.one-step", {}))
    objectives = [one for section in sections if section.role == "objetivos" for one in _items(section)]
    for section in [one for one in sections if one.role == "objetivos"]:
        # What is no sentence, such as a table, stays to be read.
        section.chapters[0].blocks = [block for one in section.chapters for block in one.blocks if block[0] in "|!"]
        section.role, section.chapters[1:] = "informacion" if section.chapters[0].blocks else "objetivos", []
    if not objectives:
        notes.append(("import.note.objectives", {}))
    if not summary:
        notes.append(("import.note.summary", {}))
    _share(steps, total, notes)
    ids: list[str] = []
    for section in steps:
        taken = [*ids, *(role for role, _ in ROLES)]
        ids.append(short_name(shown(section.title), taken, otherwise="paso"))
    page = Written(
        title=title or name,
        summary=summary or w("new.summary"),
        objectives=objectives or [w("new.objective")],
        body=_body(sections, dict(zip(map(id, steps), ids, strict=True)), lead, w),
    )
    told = [(name, shown(one.title), one.minutes, one.said) for name, one in zip(ids, steps, strict=True)]
    return Arranged(page, told, notes)


def _sections(chapters: Sequence[Chapter], top: int) -> Iterator[_Section]:
    section: _Section | None = None
    for chapter in chapters:
        if chapter.level > top and section:
            section.chapters.append(chapter)
            continue
        title = chapter.title
        minutes = 0
        if len(title) < 300 and (found := IN_TITLE.search(title)):
            minutes = _minutes(found[0])
            title = f"{title[: found.start()].rstrip(' –—:,·-')}{title[found.end() :]}".strip() or title
        title = NUMBERED.sub("", title) or title
        minutes = minutes or _taken(chapter)
        if section:
            yield section
        section = _Section(title, _role(title, minutes), minutes, [chapter])
    if section:
        yield section


def _role(title: str, minutes: int) -> str:
    """What a section is beside a step. Minutes make a step of anything but the objectives."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFD", shown(title).lower()) if not unicodedata.combining(sign)
    )
    role = next((role for role, pattern in ROLES if re.match(rf"(?:la |el |los |las |the )?(?:{pattern})", plain)), "")
    return role if role == "objetivos" or not minutes else ""


def _minutes(text: str) -> int:
    found = TIME.search(text)
    assert found
    if found["hours"]:
        return int(found["hours"]) * 60 + (30 if found["half"] else int(found["rest"] or 0))
    return int(found["minutes"])


def _taken(chapter: Chapter) -> int:
    """The minutes that a line of their own says; the line goes, since the tool prints them. 0 where there is none."""
    for block in chapter.blocks:
        if len(block) < 100 and (found := IN_LINE.fullmatch(shown(block))):
            chapter.blocks.remove(block)
            return _minutes(found[0])
    return 0


def _is_text(block: str) -> bool:
    return not re.match(r"[|>!]|-{3}|- |\d+\. |```|#", block)


def _summary(blocks: list[str]) -> tuple[str, list[str]]:
    """The first paragraph in at most three sentences, and what else stands before the first section."""
    for index, block in enumerate(blocks):
        text = shown(block)
        if not _is_text(block) or len(text) < 20:
            continue
        if len(text) <= 300:
            return text, blocks[:index] + blocks[index + 1 :]
        sentences = re.split(r"(?<=[.!?])\s+", text)
        short = sentences[0]
        for sentence in sentences[1:3]:
            if len(short) + len(sentence) < 300:
                short += f" {sentence}"
        return (short if len(short) <= 400 else ""), blocks
    return "", blocks


def _items(section: _Section) -> Iterator[str]:
    """The objectives: items of its lists, or else its sentences; a line that only opens a list is none."""
    for chapter in section.chapters:
        for block in chapter.blocks:
            for line in block.splitlines():
                text = shown(re.sub(r"^\s*(?:-(?: \[.\])?|\d+\.|>)\s+", "", line))
                if text and not text.endswith(":") and not line.startswith(("|", "!")):
                    yield text


def _share(steps: Sequence[_Section], total: int, notes: list[tuple[str, dict[str, object]]]) -> None:
    """Minutes for the steps of which none are said: what is left of the whole, by the length of their texts."""
    for step in steps:
        if step.minutes > LONGEST_STEP:
            notes.append(("import.note.long", {"title": shown(step.title), "minutes": step.minutes}))
            step.minutes = LONGEST_STEP
    open_ = [step for step in steps if not step.minutes]
    if not open_:
        return
    known = sum(step.minutes for step in steps)
    left = max((total or MINUTES) - known, (10 if known else 5) * len(open_))
    weight = sum(step.weight for step in open_)
    for step in open_:
        step.minutes, step.said = min(max(round(left * step.weight / weight / 5) * 5, 5), LONGEST_STEP), False
    notes.append(("import.note.minutes", {"n": len(open_)}))


def _body(sections: Sequence[_Section], ids: dict[int, str], lead: Chapter, w: Words) -> str:
    parts: list[str] = []
    for role in (*BEFORE, "", *AFTER):
        if not role:
            parts += [_section(one, ids[id(one)], w) for one in sections if id(one) in ids]
            continue
        same = [one for one in sections if one.role == role]
        if role == "informacion" and lead.blocks:
            same.insert(0, _Section(w("import.introduction"), role, 0, [Chapter(1, "", lead.blocks)]))
        if same:
            first, *rest = same
            parts.append(_section(first, role, w))
            # A second section of the same kind goes on below the first.
            parts += [_section(one, "", w) for one in rest]
    return "\n\n".join(parts)


def _section(section: _Section, name: str, w: Words) -> str:
    """A level-2 heading with its text; where `name` is empty, one level deeper and without an id of its own."""
    first, *rest = section.chapters
    head = 2 if name else 3
    lines = [f"{'#' * head} {_heading(section.title)}" + (f" {{#{name}}}" if name else "")]
    lines += first.blocks
    level = head
    for chapter in rest:
        level = min(chapter.level - first.level + head, level + 1, 6)
        lines += [f"{'#' * level} {_heading(chapter.title)}", *chapter.blocks]
    return "\n\n".join(line.replace("![](", f"![{w('import.alt')}](") for line in lines)


def _heading(title: str) -> str:
    return re.sub(r"\s*#+$", "", escaped(shown(title))).strip() or "…"
