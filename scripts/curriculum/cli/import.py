"""`curriculum import`: an existing manual becomes a module that passes the check; what found no place is said."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import click

from curriculum.checks import check
from curriculum.checks.people import private
from curriculum.cli.new import ask, ask_sector, ask_theme, choose, refuse_name
from curriculum.cli.room import Refusal, Room, printed
from curriculum.library import Library
from curriculum.manual import Left, Manual, Unreadable, shown
from curriculum.manual.arrange import Arranged, arrange
from curriculum.manual.text import read_text
from curriculum.manual.word import read_word
from curriculum.skeleton import Origin, Skeleton, Written, folder_names, short_name, write
from curriculum.words import Words, words

KINDS = ("own", "adapted", "partner")
# Words that are frequent in one language and do not exist in the other.
COMMON = {"es": {"de", "la", "que", "el", "los", "las", "para", "una"}, "en": {"the", "of", "and", "to", "for", "with"}}
SHOWN = 90  # letters of what could not be placed


def command(w: Words) -> click.Command:
    @click.command(name="import", help=w("import.help"))
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar=w("import.file"))
    @click.option("--name", metavar=w("cli.new.module.id"), help=w("import.option.name"))
    @click.option("--lang", metavar=w("translation.code"), help=w("import.option.lang"))
    @click.option("--theme", help=w("cli.new.module.ask-theme"))
    @click.option("--sector", help=w("cli.new.module.ask-sector"))
    @click.option("--provenance", type=click.Choice(KINDS), help=w("import.ask-provenance"))
    @click.option("--from", "source", help=w("import.ask-from"))
    @click.option("--licence", help=w("import.ask-licence"))
    @click.pass_obj
    def run(
        room: Room,
        file: Path,
        name: str | None,
        lang: str | None,
        theme: str | None,
        sector: str | None,
        provenance: str | None,
        source: str | None,
        licence: str | None,
    ) -> int:
        library = room.library()
        if name:
            refuse_name(room, name)
        if not library.organisations:
            raise Refusal(w("cli.new.module.no-author"))
        if lang and lang not in library.languages:
            raise Refusal(w("cli.print.no-language", lang=lang, known=", ".join(library.languages)))
        try:
            manual = _read(library, file)
            lang = lang or _language(library, manual)
            made = arrange(manual, words(lang), file.stem.replace("_", " ").strip())
        except Unreadable as error:
            raise Refusal(w(error.key, **error.values)) from None
        page = _without_persons(library, made.page, manual)
        theme = ask_theme(library, theme, w)
        sector = ask_sector(library, sector, w)
        kind = choose(w, "import.ask-provenance", {kind: w(f"import.{kind}") for kind in KINDS}, provenance)
        origin = Origin(kind)
        if kind != "own":
            origin = Origin(
                kind,
                source or ask(w, "import.ask-from", page.title),
                licence or ask(w, "import.ask-licence", w("import.unknown-licence")),
            )
        name = name or short_name(page.title, folder_names(library))
        steps = [(step, minutes) for step, _, minutes, _ in made.steps]
        write(library, Skeleton(name, theme, sector, steps, {lang: page}, origin, manual.pictures))
        problems = [one for one in check(room.library()) if one.path.startswith(f"modules/{name}/")]
        print("\n".join(_report(w, name, lang, made, manual, clean=not problems)))
        if problems:
            print(f"\n{w('import.mend', n=len(problems))}\n{printed(problems, 'text', w)}")
        return int(any(one.severity == "error" for one in problems))

    return run


def _read(library: Library, file: Path) -> Manual:
    if not file.is_file():
        raise Unreadable("import.no-file", file=file)
    suffix = file.suffix.lower()
    if suffix == ".docx":
        return read_word(file)
    if suffix in (".md", ".markdown"):
        return read_text(file, library.facts)
    raise Unreadable("import.kind", file=file.name)


def _language(library: Library, manual: Manual) -> str:
    """The language whose frequent words are in the text, among the platform's; its first where none are."""
    blocks = [block for chapter in manual.chapters for block in (chapter.title, *chapter.blocks)]
    seen = Counter(re.findall(r"\w+", " ".join(blocks).lower()))
    return max(library.languages, key=lambda lang: sum(seen[word] for word in COMMON.get(lang, ())))


def _without_persons(library: Library, page: Written, manual: Manual) -> Written:
    """The page without telephones, addresses and the like; each is said among what could not be placed."""

    def bare(text: str) -> str:
        lines = []
        title = ""
        for line in text.split("\n"):
            title = shown(line.lstrip("# ")) if line.startswith("#") else title
            found = private(library, line)
            manual.left += [Left(f"person-{trace.kind}", trace.text, title) for trace in found]
            for trace in reversed(found):
                line = f"{line[: trace.start]}…{line[trace.start + len(trace.text) :]}"
            lines.append(line)
        return "\n".join(lines)

    objectives = [bare(objective) for objective in page.objectives]
    return Written(bare(page.title), bare(page.summary), objectives, bare(page.body))


def _report(w: Words, name: str, lang: str, made: Arranged, manual: Manual, clean: bool) -> list[str]:
    """What was made, what to look at, and all that could not be placed."""
    total = sum(minutes for _, _, minutes, _ in made.steps)
    values = {"path": f"modules/{name}", "lang": w(f"import.lang.{lang}") if f"import.lang.{lang}" in w else lang}
    lines = [w("import.done", **values) if clean else w("import.done-not", **values), ""]
    lines.append(w("import.steps", n=len(made.steps), minutes=w.minutes(total)))
    for _, title, minutes, said in made.steps:
        lines.append(f"  {w.minutes(minutes)}  {title}{'' if said else ' ' + w('import.guessed')}")
    notes = [w(key, **values) for key, values in made.notes]
    unwritten = made.page.body.count(f"![{words(lang)('import.alt')}](")
    if manual.pictures:
        notes.append(w("import.note.pictures", n=len(manual.pictures), without=unwritten))
    notes.append(w("import.note.always"))
    lines += ["", w("import.look"), *(f"  - {note}" for note in notes), ""]
    if not manual.left:
        return [*lines, w("import.all-placed")]
    lines.append(w("import.left", n=len(manual.left)))
    for one in manual.left:
        text = one.text if len(one.text) <= SHOWN else f"{one.text[:SHOWN].rstrip()}…"
        what = w(f"import.left.{one.kind}", **({"n": int(one.text)} if one.kind == "changes" else {}))
        quoted = w("import.quoted", text=" ".join(text.split())) if text and one.kind != "changes" else ""
        lines.append(f"  - {', '.join(filter(None, (what, _where(w, one))))}{quoted}")
    return lines


def _where(w: Words, one: Left) -> str:
    if one.line:
        return w("import.at-line", line=one.line)
    if not one.title:
        return w("import.at-start", paragraph=one.paragraph) if one.paragraph else ""
    title = shown(one.title)
    return w("import.at", title=title, paragraph=one.paragraph) if one.paragraph else w("import.under", title=title)
