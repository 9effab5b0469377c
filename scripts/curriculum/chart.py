"""Pictures of the ranking as SVG: sizes, numbers and places carry the meaning, never colour; a table stands beside."""

from __future__ import annotations

from html import escape

from curriculum.library import Library
from curriculum.needs import Round
from curriculum.table import percent, title
from curriculum.words import Words

# A phone's width without its margins, in CSS pixels; on paper the same numbers are scaled.
WIDTH = 340


def heat_map(library: Library, one: Round, w: Words) -> str:
    """Theme by sector: in each cell a square whose area is the theme's share of the sector's dots, and the number."""
    sectors = list(one.by_sector)
    column = WIDTH / max(len(sectors), 1)
    largest = max((share for row in one.ranking for share in row.by_sector.values()), default=0.0) or 1.0
    head, band, side = 64, 78, min(38.0, column - 12)
    parts = []
    for index, sector in enumerate(sectors):
        name = library.sectors[sector].title[w.lang] if sector in library.sectors else sector
        lines = wrapped(name, int(column / 5.4))
        for number, line in enumerate(lines[:4]):
            y = head - 8 - 12 * (min(len(lines), 4) - 1 - number)
            parts.append(label(index * column + column / 2, y, line, 10.5, anchor="middle"))
    for number, row in enumerate(one.ranking):
        top = head + number * band
        name = f"{row.rank}. {title(library, row.theme, w)}"
        parts.append(f'<path d="M0 {top:.1f}H{WIDTH}" stroke="currentColor" stroke-width="1"/>')
        parts.append(label(0, top + 16, name, 12.5, bold=True))
        for index, sector in enumerate(sectors):
            share = row.by_sector.get(sector, 0.0)
            middle = index * column + column / 2
            edge = side * (share / largest) ** 0.5
            if edge:
                x, y = middle - edge / 2, top + 22 + (side - edge) / 2
                parts.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{edge:.1f}" height="{edge:.1f}" fill="currentColor"/>'
                )
            parts.append(label(middle, top + 22 + side + 13, percent(share, w), 11, anchor="middle"))
    height = head + band * len(one.ranking)
    return drawing(WIDTH, height, w("chart.heat.title"), w("chart.heat.desc"), parts)


def breadth_and_disagreement(library: Library, one: Round, w: Words) -> str:
    """Each theme as its rank in a circle: to the right those that many organisations put first, upwards those on which
    organisations differ."""
    rows = [row for row in one.ranking if row.score > 0]
    left, right, top, bottom = 42, WIDTH - 14, 14, 250
    most = max((row.breadth for row in rows), default=1) or 1
    widest = max((row.disagreement for row in rows), default=0.1) or 0.1
    parts = [
        f'<path d="M{left} {top}V{bottom}H{right}" stroke="currentColor" stroke-width="1.5" fill="none"/>',
        label((left + right) / 2, bottom + 36, w("chart.breadth.x"), 11, anchor="middle"),
        label(left, top - 3, w("chart.breadth.y"), 11),
    ]
    for count in range(most + 1):
        x = left + (right - left - 24) * count / most + 12
        parts.append(label(x, bottom + 16, str(count), 11, anchor="middle"))
    for share in (0.0, widest / 2, widest):
        y = bottom - 12 - (bottom - top - 30) * share / widest
        parts.append(label(left - 5, y + 4, w("percent", number=w.number(share * 100, 0)), 10, anchor="end"))
    placed: list[tuple[float, float]] = []
    for row in rows:
        x = left + (right - left - 24) * row.breadth / most + 12
        y = bottom - 12 - (bottom - top - 30) * row.disagreement / widest
        x, y = _free(x, y, placed)
        placed.append((x, y))
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="none" stroke="currentColor" stroke-width="2"/>')
        parts.append(label(x, y + 4, str(row.rank), 11, anchor="middle", bold=True))
    return drawing(WIDTH, bottom + 44, w("chart.breadth.title"), w("chart.breadth.desc"), parts)


def work_bars(rows: list[tuple[str, str, int, int]], w: Words) -> str:
    """Each text with its minutes of work: a full bar for what is behind, an empty one for what nobody compared.

    A row is the text, the language to work in, the minutes behind and those not compared.
    """
    most = max((late + rest for _, _, late, rest in rows), default=1) or 1
    band, full = 44, WIDTH - 70
    parts = []
    for number, (name, lang, late, rest) in enumerate(rows):
        top = number * band
        short, *more = wrapped(name, 46 - len(lang))
        text = f"{short}{'…' if more else ''} · {lang}"
        parts.append(label(0, top + 14, text, 12.5, bold=bool(late)))
        wide, open_ = full * late / most, full * rest / most
        if late:
            parts.append(f'<rect x="0" y="{top + 20}" width="{max(wide, 2):.1f}" height="14" fill="currentColor"/>')
        if rest:
            parts.append(
                f'<rect x="{wide + 1:.1f}" y="{top + 21}" width="{max(open_ - 2, 2):.1f}" height="12" fill="none" '
                'stroke="currentColor" stroke-width="1.5"/>'
            )
        parts.append(label(wide + open_ + 8, top + 32, w.minutes(late + rest), 11))
    return drawing(WIDTH, band * len(rows), w("translation.chart"), w("translation.chart.read"), parts)


def _free(x: float, y: float, placed: list[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place to (x, y), on rings around it, where a circle covers no other; (x, y) where all is full."""
    for ring in range(8):
        for dx, dy in ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1)):
            a, b = x + dx * 22 * ring, y + dy * 22 * ring
            if 40 < a < WIDTH - 10 and b > 12 and all(abs(a - c) >= 21 or abs(b - d) >= 21 for c, d in placed):
                return a, b
    return x, y


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, of at most so many characters each."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def label(x: float, y: float, text: str, size: float, *, anchor: str = "start", bold: bool = False) -> str:
    """Text in a picture; `anchor` is start, middle or end."""
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return f'<text {place}{weight} fill="currentColor">{escape(text)}</text>'


def drawing(width: float, height: float, name: str, description: str, parts: list[str]) -> str:
    """The picture around its parts, with what a screen reader says of it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" class="chart" '
        f'font-family="Atkinson Hyperlegible, sans-serif"><title>{escape(name)}</title>'
        f"<desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )
