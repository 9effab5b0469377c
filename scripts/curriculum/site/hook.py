"""The door between MkDocs and the curriculum: MkDocs loads this file by name (`hooks:` in mkdocs.yml).

`mkdocs build` and `mkdocs serve` by hand work through it as `curriculum build` does: it stages the tree, hands over
names, address, languages and Markdown extensions, and adds after the build what MkDocs does not write.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zlib import compress, decompress

import mkdocs_static_i18n.config as i18n_config
from jinja2 import Environment
from mkdocs import plugins
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from curriculum.address import page_address, page_path
from curriculum.library import Library, load
from curriculum.markdown import EXTENSION_CONFIGS, EXTENSIONS
from curriculum.site import feed
from curriculum.site.bare import close, without_shell
from curriculum.site.finish import finish
from curriculum.site.index import facets
from curriculum.site.lifted import lifted, put_back
from curriculum.site.links import edit_address, staged_file, way
from curriculum.site.mend import NO_WORKER, SERVING, of_page, preview, serving
from curriculum.site.menu import Entry, site_map
from curriculum.site.parts import folders, icon
from curriculum.site.policy import policy
from curriculum.site.prose import PROSE
from curriculum.site.room import with_room
from curriculum.site.stage import Staged, stage
from curriculum.site.worker import NAME
from curriculum.words import words

# static-i18n takes codes of two letters only; the code of Zapotec, and of most languages of the world, has three.
i18n_config.RE_LOCALE = re.compile(r"[a-z]{2,3}$")
WATCHED = ("modules", "data", "docs", "overrides/icons")


def on_startup(command: str, dirty: bool) -> None:
    if command == "serve":
        os.environ[SERVING] = "1"


@plugins.event_priority(50)  # before static-i18n, which is at -100
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    i18n: Any = config.plugins["i18n"]
    if i18n.building:  # the build of a further language runs inside that of the first
        config.nav = config.extra["menu"]
        return config
    config.extra.setdefault("mend", [])
    staged = config.extra.get("staged") or _stage(config)
    config.extra["staged"] = staged
    platform = staged.library.platform
    codes = staged.library.languages
    config.docs_dir = str(staged.folder)
    config.site_name = platform.name[codes[0]]
    # `mkdocs serve` has its own address in it.
    config.site_url = config.site_url or _with_slash(platform.site_url)
    config.markdown_extensions = [*EXTENSIONS, PROSE]
    config.mdx_configs = dict(EXTENSION_CONFIGS)
    config.extra_css = [staged.assets.styles["site"]]
    config.theme.static_templates.discard("sitemap.xml")
    looks = [str(folder) for folder in folders(staged.library.root)]
    config.theme.dirs = [*looks, *(folder for folder in config.theme.dirs if folder not in looks)]
    places = {page.place for page in staged.pages}
    config.extra["menu"] = [item for item in config.nav or [] if item.removesuffix("index.md") in places]
    config.nav = ["index.md"] if _skips_first(config) else config.extra["menu"]
    i18n.load_config(
        {
            "docs_structure": "suffix",
            "reconfigure_material": False,
            "reconfigure_search": False,
            "languages": [
                {
                    "locale": language.code,
                    "name": language.name,
                    "default": language.code == codes[0],
                    "build": _wanted(config, language.code),
                }
                for language in platform.languages
            ],
        }
    )
    return config


def _wanted(config: MkDocsConfig, lang: str) -> bool:
    """Whether this process builds a language: all of them, unless build.py shares them out."""
    only = config.extra.get("only")
    return only is None or lang == only


def _skips_first(config: MkDocsConfig) -> bool:
    """Whether the outer build, which MkDocs always does for the first language, is of its home page alone."""
    return not _wanted(config, config.extra["staged"].library.languages[0])


def _with_slash(address: str | None) -> str | None:
    return f"{address.rstrip('/')}/" if address else None


def _stage(config: MkDocsConfig) -> Staged:
    home = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    root = Path(os.environ.get("CURRICULUM_ROOT") or home).resolve()
    if serving():
        staged, config.extra["mend"] = preview(root, _today())
        return staged
    library = load(root, _today())
    errors = [problem for problem in library.problems if problem.severity == "error"]
    if errors:
        w = words(library.languages[0])
        lines = [f"{one.path}:{one.line}:{one.column}: {one.message(w)}" for one in errors]
        raise Abort("\n".join(lines))
    # Beside the tree of `curriculum build`, which may be at work at the same time.
    return stage(library, root / "build" / "serve")


def _today() -> date | None:
    """The day by which reviews are due: SOURCE_DATE_EPOCH, or None for the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else None


@plugins.event_priority(50)
def _on_files(files: Files, config: MkDocsConfig) -> Files:
    """Of the theme only the templates are used, so its files stay away; static-i18n is shown pages alone."""
    i18n: Any = config.plugins["i18n"]
    staged: Staged = config.extra["staged"]
    if _skips_first(config) and not i18n.building:
        # static-i18n asks for a home page in every build.
        home = staged_file("", staged.library.languages[0])
        return Files([file for file in files if file.src_uri == home])
    own = [file for file in files if str(file.abs_src_path).startswith(str(staged.folder))]
    config.extra["beside"] = [file for file in own if not file.is_documentation_page()]
    return Files([file for file in own if file.is_documentation_page()])


