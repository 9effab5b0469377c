"""What search engines and catalogues of teaching material read in a module's page: schema.org's LearningResource.

It is short, since every reader's phone loads it too: what the head of the page says already is not repeated.
"""

from __future__ import annotations

import json
import re
from typing import Any

from curriculum.address import page_address
from curriculum.edition import Edition
from curriculum.library import Library
from curriculum.site.desk import Desk

CREATIVE_COMMONS = re.compile(r"CC-(?P<terms>BY(?:-NC)?(?:-SA|-ND)?)-(?P<version>\d\.\d)")


def linked_data(desk: Desk, edition: Edition) -> str:
    """The JSON-LD of a module in the language of the page, "" where the page shows the text of another."""
    if edition.is_fallback:
        return ""
    library, module, meta = desk.library, edition.module, edition.module.meta
    place = f"modules/{module.id}/"
    others = [lang for lang in library.languages if lang in module.pages and lang != edition.lang]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "url": edition.address,
        "name": edition.title,
        "inLanguage": edition.lang,
        "timeRequired": f"PT{edition.minutes}M",
        "teaches": list(edition.objectives),
        "isBasedOn": _bases(library, edition),
        "version": edition.version,
        "dateModified": edition.changed.isoformat(),
        "license": licence_address(meta.licence),
        "workTranslation": [{"@id": address} for lang in others if (address := page_address(library, place, lang))],
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": address}
            for sheet in desk.downloads.get((module.id, edition.lang), [])
            if sheet.kind == "guide" and (address := page_address(library, sheet.path, library.languages[0]))
        ],
    }
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, separators=(",", ":"))


def _bases(library: Library, edition: Edition) -> list[dict[str, str]]:
    """What the module was made from, and the laws that it rests on."""
    made_from = edition.module.meta.provenance.from_
    bases = [{"@type": "CreativeWork", "name": made_from}] if made_from else []
    cited = dict.fromkeys(one.id for fact in edition.facts for one in fact.fact.sources)
    sources = [library.sources[name] for name in cited if name in library.sources]
    return bases + [{"@type": "Legislation", "name": one.title} for one in sources if one.kind == "law"]


def licence_address(name: str) -> str:
    """The address of a licence by its SPDX name where it is one of Creative Commons, else the name.

    >>> licence_address("CC-BY-SA-4.0")
    'https://creativecommons.org/licenses/by-sa/4.0/'
    """
    found = CREATIVE_COMMONS.fullmatch(name)
    return f"https://creativecommons.org/licenses/{found['terms'].lower()}/{found['version']}/" if found else name
