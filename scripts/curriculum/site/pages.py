"""Every page of the site, in every language, as Markdown with small blocks of HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from curriculum.address import external, page_address, page_path, resolve
from curriculum.edition import CitedFact, Edition, Handout, editions
from curriculum.library import Library, Module
from curriculum.library import Page as Source
from curriculum.markdown import prepare, scan
from curriculum.model import ModuleFront, PageFront, Theme
from curriculum.problem import RULES
from curriculum.site.download import Download
from curriculum.site.links import (
    doc_place,
    mail_link,
    retired,
    site_route,
    staged_file,
    staged_image,
    way,
    whatsapp_link,
)
from curriculum.site.page import Page
from curriculum.site.parts import Part, environment, parts_of
from curriculum.words import Words, words

# Blocks that a writer puts into a page of docs/, each a comment alone on its line: <!-- modules -->
BLOCK = re.compile(r"^<!--[ ]*(doors|sectors|modules|themes|report|illustrative|rules)[ ]*-->[ \t]*$", re.MULTILINE)
CITED = re.compile(r'<a href="#fact-(?P<id>[^"]+)" aria-label="[^"]*">\d+</a>')
# Papers that lie on the facilitator's desk first.
KINDS = ("guide", "handouts", "sheet", "cards", "form", "poster", "evaluation", "record")


@dataclass(frozen=True)
class _Desk:
    """What every page is written from."""

    library: Library
    editions: dict[tuple[str, str], Edition]
    downloads: dict[tuple[str, str], list[Download]]
    places: dict[str, tuple[str, ...]]  # every place, with the languages in which it has a text of its own
    part: Callable[[str, str], Part]
    edition_of: str  # the day of the newest change anywhere

    def of(self, lang: str) -> list[Edition]:
        return [edition for edition in self.editions.values() if edition.lang == lang]


def pages(library: Library, downloads: Sequence[Download] = ()) -> Iterator[Page]:
    """Every page in every language: where a text is missing, the page shows it in a language that has it."""
    desk = _desk(library, downloads)
    for place in desk.places:
        for lang in library.languages:
            page = _write(desk, place, lang)
            yield replace(page, alternates=desk.places[place])


def _desk(library: Library, downloads: Sequence[Download]) -> _Desk:
    env = environment(library)
    every = {(one.module.id, one.lang): one for one in editions(library, site_route(library))}
    shelf: dict[tuple[str, str], list[Download]] = {}
    for download in downloads:
        shelf.setdefault((download.module, download.lang), []).append(download)
    days = [module.meta.changes[0].date for module in library.live]
    days += [decision.date for theme in library.themes.values() for decision in theme.decisions]
    return _Desk(
        library=library,
        editions=every,
        downloads=shelf,
        places=_places(library),
        part=lambda lang, place: parts_of(env, library, lang, place),
        edition_of=max(days, default=library.today).isoformat(),
    )


def _places(library: Library) -> dict[str, tuple[str, ...]]:
    """Every place of the site, with the languages in which its text exists."""
    everywhere = tuple(library.languages)
    places: dict[str, tuple[str, ...]] = {"": everywhere, "modules/": everywhere, "themes/": everywhere}
    if _rules(words(library.languages[0])):
        places["rules/"] = everywhere
    for name, docs in library.docs.items():
        places[doc_place(name)] = tuple(lang for lang in library.languages if lang in docs)
    for theme in library.themes.values():
        places[f"themes/{theme.id}/"] = everywhere
    for module in [*library.live, *retired(library)]:
        own = tuple(lang for lang in library.languages if lang in module.pages)
        if own:
            places[f"modules/{module.id}/"] = own
            if module.meta.status != "retired":
                places[f"modules/{module.id}/participants/"] = own
    return places


def _write(desk: _Desk, place: str, lang: str) -> Page:
    head, _, rest = place.rstrip("/").partition("/")
    if head == "modules" and rest.endswith("/participants"):
        return _participants(desk, desk.editions[rest.removesuffix("/participants"), lang])
    if head == "modules" and rest:
        module = desk.library.modules[rest]
        if module.meta.status == "retired":
            return _retired(desk, module, lang)
        return _module(desk, desk.editions[rest, lang])
    if head == "themes" and rest:
        return _theme(desk, desk.library.themes[rest], lang)
    return _doc(desk, place, lang)


# ── modules ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _module(desk: _Desk, edition: Edition) -> Page:
    """The facilitator's page."""
    module = edition.module
    place = f"modules/{module.id}/"
    w = words(edition.lang)
    part = desk.part(edition.lang, place)
    source = module.pages[edition.text_lang].path
    library = desk.library
    body = [
        *_top(desk, edition, place, part),
        part(
            "glance",
            edition=edition,
            equipment=[w(f"site.equipment.{name}") for name in module.meta.equipment],
            facts_at="#m-facts" if edition.facts else way(f"modules/{module.id}/participants/#m-facts", place),
        ),
        part("participants-link", edition=edition),
        _downloads(desk, edition, part),
        f"## {w('site.objectives')} {{#m-objectives}}",
        _in_text_language(edition, "\n".join(f"- {_plain(text)}" for text in edition.objectives)),
        f"## {w('site.agenda')} {{#m-agenda}}",
        part("agenda", edition=edition),
    ]
    if edition.materials or edition.handouts:
        body += [f"## {w('site.bring')} {{#m-bring}}", part("bring", edition=edition)]
    body.append(_in_text_language(edition, "\n\n".join(_sections(edition, part))))
    if moments := _moments(edition):
        body += [f"## {w('site.evaluation')} {{#m-evaluation}}", part("evaluation", moments=moments)]
    if edition.facts:
        body += [f"## {w('site.facts')} {{#m-facts}}", part("facts", facts=edition.facts)]
    others = {other.module.id: other for other in desk.of(edition.lang)}
    body += [
        f"## {w('site.credits')} {{#m-credits}}",
        part(
            "credits",
            edition=edition,
            authors=[_author(library, name, w) for name in module.meta.authors],
            before=[others[name] for name in module.meta.requires if name in others],
            follows=[others[name] for name in module.meta.follows if name in others],
        ),
        _report(desk, part, edition.lang, place, f"{edition.label} {edition.title}", edition.version),
    ]
    return _page(
        desk, place, "module", edition.lang, f"{edition.label} {edition.title}", edition.summary, body,
        text_lang=edition.text_lang, source=source, version=edition.version, changed=edition.changed,
    )  # fmt: skip


