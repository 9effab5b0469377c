"""What sessions did to a module: the versions they led to, what is still open, minutes that do not hold."""

from __future__ import annotations

from curriculum.edition import Edition
from curriculum.evaluation import Summary
from curriculum.refine import refined, requests, timings
from curriculum.site.draft import Draft
from curriculum.tally import proposal_sentence


def add_refined(draft: Draft, edition: Edition) -> None:
    """A section on the facilitator's page, once the module has been taught."""
    desk, w, module = draft.desk, draft.w, edition.module
    found: Summary | None = desk.by_module.get(module.id)
    if not found:
        return
    changes = refined(desk.library, module)
    sessions = {name for _, names in changes for name in names}

    def day(name: str) -> tuple[str, str]:
        return f"sessions/{name}/", w.date(desk.taught[name].date)

    draft.head("site.refined", "refined")
    taught = w("site.refined.taught", n=len(found.sessions))
    after = w("site.refined.after", n=len(sessions)) if sessions else w("site.refined.not-yet")
    said = f"{taught} {after}"
    draft.add(
        draft.part(
            "refined",
            said=said,
            invented=found.illustrative,
            changes=[
                (
                    w("refine.changed", version=one.version, day=w.date(one.date), text=one.text[draft.lang]),
                    [day(name) for name in names],
                )
                for one, names in changes
            ],
            open=[
                (one.request.text[draft.lang], *day(one.session))
                for one in requests(desk.library, module.id)
                if one.state == "open"
            ],
            proposed=[
                proposal_sentence(module, one, w) for one in timings(desk.library, module) if one.proposed is not None
            ],
        ),
        draft.part("further", places=[(f"results/modules/{module.id}/", w("site.results.link"))]),
    )
