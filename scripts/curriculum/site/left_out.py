"""Who is left out of a round: sectors and groups little heard, who could not come, what no theme holds."""

from __future__ import annotations

from collections import defaultdict

from curriculum.model import Sector
from curriculum.needs import Round, decisions, first
from curriculum.site.draft import Draft, plain
from curriculum.site.grid import Line, count, people
from curriculum.site.voice import sectors_of
from curriculum.table import title

GROUPS = ("total", "women", "men", "other", "age_60_plus", "indigenous_language")


def left_out(draft: Draft, held: Round) -> None:
    draft.head("site.why.left-out", "left-out")
    _sectors(draft, held)
    _barriers(draft, held)
    _groups(draft, held)
    _others(draft, held)
    _not_taken(draft, held)


def _below(draft: Draft, key: str) -> None:
    draft.add(f"### {plain(draft.w(key))}")


def _sectors(draft: Draft, held: Round) -> None:
    """What is said of sectors, then each with who was heard and what became of what it asked for first."""
    w, library = draft.w, draft.desk.library
    voted = {sector: _voted(held, sector) for sector in library.sectors}
    waiting = [one for one in library.sectors.values() if _waits(draft, held, one)]
    said = []
    for key, several in (
        ("silent", [one for one in library.sectors.values() if not voted[one.id]]),
        ("single", [one for one in library.sectors.values() if len(voted[one.id]) == 1]),
        ("waiting", waiting),
    ):
        if several:
            said.append(w(f"site.why.sectors.{key}", sectors=w.join([one.title[w.lang] for one in several])))
    if min(map(len, voted.values()), default=0) > 1:
        said.insert(0, w("site.why.sectors.several"))
    heard = {one.organisation for one in held.consultations}
    silent = [one for one in library.organisations.values() if one.sectors and one.id not in heard]
    silent = [one for one in silent if held.illustrative or not one.illustrative]
    if silent:
        said.append(w("site.why.silent-organisations", n=len(silent)))
    if any(len(held.sectors.get(name, ())) > 1 for name in heard):
        said.append(w("site.why.sectors.twice"))
    names = ("organisations", "people", "first", "decided", "minutes")
    draft.add(
        draft.part("points", points=[("", text) for text in said]),
        draft.part(
            "grid",
            caption=w("site.why.sectors"),
            header=[w("coverage.column.sector"), *(w(f"site.why.sectors.{name}") for name in names)],
            lines=[_sector(draft, held, one) for one in library.sectors.values()],
            invented=held.illustrative,
            kind="sectors-heard",
        ),
    )


def _voted(held: Round, sector: str) -> list[str]:
    """The organisations of a sector that voted."""
    return [name for name in held.organisations if sector in held.sectors.get(name, ())]


def _firsts(held: Round, sector: str) -> list[str]:
    """The theme that a sector asked for most, or several that it asked for equally."""
    return sorted(first(held.by_sector.get(sector, {}), 1))


def _waits(draft: Draft, held: Round, sector: Sector) -> bool:
    """Whether no module answers what a sector asked for first."""
    firsts = _firsts(held, sector.id)
    return bool(firsts) and not any(_minutes(draft, theme, sector.id) for theme in firsts)


def _minutes(draft: Draft, theme: str, sector: str) -> int:
    cell = draft.desk.covered.cells.get((theme, sector))
    return cell.minutes if cell else 0


def _sector(draft: Draft, held: Round, sector: Sector) -> Line:
    w, library = draft.w, draft.desk.library
    made = decisions(library, held.name)
    here = [one for one in held.consultations if sector.id in held.sectors.get(one.organisation, ())]
    firsts = _firsts(held, sector.id)
    ranks = [made[theme].rank or w("needs.not-taken") if theme in made else w("needs.undecided") for theme in firsts]
    return Line(
        (
            sector.title[w.lang],
            str(len(_voted(held, sector.id)) or w("site.why.sectors.nobody")),
            count(people(one.participants.total for one in here), w),
            w.join([title(library, theme, w) for theme in firsts]) or w("none"),
            w.join([str(rank) for rank in ranks]) or w("none"),
            w.join([w.minutes(_minutes(draft, theme, sector.id)) for theme in firsts]) or w("none"),
        )
    )


def _barriers(draft: Draft, held: Round) -> None:
    w, library = draft.w, draft.desk.library
    named: dict[str, list[str]] = defaultdict(list)
    for one in held.consultations:
        for barrier in set(one.barriers):
            named[barrier].append(one.organisation)
    if not named:
        return
    lines = []
    for name, organisations in sorted(named.items(), key=lambda item: (-len(item[1]), item[0])):
        sectors = [
            sector.title[w.lang]
            for sector in library.sectors.values()
            if any(sector.id in held.sectors.get(one, ()) for one in organisations)
        ]
        part = w("site.count.of", part=len(organisations), whole=len(held.consultations))
        every = len(sectors) == len(library.sectors)
        lines.append(Line((w(f"site.barrier.{name}"), part, w("site.sectors.all") if every else w.join(sectors))))
    _below(draft, "site.why.barriers")
    names = ("barrier", "consultations", "sectors")
    draft.add(
        draft.part(
            "grid",
            caption=w("site.why.barriers.text"),
            header=[w(f"site.why.barriers.{name}") for name in names],
            lines=lines,
            invented=held.illustrative,
            kind="few",
        )
    )


def _groups(draft: Draft, held: Round) -> None:
    w = draft.w
    lines = []
    for name in GROUPS:
        answers = [getattr(one.participants, name) for one in held.consultations]
        counted = [answer for answer in answers if answer is not None]
        number = count(people(counted), w) if counted else w("none")
        part = w("site.count.of", part=len(counted), whole=len(held.consultations))
        lines.append(Line((w(f"site.why.group.{name}"), number, part)))
    _below(draft, "site.why.groups")
    names = ("group", "people", "counted")
    draft.add(
        draft.part(
            "grid",
            caption=w("site.why.groups.text"),
            header=[w(f"site.why.groups.{name}") for name in names],
            lines=lines,
            invented=held.illustrative,
            kind="few",
        )
    )


def _others(draft: Draft, held: Round) -> None:
    """What people named beside the themes, most dots first."""
    w = draft.w
    if not held.others:
        return
    lines = []
    for one, text, _ in sorted(held.others, key=lambda other: -other[2]):
        said = text.get(w.lang) or next(iter(text.values()))
        lines.append(w("site.why.others.line", text=said, sectors=sectors_of(draft.desk.library, one, w)))
    _below(draft, "site.why.others")
    draft.add(draft.part("named", text=w("site.why.others.text"), lines=lines, invented=held.illustrative))


def _not_taken(draft: Draft, held: Round) -> None:
    w, library = draft.w, draft.desk.library
    made = decisions(library, held.name)
    if not made:
        return
    _below(draft, "site.why.not-taken")
    dropped = [(library.themes[theme].title[w.lang], one) for theme, one in made.items() if one.rank is None]
    if not dropped:
        draft.add(draft.part("say", text=w("site.why.not-taken.none"), kind=""))
        return
    points = [(name, one.reason.get(w.lang, "") or w("needs.no-reason")) for name, one in dropped]
    draft.add(draft.part("points", points=points))