def _top(desk: _Desk, edition: Edition, place: str, part: Part, participants: bool = False) -> list[str]:
    """The way here, the notice of a fallback, the title."""
    library = desk.library
    trail = [("modules/", words(edition.lang)("site.modules"), edition.lang)]
    if participants:
        trail.append((f"modules/{edition.module.id}/", f"{edition.label} {edition.title}", edition.text_lang))
    elif theme := library.themes.get(edition.module.meta.themes[0]):
        trail = [("themes/", words(edition.lang)("site.themes"), edition.lang)]
        trail.append((f"themes/{theme.id}/", theme.title[edition.lang], edition.lang))
    top = [part("crumbs", trail=trail)]
    if edition.is_fallback:
        top.append(_fallback(desk, edition.lang, edition.text_lang, place, part))
    w = words(edition.lang)
    numbered = edition.module.meta.number is not None
    top.append(
        part(
            "masthead",
            kind="participants" if participants else "module",
            number=edition.module.meta.number if numbered else "",
            numeral_label=w("site.participants.label" if participants else "site.module"),
            title=edition.title,
            summary=edition.summary,
            text_lang=edition.text_lang,
        )
    )
    return top


def _fallback(desk: _Desk, lang: str, text_lang: str, place: str, part: Part) -> str:
    library = desk.library
    return part(
        "fallback",
        text_lang=text_lang,
        original=way(page_path(library, place, text_lang), page_path(library, place, lang)),
        contact=library.platform.contact.email or library.platform.contact.whatsapp,
    )


def _sections(edition: Edition, part: Part) -> Iterator[str]:
    """The body: each section with its heading, each step with its minutes and clock, and the breaks where they fall."""
    if edition.lead_text:
        yield edition.lead_text
    steps = [slot for slot in edition.agenda if not slot.is_break]
    written = {section.id for section in edition.sections}
    for section in edition.sections:
        slot = section.slot
        if slot is None:
            yield f"## {_plain(section.title)} {{#{section.id}}}\n\n{section.text}"
            continue
        before = edition.agenda[edition.agenda.index(slot) - 1] if slot.start else None
        if before and before.is_break and before.id not in written:
            yield part("break", edition=edition, slot=before)
        nth = steps.index(slot) + 1 if slot in steps else 0
        yield f"## {_plain(section.title)} {{#{section.id} .step}}"
        yield part("when", edition=edition, slot=slot, nth=nth, of=len(steps))
        if slot.purpose:
            yield f"{_plain(slot.purpose)}\n{{: .purpose }}"
        yield section.text


