"""Tables with many columns on paper that is too narrow for them: each row becomes a list of what its columns say."""

from __future__ import annotations

import re

MANY = 5  # columns that stand beside each other in large print, and on half a sheet, no longer
TABLE = re.compile(
    r'<table(?: class="(?P<name>fields|counts)")?>\s*<thead>\s*<tr>'
    r'(?P<head>(?:\s*<th(?: style="[^"]*")?>(?:(?!</th>).)*</th>)+)'
    r"\s*</tr>\s*</thead>\s*<tbody>(?P<body>(?:(?!</?table>).)*)</tbody>\s*</table>",
    re.DOTALL,
)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def stacked(html: str) -> str:
    """The HTML with such tables turned: one table a row, of two columns, the heading and the cell.

    A table with fewer columns stays, but its headings may break anywhere between words.
    """
    return TABLE.sub(_turned, html)


def _turned(found: re.Match[str]) -> str:
    heads = [text.replace("\u00a0", " ") for text in CELL.findall(found["head"])]
    rows = [CELL.findall(row) for row in ROW.findall(found["body"])]
    if len(heads) > MANY or (len(heads) == MANY and len(rows) == 1):
        return "".join(_list(heads, row, found["name"] or "") for row in rows)
    return found[0].replace(found["head"], found["head"].replace("\u00a0", " "), 1)


def _list(heads: list[str], cells: list[str], name: str) -> str:
    lines = (f'<tr><th scope="row">{head}</th><td>{cell}</td></tr>' for head, cell in zip(heads, cells, strict=True))
    return f'<table class="{" ".join(filter(None, ("stacked", name)))}"><tbody>{"".join(lines)}</tbody></table>'
