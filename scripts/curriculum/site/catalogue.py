"""The catalogue: everything a machine may want to know about the modules and their papers, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from curriculum.address import page_address, page_path
from curriculum.library import Library, Module
from curriculum.site.stage import Staged
from curriculum.translation import standing

FORMAT = 1


def catalogue(staged: Staged) -> dict[str, Any]:
    """Every live module with its metadata, titles and addresses, and every PDF. Paths begin at the site's root."""
    library = staged.library
    platform = library.platform
    return {
        "format": FORMAT,
        "name": platform.name,
        "site_url": platform.site_url,
        "languages": library.languages,
        "illustrative": platform.illustrative,
        "themes": [
            {"id": theme.id, "title": theme.title, "rank": theme.rank} for theme in library.themes.values()
        ],
        "sectors": [{"id": sector.id, "title": sector.title} for sector in library.sectors.values()],
        "modules": [_module(library, module) for module in library.live if module.pages],
        "pdfs": [asdict(download) for download in staged.downloads],
    }  # fmt: skip


def _module(library: Library, module: Module) -> dict[str, Any]:
    meta = module.meta
    data = meta.model_dump(mode="json", by_alias=True, exclude={"changes", "reason", "successor", "steps"})
    place = f"modules/{module.id}/"
    return {
        "id": module.id,
        "version": meta.version,
        "changed": meta.changes[0].date.isoformat(),
        "minutes": meta.minutes,
        **data,
        "steps": [step.model_dump(mode="json") for step in meta.steps],
        "pages": {
            lang: {
                "title": page.front.title,
                "summary": page.front.summary,
                "objectives": page.front.objectives,
                "path": page_path(library, place, lang),
                "address": page_address(library, place, lang) or None,
                "participants": page_path(library, f"{place}participants/", lang),
            }
            for lang, page in module.pages.items()
        },
        "translations": {lang: _translation(library, module, lang) for lang in library.languages},
    }


def _translation(library: Library, module: Module, lang: str) -> dict[str, Any]:
    """What readers of a language hold: "missing" says that they are shown the text of another language."""
    found = standing(library, module, lang)
    behind = [f"{one.unit.name}#{one.key}" for one in found.behind]
    return {"state": found.state, "equal": found.checked.isoformat() if found.checked else None, "behind": behind}
