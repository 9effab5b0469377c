"""A page as it leaves the template, without what nobody uses of it."""

from __future__ import annotations

import re

# What Material's shell puts around the blocks for its own stylesheet and script, which are not loaded: in part invalid.
SHELL = re.compile(
    r'\s*<input class="md-toggle".*?</label>|\s*<div data-md-component="(skip|announce)">\s*</div>'
    r'|\s*<div class="md-dialog".*?</div>\s*</div>| data-md-component="\w+"| class="md-[ \w-]+"|(?<=<body) dir="ltr"',
    re.DOTALL,
)
# Blank space between blocks, which no browser shows.
BLOCK = (
    "(?:!doctype|html|head|meta|link|title|script|body|main|article|section|nav|header|footer|aside|div|p|h[1-6]|ul|ol|li"
    "|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|figure|figcaption|details|summary|pre)"
)
BETWEEN = re.compile(rf"(</?{BLOCK}\b[^<>]*>)\s+(?=</?{BLOCK}\b)")


def without_shell(html: str, content: str = "") -> str:
    """The page without the marks of Material's shell, which are looked for around its `content` only."""
    before, inside, after = html.partition(content) if content else (html, "", "")
    return SHELL.sub("", before) + inside + SHELL.sub("", after)


def close(html: str) -> str:
    """The page without blank space between blocks."""
    return BETWEEN.sub(r"\1", html)