def _in_text_language(edition: Edition, markdown: str) -> str:
    """The text as it is, or where it is not in the reader's language, inside an element that says which it is in."""
    if not edition.is_fallback:
        return markdown
    return f'<div lang="{edition.text_lang}" markdown="1">\n\n{markdown}\n\n</div>'


def _moments(edition: Edition) -> list[tuple[str, list[object]]]:
    """The evaluation questions by the moment at which they are asked."""
    moments = ("before-after", "after", "later")
    found = [(moment, [one for one in edition.questions if one.moment == moment]) for moment in moments]
    return [(moment, list(questions)) for moment, questions in found if questions]


def _author(library: Library, name: str, w: Words) -> str:
    """An organisation by the name it agreed to, else by what it is."""
    organisation = library.organisations.get(name)
    if organisation is None:
        return name
    return organisation.name or w(f"site.organisation.{organisation.kind}")


def _downloads(desk: _Desk, edition: Edition, part: Part, kinds: tuple[str, ...] = ()) -> str:
    sheets = desk.downloads.get((edition.module.id, edition.text_lang), [])
    sheets = [sheet for sheet in sheets if not kinds or sheet.kind in kinds]
    if not sheets:
        return ""
    w = words(edition.lang)

    def order(sheet: Download) -> tuple[int, str, str]:
        return KINDS.index(sheet.kind) if sheet.kind in KINDS else len(KINDS), sheet.kind, sheet.paper

    rows = [
        {
            "path": sheet.path,
            "label": w(key) if (key := f"site.download.{sheet.kind}") in w else sheet.kind,
            "pages": sheet.pages,
            "paper": sheet.paper,
            "kilobytes": max(1, round(sheet.bytes / 1000)),
        }
        for sheet in sorted(sheets, key=order)
    ]
    return part("downloads", sheets=rows)


def _participants(desk: _Desk, edition: Edition) -> Page:
    """The page that participants keep: what it was about, the papers, the facts on them."""
    module = edition.module
    place = f"modules/{module.id}/participants/"
    w = words(edition.lang)
    part = desk.part(edition.lang, place)
    facts = _together(edition.handouts)
    numbers = {fact.fact.id: fact.number for fact in facts}
    body = [
        *_top(desk, edition, place, part, participants=True),
        f"## {w('site.objectives')} {{#m-objectives}}",
        _in_text_language(edition, "\n".join(f"- {_plain(text)}" for text in edition.objectives)),
        _downloads(desk, edition, part, ("handouts", "sheet", "cards", "form", "poster")),
    ]
    for handout in edition.handouts:
        body.append(f"## {_plain(handout.title)} {{#handout-{handout.id}{_lang(handout.lang, edition.lang)}}}")
        body.append(_renumbered(_paper(handout, edition.lang), numbers, w))
    if facts:
        body += [f"## {w('site.facts')} {{#m-facts}}", part("facts", facts=facts)]
    body.append(part("facilitator-link", edition=edition))
    title = w("site.participants.title", title=f"{edition.label} {edition.title}")
    body.append(_report(desk, part, edition.lang, place, title, edition.version))
    return _page(
        desk, place, "participants", edition.lang, title, edition.summary, body,
        text_lang=edition.text_lang, source=module.pages[edition.text_lang].path, version=edition.version,
        changed=edition.changed,
    )  # fmt: skip


def _lang(lang: str, reader: str) -> str:
    return f" lang={lang}" if lang != reader else ""


def _paper(handout: Handout, reader: str) -> str:
    """A handout as it looks on paper. Its headings go one level down, since its title is one of the page."""
    lang = f' lang="{handout.lang}"' if handout.lang != reader else ""
    if handout.cards:
        cards = []
        for card in handout.cards:
            back = f"\n\n<hr>\n\n{card.back_text}" if card.back_text else ""
            cards.append(f'<div class="card" markdown="1">\n\n{card.front_text}{back}\n\n</div>')
        inside = "\n\n".join(cards)
        return f'<div class="sheet cards"{lang} markdown="1">\n\n{inside}\n\n</div>'
    text = handout.text
    for heading in reversed(scan(text).headings):
        if heading.level < 6:
            text = f"{text[: heading.start]}#{text[heading.start :]}"
    return f'<div class="sheet {handout.kind}"{lang} markdown="1">\n\n{text}\n\n</div>'


def _together(handouts: Sequence[Handout]) -> tuple[CitedFact, ...]:
    """The facts of several handouts under one numbering."""
    first: dict[str, CitedFact] = {}
    for handout in handouts:
        for cited in handout.facts:
            first.setdefault(cited.fact.id, replace(cited, number=len(first) + 1))
    return tuple(first.values())


