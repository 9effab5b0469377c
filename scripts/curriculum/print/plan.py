"""The questions of a step that its plan on one page has room for."""

from __future__ import annotations

import re

from markupsafe import Markup

ASK = re.compile(r'<div class="admonition ask[^"]*">(.*?)</div>', re.DOTALL)
ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
PARAGRAPH = re.compile(r'<p(?! class="admonition-title")[^>]*>(.*?)</p>', re.DOTALL)
MARK = re.compile(r"<sup.*?</sup>|<span class=\"pending\">.*?</span>|</?(?:p|a|div)\b[^>]*>", re.DOTALL)


def questions(html: str) -> tuple[Markup, ...]:
    """What a step asks the group, in order, without citations: the items of its questions, or else their paragraphs."""
    found = []
    for callout in ASK.findall(html):
        found += ITEM.findall(callout) or PARAGRAPH.findall(callout)
    return tuple(Markup(MARK.sub("", text).strip()) for text in found)
