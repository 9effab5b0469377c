"""Text in which nothing is marked, the most of a page: Markdown need not try its fifteen patterns on it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

PROSE = f"{__name__}:Prose"  # as MkDocs names an extension
# Every pattern needs one of these; STX begins what Markdown itself put aside.
SIGN = re.compile(rf"[`\\\[\]<&*_{STX}]| {{2}}\n")


class _Unmarked(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not SIGN.search(element.text):
                element.text = AtomicString(element.text)


class Prose(Extension):
    """Hands such text on as it is."""

    def extendMarkdown(self, md: Markdown) -> None:
        # Just before the patterns of text, which have 20.
        md.treeprocessors.register(_Unmarked(md), "unmarked", 20.5)