def _renumbered(text: str, numbers: dict[str, int], w: Words) -> str:
    """Citations with the numbers of this page instead of the handout's own."""

    def cite(found: re.Match[str]) -> str:
        number = numbers.get(found["id"])
        if number is None:
            return found[0]
        return f'<a href="#fact-{found["id"]}" aria-label="{w("cite.label", n=number)}">{number}</a>'

    return CITED.sub(cite, text)


def _retired(desk: _Desk, module: Module, lang: str) -> Page:
    """What stays at the address of a module that is no longer used: why, and what to use instead."""
    place = f"modules/{module.id}/"
    text_lang = lang if lang in module.pages else next(iter(desk.places[place]))
    front: ModuleFront = module.pages[text_lang].front
    part = desk.part(lang, place)
    w = words(lang)
    body = [
        part("crumbs", trail=[("modules/", w("site.modules"), lang)]),
        part(
            "masthead", kind="module", number=module.meta.number or "", numeral_label=w("site.module"),
            title=front.title, summary="", text_lang=text_lang,
        ),
        part(
            "retired",
            reason=module.meta.reason.get(lang, ""),
            successor=desk.editions.get((module.meta.successor or "", lang)),
        ),
    ]  # fmt: skip
    page = _page(
        desk, place, "retired", lang, front.title, front.summary, body,
        text_lang=text_lang, source=f"{module.path}/module.yml", version=module.meta.version,
        changed=module.meta.changes[0].date,
    )  # fmt: skip
    return replace(page, listed=False)


# ── themes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ordered(library: Library) -> list[Theme]:
    """Themes in order of priority; those without a rank come last."""
    return sorted(library.themes.values(), key=lambda theme: (theme.rank or 1000, theme.id))


def _theme(desk: _Desk, theme: Theme, lang: str) -> Page:
    place = f"themes/{theme.id}/"
    w = words(lang)
    part = desk.part(lang, place)
    group = [edition for edition in desk.of(lang) if theme.id in edition.module.meta.themes]
    decisions = sorted(theme.decisions, key=lambda decision: decision.date, reverse=True)
    body = [
        part("crumbs", trail=[("themes/", w("site.themes"), lang)]),
        part(
            "masthead", kind="theme", number=theme.rank or "", numeral_label=w("site.rank.label"),
            title=theme.title[lang], summary=theme.summary[lang], text_lang=lang,
        ),
        f"## {w('site.theme.modules-title')} {{#m-modules}}",
        part("theme-modules", group=group),
    ]  # fmt: skip
    if decisions:
        body.append(f"## {w('site.theme.decisions')} {{#m-decisions}}")
        if any(decision.illustrative for decision in decisions):
            body.append(part("illustrative"))
        body.append(part("decisions", decisions=decisions))
    body.append(_report(desk, part, lang, place, theme.title[lang], desk.edition_of))
    days = [decision.date for decision in decisions] + [edition.changed for edition in group]
    return _page(
        desk, place, "theme", lang, theme.title[lang], theme.summary[lang], body,
        source="data/themes.yml", version=desk.edition_of, changed=max(days, default=None),
    )  # fmt: skip


# ── pages that people write, and those the tool writes where they did not ─────────────────────────────────────────────


def _doc(desk: _Desk, place: str, lang: str) -> Page:
    library = desk.library
    name = place.rstrip("/") or "index"
    docs: dict[str, Source[PageFront]] = library.docs.get(name, {})
    text_lang = lang if lang in docs or not docs else next(code for code in library.languages if code in docs)
    doc = docs.get(text_lang)
    w = words(lang)
    part = desk.part(lang, place)
    if doc:
        title, summary, text, source = doc.front.title, doc.front.summary or "", doc.document.body, doc.path
    elif name == "index":
        title, summary = library.platform.name[lang], library.platform.publisher[lang]
        text, source = "<!-- doors -->\n\n<!-- modules -->", "data/platform.yml"
    else:
        title, summary = w(f"site.{name}"), w(f"site.{name}.summary")
        text, source = f"<!-- {name} -->", f"data/{name}.yml" if name == "themes" else ""
    body = []
    if text_lang != lang:
        body.append(_fallback(desk, lang, text_lang, place, part))
    kind = "home" if name == "index" else name if name in ("modules", "themes", "rules") else "doc"
    body.append(
        part("masthead", kind=kind, number="", numeral_label="", title=title, summary=summary, text_lang=text_lang)
    )
    if library.platform.illustrative and name in ("index", "themes") and "<!-- illustrative -->" not in text:
        body.append(part("illustrative"))
    text = prepare(text, words(text_lang), lambda fact: 0, lambda link: _doc_link(library, place, lang, link.target, link.image))
    text = BLOCK.sub(lambda found: f"\n{_block(desk, found[1], lang, place, title, part)}\n", text)
    if text_lang != lang:
        text = f'<div lang="{text_lang}" markdown="1">\n\n{text}\n\n</div>'
    body.append(text)
    if "report" not in {found[1] for found in BLOCK.finditer(doc.document.body if doc else "")}:
        body.append(_report(desk, part, lang, place, title, desk.edition_of))
    nav = w(f"site.nav.{name}") if f"site.nav.{name}" in w else ""
    changed = date.fromisoformat(desk.edition_of) if kind != "doc" else None
    return _page(
        desk, place, kind, lang, title, summary, body,
        text_lang=text_lang, source=source, version=desk.edition_of, changed=changed, nav=nav,
    )  # fmt: skip


