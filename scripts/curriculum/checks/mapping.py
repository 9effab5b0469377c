"""Everything that a module names exists: themes, sectors, questions, materials, icebreakers, modules, organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from curriculum.frontmatter import Document
from curriculum.library import Library, Module
from curriculum.model import Decision
from curriculum.needs import decisions, differences, rounds
from curriculum.problem import Place, Problem, nearest, problem
from curriculum.session import Session


def _unknown(
    module: Module, field: str, names: list[str], known: Iterable[str], rule: str, *below: str
) -> Iterator[Problem]:
    """A problem for each of `names`, the values of a list field of module.yml, that is not known."""
    known = set(known)
    for index, name in enumerate(names):
        if name not in known:
            place = module.document.place(field, index, *below)
            listed = ", ".join(sorted(known)[:12])
            yield problem(module.document.path, place, rule, "unknown", nearest(name, known), name=name, known=listed)


def _entries(library: Library, name: str) -> Iterator[tuple[Document, int, Any]]:
    """Each entry that could be read of a list file of data/, with the file and its index there."""
    document = library.documents.get(name)
    read: dict[str, Any] = getattr(library, name)
    for index, entry in enumerate(document.data if document and isinstance(document.data, list) else []):
        if document and isinstance(entry, dict) and str(entry.get("id")) in read:
            yield document, index, read[str(entry.get("id"))]


def theme_unknown(library: Library) -> Iterator[Problem]:
    """A theme of a module or of a consultation is an id of data/themes.yml.

    Passes: `themes: [proteccion-social-cuidados]`. Fails: `themes: [proteccion-sosial]`.
    """
    for module in library.modules.values():
        yield from _unknown(module, "themes", module.meta.themes, library.themes, "theme-unknown")
    for name, one in library.consultations.items():
        document = library.documents[f"needs/{name}"]
        named = [("dots", index, line.theme) for index, line in enumerate(one.dots) if line.theme]
        named += [("evidence", index, line.theme) for index, line in enumerate(one.evidence)]
        for field, index, theme in named:
            if theme not in library.themes:
                place, near = document.place(field, index, "theme"), nearest(theme, library.themes)
                known = ", ".join(sorted(library.themes)[:12])
                yield problem(document.path, place, "theme-unknown", "unknown", near, name=theme, known=known)


def theme_not_prioritised(library: Library) -> Iterator[Problem]:
    """The first theme of a live module has a rank in its newest decision: every module answers a priority.

    Passes: `themes: [x]` where x was decided with `rank: 2`. Fails: x has no decision, or one without a rank.
    """
    for module in library.live:
        theme = library.themes.get(module.meta.themes[0])
        if theme and theme.rank is None:
            place = module.document.place("themes", 0)
            ranked = ", ".join(other.id for other in library.prioritised)
            path = module.document.path
            yield problem(path, place, "theme-not-prioritised", "no-rank", name=theme.id, known=ranked)


def sector_unknown(library: Library) -> Iterator[Problem]:
    """A sector of a module, organisation or learning path is an id of data/sectors.yml.

    A module and a learning path may also say `all`.

    Passes: `sectors: [all]`, `sectors: [hogar]`. Fails: `sectors: [hogares]`.
    """
    for module in library.modules.values():
        yield from _unknown(module, "sectors", module.meta.sectors, {"all", *library.sectors}, "sector-unknown")
    listed = [(one, one[2].sectors, set(library.sectors)) for one in _entries(library, "organisations")]
    listed += [(one, one[2].sectors, {"all", *library.sectors}) for one in _entries(library, "paths")]
    for (document, index, _), names, allowed in listed:
        for number, name in enumerate(names):
            if name not in allowed:
                place = document.place(index, "sectors", number)
                near, known = nearest(name, allowed), ", ".join(sorted(allowed))
                yield problem(document.path, place, "sector-unknown", "unknown", near, name=name, known=known)


def question_unknown(library: Library) -> Iterator[Problem]:
    """A question of a module is an id of data/questions.yml.

    Passes: `questions: [E01, hog-imss-1]`. Fails: `questions: [E14]`.
    """
    for module in library.modules.values():
        yield from _unknown(module, "questions", module.meta.questions, library.questions, "question-unknown")


def material_unknown(library: Library) -> Iterator[Problem]:
    """A material is an id of data/materials.yml; a step uses materials, or handouts of its module.

    Passes: `uses: [marcadores, lista-documentos]`. Fails: `uses: [marcador]`.
    """
    for module in library.modules.values():
        meta = module.meta
        ids = [need.id for need in meta.materials]
        yield from _unknown(module, "materials", ids, library.materials, "material-unknown", "id")
        known = {*library.materials, *(handout.id for handout in meta.handouts)}
        for index, step in enumerate(meta.steps):
            for number, name in enumerate(step.uses):
                if name not in known:
                    place = module.document.place("steps", index, "uses", number)
                    near, path = nearest(name, known), module.document.path
                    listed = ", ".join(sorted(known)[:12])
                    yield problem(path, place, "material-unknown", "unknown", near, name=name, known=listed)
    for document, index, icebreaker in _entries(library, "icebreakers"):
        for number, need in enumerate(icebreaker.materials):
            if need.id not in library.materials:
                place, near = document.place(index, "materials", number, "id"), nearest(need.id, library.materials)
                listed = ", ".join(sorted(library.materials)[:12])
                yield problem(document.path, place, "material-unknown", "unknown", near, name=need.id, known=listed)


def icebreaker_unknown(library: Library) -> Iterator[Problem]:
    """The icebreaker of a step is an id of data/icebreakers.yml.

    Passes: `{id: apertura, minutes: 15, icebreaker: telarana}`. Fails: `icebreaker: telarania`.
    """
    for module in library.modules.values():
        for index, step in enumerate(module.meta.steps):
            if step.icebreaker and step.icebreaker not in library.icebreakers:
                place, name = module.document.place("steps", index, "icebreaker"), step.icebreaker
                near, known = nearest(name, library.icebreakers), ", ".join(sorted(library.icebreakers)[:12])
                path = module.document.path
                yield problem(path, place, "icebreaker-unknown", "unknown", near, name=name, known=known)


def module_unknown(library: Library) -> Iterator[Problem]:
    """A module that is required, followed, named as successor or on a learning path exists; no two require each other.

    Passes: `requires: [org-mapa-de-poder]`. Fails: `requires: [org-mapa]`; a requires b and b requires a.
    """
    for module in library.modules.values():
        others = library.module_names - {module.id}
        for field, names in (("requires", module.meta.requires), ("follows", module.meta.follows)):
            yield from _unknown(module, field, names, others, "module-unknown")
        if module.meta.successor and module.meta.successor not in others:
            place, name = module.document.place("successor"), module.meta.successor
            near, known = nearest(name, others), ", ".join(sorted(others)[:12])
            yield problem(module.document.path, place, "module-unknown", "unknown", near, name=name, known=known)
        for index, name in enumerate(module.meta.requires):
            path = _way(library, name, module.id)
            if path:
                place, circle = module.document.place("requires", index), " → ".join([module.id, *path])
                yield problem(module.document.path, place, "module-unknown", "circle", circle=circle)
    for document, index, learning_path in _entries(library, "paths"):
        for session, choice in enumerate(learning_path.sessions):
            for number, name in enumerate(choice):
                if name not in library.module_names:
                    place = document.place(index, "sessions", session, number)
                    near, known = nearest(name, library.module_names), ", ".join(sorted(library.module_names)[:12])
                    yield problem(document.path, place, "module-unknown", "unknown", near, name=name, known=known)


def session_unknown(library: Library) -> Iterator[Problem]:
    """A change of a module was made after sessions that are written down, and a file of results is of such a session.

    Passes: `after: [2026-08-16-hogar]` where data/sessions/2026-08-16-hogar.yml has a record. Fails: no such file.
    """
    held = {name for name, one in library.sessions.items() if one.record}
    for module in library.modules.values():
        for index, change in enumerate(module.meta.changes):
            for number, name in enumerate(change.after):
                if name not in held:
                    place, near = module.document.place("changes", index, "after", number), nearest(name, held)
                    yield problem(module.document.path, place, "session-unknown", "unknown", near, name=name)


def _sessions(library: Library) -> Iterator[tuple[Session, Document]]:
    for name, one in library.sessions.items():
        yield one, library.documents[f"sessions/{name}"]


def named_in(
    document: Document, name: str, known: Iterable[str], rule: str, *where: str | int, variant: str = "unknown"
) -> Iterator[Problem]:
    """A problem where a file names something that is not known."""
    known = sorted(known)
    if name not in known:
        place, listed = document.place(*where), ", ".join(known[:12])
        yield problem(document.path, place, rule, variant, nearest(name, known), name=name, known=listed)


def session_mapping(library: Library) -> Iterator[Problem]:
    """Organisations, modules, steps and questions that a session names exist, and are those of the session.

    Passes: `modules: [hog-registro-imss]` and `breaks: [{after: hog-registro-imss, minutes: 15}]`. Fails: a pause after
    a module of another session; minutes of a step that the module does not have.
    """
    for one, document in _sessions(library):
        for index, name in enumerate(one.organisations):
            yield from named_in(document, name, library.organisations, "organisation-unknown", "organisations", index)
        for index, name in enumerate(one.modules):
            yield from named_in(document, name, library.module_names, "module-unknown", "modules", index)
        for index, pause in enumerate(one.breaks):
            where = ("breaks", index, "after")
            yield from named_in(document, pause.after, one.modules, "module-unknown", *where, variant="not-here")
        if one.record is None:
            continue
        for name, minutes in one.record.minutes.items():
            at = ("record", "minutes", name)
            yield from named_in(document, name, one.modules, "module-unknown", *at, variant="not-here")
            for step in minutes:
                yield from _step(library, document, name, step, *at, step)
        named = [("requests", index, each.module) for index, each in enumerate(one.record.requests)]
        named += [("said", index, each.module) for index, each in enumerate(one.record.said) if each.module]
        named += [("stories", index, each.module) for index, each in enumerate(one.record.stories) if each.module]
        for field, index, name in named:
            here: tuple[str | int, ...] = ("record", field, index, "module")
            yield from named_in(document, name, one.modules, "module-unknown", *here, variant="not-here")
        for index, request in enumerate(one.record.requests):
            if request.step:
                yield from _step(library, document, request.module, request.step, "record", "requests", index, "step")
        for index, said in enumerate(one.record.said):
            here = ("record", "said", index, "question")
            yield from named_in(document, said.question, library.questions, "question-unknown", *here)


def outcome_mapping(library: Library) -> Iterator[Problem]:
    """The theme and the question of an outcome exist, and a share says which question it is a share of.

    Passes: `measure: share, question: E02, target: 70`. Fails: `measure: share` alone; a target of 120 per cent.
    """
    document = library.documents.get("outcomes")
    entries = document.data if document and isinstance(document.data, list) else []
    for index, entry in enumerate(entries):
        outcome = library.outcomes.get(str(entry.get("id"))) if isinstance(entry, dict) else None
        if document is None or outcome is None:
            continue
        yield from named_in(document, outcome.theme, library.themes, "theme-unknown", index, "theme")
        if outcome.question:
            yield from named_in(document, outcome.question, library.questions, "question-unknown", index, "question")
        levels = library.questions.get(outcome.question or "")
        if outcome.measure == "share" and (levels is None or levels.scale != "levels"):
            yield problem(document.path, document.place(index, "measure"), "field-invalid", "share-of-what")
        if outcome.measure in ("share", "kept") and outcome.target > 100:
            place, value = document.place(index, "target"), outcome.target
            yield problem(document.path, place, "field-invalid", "past-hundred", field="target", value=value)


def _step(library: Library, document: Document, module: str, step: str, *where: str | int) -> Iterator[Problem]:
    found = library.modules.get(module)
    if found:
        ids = [one.id for one in found.meta.steps]
        yield from named_in(document, step, ids, "module-unknown", *where, variant="no-step")


def _way(library: Library, start: str, goal: str) -> list[str]:
    """The modules on a way of `requires` from start to goal, both included; empty where there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        module = library.modules.get(way[-1])
        for name in module.meta.requires if module else []:
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def organisation_unknown(library: Library) -> Iterator[Problem]:
    """An author is an id of data/organisations.yml: an organisation, never a person.

    Passes: `authors: [equipo-editorial]`. Fails: `authors: [maria]`.
    """
    for module in library.modules.values():
        yield from _unknown(module, "authors", module.meta.authors, library.organisations, "organisation-unknown")
    for name, one in library.consultations.items():
        if one.organisation not in library.organisations:
            document, near = library.documents[f"needs/{name}"], nearest(one.organisation, library.organisations)
            place, known = document.place("organisation"), ", ".join(sorted(library.organisations)[:12])
            yield problem(
                document.path, place, "organisation-unknown", "unknown", near, name=one.organisation, known=known
            )


