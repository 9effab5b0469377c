"""What is around a module: those it needs, those that go on from it, its learning paths, others on its theme."""

from __future__ import annotations

from itertools import islice

from curriculum.edition import Edition
from curriculum.model import LearningPath
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft

NEIGHBOURS = 4  # of the same theme
# A learning path, which of its sessions (from 1) a module is, and the modules of the sessions before and after it.
Place = tuple[LearningPath, int, list[Edition], list[Edition]]


def related(draft: Draft, edition: Edition) -> None:
    desk, module = draft.desk, edition.module
    others = {name: one for name, one in desk.read_in(edition.lang).items() if name != module.id}
    meta = module.meta
    before = [others[name] for name in meta.requires if name in others]
    continued = [others[name] for name in meta.follows if name in others and name not in meta.requires]
    after = [others[name] for name in desk.led_to.get(module.id, ()) if name in others]
    named = {one.module.id for one in (*before, *continued, *after)}
    theme = (one for name, one in others.items() if one.module.meta.themes[0] == meta.themes[0] and name not in named)
    groups = {"requires": before, "follows": continued, "after": after, "theme": list(islice(theme, NEIGHBOURS))}
    found = [(name, editions) for name, editions in groups.items() if editions]
    paths = _paths(desk, module.id, others)
    if found or paths:
        draft.head("site.related", "related")
        draft.add(draft.part("related", groups=found, paths=paths))


def _paths(desk: Desk, module: str, others: dict[str, Edition]) -> list[Place]:
    found = []
    for path in desk.library.paths.values():
        sessions = [[], *path.sessions, []]
        for nth, session in enumerate(sessions):
            if module in session:
                earlier = [others[name] for name in sessions[nth - 1] if name in others]
                later = [others[name] for name in sessions[nth + 1] if name in others]
                found.append((path, nth, earlier, later))
    return found
