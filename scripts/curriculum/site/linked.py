"""What search engines and catalogues of teaching material read in a module's page: schema.org's LearningResource."""

from __future__ import annotations

import json
import re
from typing import Any

from curriculum.address import page_address
from curriculum.edition import Edition
from curriculum.library import Library
from curriculum.site.desk import Desk
from curriculum.words import words

CREATIVE_COMMONS = re.compile(r"CC-(?P<terms>BY(?:-NC)?(?:-SA|-ND)?)-(?P<version>\d\.\d)")


def linked_data(desk: Desk, edition: Edition, authors: list[str]) -> str:
    """The JSON-LD of a module in the language of the page, "" where the page shows the text of another."""
    if edition.is_fallback:
        return ""
    library, module, meta, w = desk.library, edition.module, edition.module.meta, words(edition.lang)
    place = f"modules/{module.id}/"
    others = [lang for lang in library.languages if lang in module.pages and lang != edition.lang]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "url": edition.address,
        "name": edition.title,
        "description": edition.summary,
        "inLanguage": edition.lang,
        "learningResourceType": w("linked.type"),
        "educationalLevel": w(f"site.depth.{meta.depth}"),
        "audience": {"@type": "EducationalAudience", "educationalRole": w("linked.role")},
        "timeRequired": f"PT{edition.minutes}M",
        "teaches": list(edition.objectives),
        "about": [library.themes[name].title[edition.lang] for name in meta.themes if name in library.themes],
        "isBasedOn": _bases(library, edition),
        "version": edition.version,
        "datePublished": meta.changes[-1].date.isoformat(),
        "dateModified": edition.changed.isoformat(),
        "license": licence_address(meta.licence),
        "isAccessibleForFree": True,
        "author": [{"@type": "Organization", "name": name} for name in authors],
        "publisher": {"@type": "Organization", "name": library.platform.publisher[edition.lang]},
        "workTranslation": [
            {"@type": "LearningResource", "inLanguage": lang, "url": address}
            for lang in others
            if (address := page_address(library, place, lang))
        ],
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": "application/pdf",
                "contentUrl": f"{library.platform.site_url.rstrip('/')}/{sheet.path}",
                "contentSize": str(sheet.bytes),
            }
            for sheet in desk.downloads.get((module.id, edition.lang), [])
            if library.platform.site_url
        ],
    }
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, separators=(",", ":"))


def _bases(library: Library, edition: Edition) -> list[dict[str, str]]:
    """What the module was made from, and the laws and documents that it rests on; the press only tells of them."""
    made_from = edition.module.meta.provenance.from_
    bases = [{"@type": "CreativeWork", "name": made_from}] if made_from else []
    cited = dict.fromkeys(one.id for fact in edition.facts for one in fact.fact.sources)
    for source in (library.sources[name] for name in cited if name in library.sources):
        if source.kind == "press":
            continue
        kind = "Legislation" if source.kind == "law" else "CreativeWork"
        bases.append({"@type": kind, "name": source.title} | ({"url": source.url} if source.url else {}))
    return bases


def licence_address(name: str) -> str:
    """The address of a licence by its SPDX name where it is one of Creative Commons, else the name.

    >>> licence_address("CC-BY-SA-4.0")
    'https://creativecommons.org/licenses/by-sa/4.0/'
    """
    found = CREATIVE_COMMONS.fullmatch(name)
    return f"https://creativecommons.org/licenses/{found['terms'].lower()}/{found['version']}/" if found else name
