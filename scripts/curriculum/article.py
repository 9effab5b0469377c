"""An article: a page of docs/ as it is read in one language, with the facts it cites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from curriculum.citation import Citations, CitedFact
from curriculum.library import Library
from curriculum.markdown import Link, prepare
from curriculum.words import words


@dataclass(frozen=True)
class Article:
    """`lang` is the reader's language, `text_lang` the one the text is in. `text` is prepared Markdown."""

    name: str
    lang: str
    text_lang: str
    title: str
    summary: str
    text: str
    facts: tuple[CitedFact, ...]
    path: str  # of its file


def article(library: Library, name: str, lang: str, route: Callable[[Link], str | None]) -> Article | None:
    """The page docs/<name> for readers of `lang`, in another language where it does not exist in theirs.

    None where there is no such page in any language. `route` decides where its links lead.
    """
    pages = library.docs.get(name, {})
    text_lang = lang if lang in pages else next((code for code in library.languages if code in pages), "")
    if not text_lang:
        return None
    page = pages[text_lang]
    cited = Citations(library, lang)
    text = prepare(page.document.body, words(text_lang), cited.mark, route, cited.revise)
    front = page.front
    return Article(name, lang, text_lang, front.title, front.summary or "", text, cited.facts(), page.path)