@plugins.event_priority(-200)
def _on_files_told(files: Files, config: MkDocsConfig) -> Files:
    """Images and all else beside the pages stand once on the site, whatever the language."""
    for file in config.extra.get("beside", ()):
        files.append(file)
    return files


on_files = plugins.CombinedEvent(_on_files, _on_files_told)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The home page of an outer build that is not wanted is empty: what it links to is not there."""
    i18n: Any = config.plugins["i18n"]
    if _skips_first(config) and not i18n.building:
        markdown = ""
    text, config.extra["lifted"] = lifted(markdown)
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """MkDocs reads every page before it writes the first. Their text waits packed: as it is it fills the memory."""
    page.markdown = None
    content = put_back(html, config.extra["lifted"])
    config.extra.setdefault("packed", {})[page.url] = compress(content.encode(), 1)
    return ""


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Lines that hold only a tag of the template leave no blank line in the page.

    Every page has been read, so that its links are known to lead somewhere: only one language writes what stands
    beside the pages.
    """
    env.trim_blocks = env.lstrip_blocks = True
    i18n: Any = config.plugins["i18n"]
    if i18n.building:
        for file in config.extra.get("beside", ()):
            files.remove(file)
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    content, page.content = page.content or "", None
    return close(with_room(without_shell(output, content), page.url, config.extra["staged"].folder))


def on_template_context(context: Any, template_name: str, config: MkDocsConfig) -> Any:
    """What 404.html needs. It stands for no page: both languages, links from the root of the site."""
    library: Library = config.extra["staged"].library
    lang = library.languages[0]
    context.update(
        _common(config, lang), mend=config.extra["mend"], root_path=lambda place, lang: page_path(library, place, lang)
    )
    return context


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """One 404.html, written with the first language."""
    i18n: Any = config.plugins["i18n"]
    return "" if i18n.building else without_shell(output)


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    staged: Staged = config.extra["staged"]
    library = staged.library
    lang: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    path = page.url
    place = path if lang == library.languages[0] else path.removeprefix(f"{lang}/")
    text_lang = page.meta["lang"]
    site = library.platform.site_url
    page.edit_url = edit_address(library.platform, page.meta.get("source", ""))
    page.canonical_url = _address(library, place, text_lang)
    context.update(
        _common(config, lang),
        place=place,
        to=lambda place: way(page_path(library, place, lang), path),
        switch=[
            (language, way(page_path(library, place, language.code), path))
            for language in library.platform.languages
            if language.code != lang
        ],
        alternates=[
            (code, _address(library, place, code)) for code in staged.texts[place] if site and text_lang == lang
        ],
        # The name of the site in the corner leads home.
        menu=[_entry(item, page) for item in nav.items if isinstance(item, Page) and item.meta["kind"] != "home"],
        sections=list(page.toc),
        site_map=_site_map(config, lang),
        poster=_poster(staged, lang),
        feed=way(page_path(library, feed.NAME, lang), path) if site else "",
        findable=facets(library, place, page.meta),
        mend=of_page(config.extra["mend"], page.meta.get("source", ""), page.meta["kind"] == "home", library.languages),
    )
    page.content = decompress(config.extra["packed"].pop(page.url)).decode()
    # The theme would make its own skip link and table of contents of it.
    page.toc = TableOfContents([])
    return context


def _entry(item: Page, page: Page) -> tuple[str, str, str]:
    """A page of the menu as seen from another: its label, the way to it, whether the reader is there or below."""
    below = page.url.startswith(item.url)
    current = "page" if item == page else "true" if below else ""
    return item.meta.get("nav") or item.meta["title"], way(item.url, page.url), current


def _site_map(config: MkDocsConfig, lang: str) -> list[tuple[str, list[Entry]]]:
    maps: dict[str, list[tuple[str, list[Entry]]]] = config.extra.setdefault("maps", {})
    if lang not in maps:
        maps[lang] = site_map(config.extra["staged"].pages, lang)
    return maps[lang]


def _poster(staged: Staged, lang: str) -> str | None:
    """The absolute address of the picture that messengers show beside a link."""
    path = staged.posters.get(lang)
    return page_address(staged.library, path, staged.library.languages[0]) if path else None


def _address(library: Library, place: str, lang: str) -> str | None:
    site = library.platform.site_url
    return f"{site.rstrip('/')}/{page_path(library, place, lang)}" if site else None


def _common(config: MkDocsConfig, lang: str) -> dict[str, Any]:
    staged: Staged = config.extra["staged"]
    return {
        "w": words(lang),
        "page_lang": lang,
        "platform": staged.library.platform,
        "assets": staged.assets,
        "icon": lambda name: icon(staged.library.root, name),
        "speak": words,
        # The server's own script, which loads the page again at every save, stands in the page.
        "policy": (lambda kind="": "script-src * 'unsafe-inline'") if serving() else policy,
    }


@plugins.event_priority(-200)  # after static-i18n has built the last language
def on_post_build(config: MkDocsConfig) -> None:
    i18n: Any = config.plugins["i18n"]
    if not i18n.building and not _skips_first(config):
        finish(config.extra["staged"], Path(config.site_dir))
        if serving():
            Path(config.site_dir, NAME).write_bytes(NO_WORKER)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Watch what people write, not what is staged from it: otherwise each save would build twice."""
    staged: Staged = config.extra["staged"]
    server.unwatch(config.docs_dir)
    root = staged.library.root
    for folder in (*(root / name for name in WATCHED), *folders(root)):
        if folder.is_dir():
            server.watch(str(folder))
    return server
