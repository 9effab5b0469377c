"""Raw HTML in a text, cut to what can do no harm. What harm is, a well-kept sanitiser decides, on what a browser gets.

The rules of the check refuse such a text with its place. This is the wall behind them: whatever they and our own
reading of Markdown overlook, no page and no paper is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3

# What people may write themselves, with the attributes of each; the rest of TAGS is what Markdown makes.
WRITTEN: dict[str, set[str]] = {
    "br": set(), "span": {"lang"}, "sup": set(), "sub": set(), "abbr": {"title", "lang"}, "small": set(),
}  # fmt: skip
TAGS = WRITTEN.keys() | {
    "a", "blockquote", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input", "label",
    "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "src", "title"},
    "input": {"checked", "disabled", "type"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
}
SCHEMES = {"https", "http", "mailto", "tel"}
# What can make HTML of its own, attributes, or a link with a scheme. Most texts have none of it and cost nothing.
SUSPECT = re.compile(
    r"""<(?!br ?/?>|/span>|span lang="[a-z-]+">|!-- [a-z-]+ -->)|\{[^}\n]*=|\]\([^)\s]*[:&]"""
    r"""|^[ >\d.*+-]*\[[^\]\n]+\]:""",
    re.MULTILINE,
)
# The two ways of writing the same: Python-Markdown's and the sanitiser's.
SPELLING = re.compile(r'\s*/(?=>)|=""|(?<=text-align:) |;(?=")|<!--.*?-->', re.DOTALL)


def clean(html: str) -> str:
    """HTML with nothing in it but what the allow-list names."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        filter_style_properties={"text-align"},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def harmless(text: str, render: Callable[[str], str]) -> str:
    """The Markdown as it is where nothing would be cut from its HTML; else with its HTML and attributes as words."""
    if not SUSPECT.search(text) or _is_clean(render(text)):
        return text
    tamed = re.sub(r"\{:?[^{}\n]*=[^{}\n]*\}", "", text.replace("&", "&amp;").replace("<", "&lt;"))
    tamed = re.sub(r"\]\([^)]*\)|\]\s*:", "]", tamed)
    if _is_clean(render(tamed)):
        return tamed
    words = re.sub(r"([\\`*_{}\[\]()#+.!|>:-])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    return re.sub(r"^[ \t]+", "", words, flags=re.MULTILINE)


def _is_clean(html: str) -> bool:
    return SPELLING.sub("", html).strip() == SPELLING.sub("", clean(html)).strip()
