"""The facilitator's page of a module, and what is left of it once the module is retired."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.edition import Edition
from curriculum.library import Library, Module
from curriculum.model import Question
from curriculum.passage import FRONT
from curriculum.site.behind import banner, lacking
from curriculum.site.chain import add_chain
from curriculum.site.desk import Desk
from curriculum.site.download import Download
from curriculum.site.draft import Draft, plain
from curriculum.site.linked import linked_data
from curriculum.site.links import way, whatsapp_link
from curriculum.site.offline import save_part
from curriculum.site.page import Page
from curriculum.site.parts import names
from curriculum.site.refined import add_refined
from curriculum.site.related import related
from curriculum.site.theme import answers
from curriculum.words import Words

MOMENTS = ("before-after", "after", "later")
# Papers that lie on the facilitator's desk first.
KINDS = ("guide", "plan", "handouts", "forms", "booklet", "large")


def facilitator(desk: Desk, edition: Edition) -> Page:
    draft = draft_of(desk, edition, "module", f"modules/{edition.module.id}/", f"{edition.label} {edition.title}")
    module, meta, w, part = edition.module, edition.module.meta, draft.w, draft.part
    draft.extras = ("run",)
    trail = [("themes/", w("site.themes"), edition.lang)]
    if theme := desk.library.themes.get(meta.themes[0]):
        trail.append((f"themes/{theme.id}/", theme.title[edition.lang], edition.lang))
    draft.begin(edition.title, edition.summary, trail, meta.number or "", w("site.module"))
    behind = edition.translation
    draft.add(
        banner(draft, behind.of("index", FRONT)),
        part(
            "glance",
            edition=edition,
            equipment=[w(f"site.equipment.{name}") for name in meta.equipment],
            own=[name for code, name in names(desk.library, w).items() if code in module.pages],
            before=[one for name in meta.requires if (one := desk.read_in(edition.lang).get(name))],
            facts_at="#m-facts" if edition.facts else way("participants/#m-facts", ""),
        ),
        part("actions", edition=edition, share=whatsapp_link("", _invitation(draft, edition))),
        _answers(draft, edition),
        downloads(draft, edition.module.id, edition.text_lang),
        save_part(draft, edition.lang, edition.module.id),
    )
    add_objectives(draft, edition)
    draft.head("site.agenda", "agenda")
    draft.add(part("agenda", edition=edition))
    if edition.materials or edition.handouts:
        draft.head("site.bring", "bring")
        draft.add(part("bring", edition=edition))
    draft.add(draft.text("\n\n".join(_sections(draft, edition))))
    draft.add(lacking(draft, (one for one in behind.behind if one.unit.name == "index")))
    if moments := _moments(edition):
        draft.head("site.evaluation", "evaluation")
        draft.add(part("evaluation", moments=moments))
    if edition.facts:
        draft.head("site.facts", "facts")
        draft.add(part("facts", facts=edition.facts))
    draft.linked = linked_data(desk, edition)
    add_refined(draft, edition)
    add_chain(draft, "module", module.id)
    related(draft, edition)
    draft.head("site.credits", "credits")
    draft.add(
        part(
            "credits",
            edition=edition,
            authors=[_author(desk.library, name, w) for name in meta.authors],
        ),
        part("run", edition=edition),
        draft.report(),
    )
    return draft.page()


def _invitation(draft: Draft, edition: Edition) -> str:
    """What is sent of a module: it makes sense to whoever never opens the link."""
    meta = edition.module.meta
    values = {"title": edition.title, "summary": edition.summary, "minutes": meta.minutes}
    text = draft.w("site.share.text", min=meta.group.min, max=meta.group.max, **values)
    return f"{text} {edition.short_address}".strip()


def _answers(draft: Draft, edition: Edition) -> str:
    """The themes of the module, with their priority and how many asked for them."""
    desk = draft.desk
    themes = [desk.library.themes[name] for name in edition.module.meta.themes if name in desk.library.themes]
    decisions = [desk.decision(theme) for theme in themes]
    invented = any(one.illustrative for one in (desk.held, *decisions) if one)
    return draft.part("answers", themes=[(one, answers(desk, one, draft.w)) for one in themes], invented=invented)


def draft_of(desk: Desk, edition: Edition, kind: str, place: str, title: str) -> Draft:
    """An empty page of a module."""
    return Draft(
        desk=desk,
        place=place,
        kind=kind,
        lang=edition.lang,
        text_lang=edition.text_lang,
        title=title,
        description=edition.summary,
        source=edition.module.pages[edition.text_lang].path,
        version=edition.version,
        changed=edition.changed,
    )


def add_objectives(draft: Draft, edition: Edition) -> None:
    draft.head("site.objectives", "objectives")
    draft.add(draft.text("\n".join(f"- {plain(text)}" for text in edition.objectives)))


def downloads(draft: Draft, module: str, lang: str, kinds: tuple[str, ...] = ()) -> str:
    """The PDFs of a module ("" for the platform's own) in a language; only some kinds where `kinds` says which."""
    sheets = draft.desk.downloads.get((module, lang), [])
    wanted = [sheet for sheet in sheets if not kinds or sheet.kind in kinds]
    if not wanted:
        return ""

    def order(sheet: Download) -> tuple[int, str, str]:
        return KINDS.index(sheet.kind) if sheet.kind in KINDS else len(KINDS), sheet.kind, sheet.paper

    labels = {one.kind: key for one in wanted if (key := f"site.download.{one.kind}") in draft.w}
    rows = [(sheet, draft.w(labels[sheet.kind]) if sheet.kind in labels else sheet.kind) for sheet in wanted]
    return draft.part("downloads", sheets=sorted(rows, key=lambda row: order(row[0])))


def _sections(draft: Draft, edition: Edition) -> Iterator[str]:
    """The body: each section with its heading, each step with its minutes and clock, and the breaks where they fall."""
    if edition.lead_text:
        yield edition.lead_text
    steps = [slot for slot in edition.agenda if not slot.is_break]
    written = {section.id for section in edition.sections}
    for section in edition.sections:
        slot = section.slot
        if slot is None:
            notice = banner(draft, section.behind, section.id)
            yield "\n\n".join(filter(None, (f"## {plain(section.title)} {{#{section.id}}}", notice, section.text)))
            continue
        before = edition.agenda[edition.agenda.index(slot) - 1] if slot.start else None
        if before and before.is_break and before.id not in written:
            yield draft.part("break", edition=edition, slot=before)
        nth = steps.index(slot) + 1 if slot in steps else 0
        yield f"## {plain(section.title)} {{#{section.id} .step}}"
        yield draft.part("when", edition=edition, slot=slot, nth=nth, of=len(steps))
        if section.behind:
            yield banner(draft, section.behind, section.id)
        if slot.purpose:
            yield f"{plain(slot.purpose)}\n{{: .purpose }}"
        yield section.text


def _moments(edition: Edition) -> list[tuple[str, list[Question]]]:
    """The evaluation questions by the moment at which they are asked."""
    found = [(moment, [one for one in edition.questions if one.moment == moment]) for moment in MOMENTS]
    return [(moment, questions) for moment, questions in found if questions]


def _author(library: Library, name: str, w: Words) -> str:
    """An organisation by the name it agreed to, else by what it is."""
    organisation = library.organisations.get(name)
    if organisation is None:
        return name
    return organisation.name or w(f"site.organisation.{organisation.kind}")


def retired(desk: Desk, module: Module, lang: str) -> Page:
    """What stays at the address of a module that is no longer used: why, and what to use instead."""
    place = f"modules/{module.id}/"
    title_lang = lang if lang in module.pages else desk.places[place][0]
    front = module.pages[title_lang].front
    draft = Draft(
        desk=desk,
        place=place,
        kind="retired",
        lang=lang,
        text_lang=lang,
        title=front.title,
        description=front.summary,
        source=f"{module.path}/module.yml",
        version=module.meta.version,
        changed=module.meta.changes[0].date,
        listed=False,
    )
    trail = [("modules/", draft.w("site.modules"), lang)]
    draft.begin(front.title, "", trail, module.meta.number or "", draft.w("site.module"), title_lang)
    successor = desk.read_in(lang).get(module.meta.successor or "")
    draft.add(draft.part("retired", reason=module.meta.reason.get(lang, ""), successor=successor), draft.report())
    return draft.page()
