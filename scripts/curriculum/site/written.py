"""The pages that people write in docs/, with the tool's blocks, and those that the tool writes where they did not.

A block is a comment alone on its line, and the tool puts it there:

    <!-- doors -->         the ways into the site
    <!-- sectors -->       a drawing for each sector
    <!-- modules -->       the list of modules, with what to narrow it down by
    <!-- themes -->        the list of themes
    <!-- priorities -->    the themes in order, one line each
    <!-- news -->          the newest changes of modules
    <!-- rules -->         every rule of the check, explained
    <!-- illustrative -->  that the data is invented
    <!-- report -->        how to report an error; else it comes last
    <!-- correct -->       links with which to send a correction: a form of the forge, a letter, a message
    <!-- propose -->       the same, to propose a module
    <!-- start -->         links that open the forge's editor on the files of a new module, already filled in
    <!-- tell -->          links with which to tell how a session went
    <!-- send -->          links with which to send a manual

docs/index is home; a page docs/modules, docs/themes, docs/why, docs/coverage or docs/rules replaces the tool's own. A
link that begins with / is to a place of the site in the page's language: `[Temas](/themes/)`; any other is to a file,
as on the forge.
"""

from __future__ import annotations

import re
from collections import Counter

from curriculum.address import external, resolve
from curriculum.article import article
from curriculum.citation import CitedFact
from curriculum.library import Library
from curriculum.markdown import Link
from curriculum.problem import RULES
from curriculum.site.behind import lacking, marked
from curriculum.site.contribute import WAYS, ways
from curriculum.site.desk import Desk
from curriculum.site.draft import Draft
from curriculum.site.facet import choices
from curriculum.site.facilitator import downloads
from curriculum.site.links import doc_place, staged_file, staged_image, way
from curriculum.site.page import Page
from curriculum.site.parts import names
from curriculum.translation import sections_behind
from curriculum.words import Words, words

BLOCKS = ("doors", "sectors", "modules", "themes", "priorities", "news", "rules", "illustrative", "report", *WAYS)
BLOCK = re.compile(rf"^<!--[ ]*({'|'.join(BLOCKS)})[ ]*-->[ \t]*$", re.MULTILINE)
LISTS = ("modules", "themes", "rules")
NEWS = 5  # changes that home shows


def written(desk: Desk, place: str, lang: str) -> Page:
    """The page at a place for which there is a file in docs/, or home, or one of LISTS."""
    library = desk.library
    name = place.rstrip("/") or "index"
    w = words(lang)
    facts: tuple[CitedFact, ...] = ()
    text_lang = lang
    if doc := article(library, name, lang, lambda link: doc_route(library, place, lang, link)):
        title, summary, text, source = doc.title, doc.summary, doc.text, doc.path
        text_lang, facts = doc.text_lang, doc.facts
    elif name == "index":
        title, summary, source = library.platform.name[lang], library.platform.publisher[lang], "data/platform.yml"
        text = "<!-- doors -->\n\n<!-- priorities -->\n\n<!-- news -->"
    else:
        title, summary, source = w(f"site.{name}"), w(f"site.{name}.summary"), ""
        text = f"<!-- {name} -->"
    blocks = {found[1] for found in BLOCK.finditer(text)}
    draft = Draft(
        desk=desk,
        place=place,
        kind="home" if name == "index" else name if name in LISTS else "doc",
        lang=lang,
        text_lang=text_lang,
        title=title,
        description=summary,
        source=source,
        version=str(desk.changed or ""),
        changed=desk.changed if blocks else None,
        nav=w(f"site.nav.{name}") if f"site.nav.{name}" in w else "",
        extras=("filter",) if "modules" in blocks else (),
    )
    behind = sections_behind(library, f"docs/{name}", text_lang)
    text = marked(draft, text, behind)
    draft.begin(title, summary, [])
    if library.platform.illustrative and name in ("index", "themes") and "illustrative" not in blocks:
        draft.add(draft.part("illustrative"))
    draft.add(draft.text(BLOCK.sub(lambda found: f"\n{_block(draft, found[1])}\n", text).strip()))
    draft.add(lacking(draft, behind))
    if facts:
        draft.head("site.facts", "facts")
        draft.add(draft.part("facts", facts=facts))
    if name == "modules":
        draft.add(downloads(draft, "", lang, ("book",)))
    if "report" not in blocks:
        draft.add(draft.report())
    return draft.page()


def doc_route(library: Library, place: str, lang: str, link: Link, folder: str = "docs") -> str | None:
    """Where a link or an image of a page in docs/, or in a folder of it, leads."""
    target = link.target
    if external(target) or target.startswith("#"):
        return target
    if target.startswith("/"):
        path, mark, anchor = target[1:].partition("#")
        return way(staged_file(path, lang), place) + mark + anchor
    found = resolve(folder, target)
    anchor = f"#{found.anchor}" if found.anchor else ""
    if found.kind == "doc":
        return way(staged_file(doc_place(found.name), lang), place) + anchor
    if found.kind == "module":
        return way(staged_file(f"modules/{found.module}/", lang), place) + anchor
    if link.image and target.startswith("images/"):
        return way(staged_image("images", target.removeprefix("images/")), place)
    return None


def _block(draft: Draft, name: str) -> str:
    desk = draft.desk
    here = list(desk.read_in(draft.lang).values())
    if name == "modules":
        groups = [(theme, [one for one in here if one.module.meta.themes[0] == theme.id]) for theme in desk.themes]
        return draft.part(
            "modules",
            editions=here,
            groups=[(theme, group) for theme, group in groups if group],
            choices=choices(desk.library, here, desk.themes, names(desk.library, draft.w), draft.w),
        )
    counts = Counter(theme for one in here for theme in one.module.meta.themes)
    if name == "themes":
        return draft.part("themes", themes=[(theme, desk.decision(theme), counts[theme.id]) for theme in desk.themes])
    if name == "priorities":
        invented = any(decision.illustrative for theme in desk.themes if (decision := desk.decision(theme)))
        themes = [(theme, desk.rank(theme), counts[theme.id]) for theme in desk.themes]
        return draft.part("priorities", themes=themes, invented=invented)
    if name == "news":
        changes = [(one, change) for one in here for change in one.module.meta.changes]
        newest = sorted(changes, key=lambda pair: pair[1].date, reverse=True)[:NEWS]
        return draft.part("news", news=newest) if newest else ""
    if name == "doors":
        return draft.part("doors", places=desk.places)
    if name == "rules":
        return draft.part("rules", families=explained(draft.w))
    if name == "report":
        return draft.report()
    if name in WAYS:
        return draft.part("ways", ways=ways(draft, name))
    return draft.part(name)


def explained(w: Words) -> list[tuple[str, list[str]]]:
    """The rules of the check that the catalogue explains, by family."""
    families = [(family, [rule for rule in rules if f"rule.{rule}.why" in w]) for family, rules in RULES.items()]
    return [(family, rules) for family, rules in families if rules]