def decision_without_evidence(library: Library) -> Iterator[Problem]:
    """A decision that is not what its round's consultations propose gives its reason in writing.

    Passes: the ranking's order; another order with `reason: {es: …, en: …}`. Fails: another order without a reason; a
    decision of a round in which nobody was consulted.
    """
    document, places = _themes(library)
    held = rounds(library)
    without = {
        name: {one.theme.id: one for one in differences(library, held[name]) if not one.explained} for name in held
    }
    for theme in library.themes.values():
        for decision in theme.decisions:
            place = _decision_place(document, places[theme.id], decision)
            if decision.round not in held:
                if not decision.reason:
                    values = {"name": theme.id, "round": decision.round}
                    yield problem(document.path, place, "decision-without-evidence", "nobody-asked", "", **values)
            elif found := without[decision.round].get(theme.id):
                ranks = {"proposed": str(found.proposed or "–"), "decided": str(found.decided or "–")}
                yield problem(document.path, place, "decision-without-evidence", "moved", "", name=theme.id, **ranks)


def _decision_place(document: Document, theme: int, decision: Decision) -> Place:
    """Where the decision of a round stands in data/themes.yml."""
    entry = document.data[theme] if isinstance(document.data, list) else None
    made = entry.get("decisions") if isinstance(entry, dict) else None
    for index, each in enumerate(made if isinstance(made, list) else []):
        if isinstance(each, dict) and each.get("round") == decision.round:
            return document.place(theme, "decisions", index, "rank")
    return document.place(theme)


def _themes(library: Library) -> tuple[Document, dict[str, int]]:
    """data/themes.yml and where in it each theme stands."""
    document = library.documents.get("themes", Document("data/themes.yml"))
    entries = document.data if isinstance(document.data, list) else []
    return document, {str(entry.get("id")): index for index, entry in enumerate(entries) if isinstance(entry, dict)}


def need_undecided(library: Library) -> Iterator[Problem]:
    """What consultations raise is decided on, be it with a rank or with a no.

    Passes: a decision of that round for every theme with dots or evidence. Fails: a theme with dots and no decision,
    once the round has any decision at all.
    """
    document, places = _themes(library)
    for one in rounds(library).values():
        made = decisions(library, one.name)
        for row in one.ranking if made else []:
            if row.theme in library.themes and row.theme not in made:
                place = document.place(places[row.theme], "id")
                values = {"name": row.theme, "round": one.name, "share": f"{row.score:.0%}"}
                yield problem(document.path, place, "need-undecided", "raised", "", **values)