def _doc_link(library: Library, place: str, lang: str, target: str, image: bool) -> str | None:
    """Where a link of a page in docs/ leads: `/modules/` is a page of the site, anything else a file as on the forge."""
    if external(target) or target.startswith("#"):
        return target
    if target.startswith("/"):
        path, mark, anchor = target[1:].partition("#")
        return way(staged_file(path, lang), place) + mark + anchor
    found = resolve("docs", target)
    anchor = f"#{found.anchor}" if found.anchor else ""
    if found.kind == "doc":
        return way(staged_file(doc_place(found.name), lang), place) + anchor
    if found.kind == "module":
        return way(staged_file(f"modules/{found.module}/", lang), place) + anchor
    if image and target.startswith("images/"):
        return way(staged_image("images", target.removeprefix("images/")), place)
    return None


def _block(desk: _Desk, name: str, lang: str, place: str, title: str, part: Part) -> str:
    """One of the tool's blocks inside a page that people wrote."""
    library = desk.library
    editions_here = desk.of(lang)
    if name == "modules":
        groups = [
            (theme, [one for one in editions_here if one.module.meta.themes[0] == theme.id])
            for theme in _ordered(library)
        ]
        return part("modules", editions=editions_here, groups=[(theme, group) for theme, group in groups if group])
    if name == "themes":
        counts = Counter(theme for one in editions_here for theme in one.module.meta.themes)
        return part("themes", themes=[(theme, counts[theme.id]) for theme in _ordered(library)])
    if name == "doors":
        return part("doors", places=desk.places)
    if name == "rules":
        return part("rules", families=_rules(words(lang)))
    if name == "report":
        return _report(desk, part, lang, place, title, desk.edition_of)
    return part(name)


def _rules(w: Words) -> list[tuple[str, list[str]]]:
    """The rules of `check` that the catalogue explains, by family."""
    families = [(family, [rule for rule in rules if f"rule.{rule}.why" in w]) for family, rules in RULES.items()]
    return [(family, rules) for family, rules in families if rules]


def _report(desk: _Desk, part: Part, lang: str, place: str, title: str, version: str) -> str:
    """How to report an error here: links that open a letter with page and version filled in."""
    library = desk.library
    contact = library.platform.contact
    if not (contact.email or contact.whatsapp):
        return ""
    w = words(lang)
    address = page_address(library, place, lang) or f"/{page_path(library, place, lang)}"
    values = {"title": title, "address": address, "version": version}
    letter = w("site.report.body", **values)
    return part(
        "report",
        mail=mail_link(contact.email, w("site.report.subject", **values), letter) if contact.email else "",
        whatsapp=whatsapp_link(contact.whatsapp, letter) if contact.whatsapp else "",
    )


def _page(
    desk: _Desk,
    place: str,
    kind: str,
    lang: str,
    title: str,
    description: str,
    body: Sequence[str],
    *,
    text_lang: str = "",
    source: str = "",
    version: str = "",
    changed: date | None = None,
    nav: str = "",
) -> Page:
    return Page(
        place=place,
        path=page_path(desk.library, place, lang),
        kind=kind,
        lang=lang,
        text_lang=text_lang or lang,
        title=title,
        description=description,
        body="\n\n".join(block for block in body if block),
        source=source,
        version=version,
        changed=changed,
        nav=nav,
    )


def _plain(text: str) -> str:
    """Text that Markdown must take as it is."""
    escaped = re.sub(r"([\\`*_{}\[\]])", r"\\\1", text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


