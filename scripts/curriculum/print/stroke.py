"""Strokes that a photocopier does not lose: however small a drawing is placed, no line of it is finer than a rule."""

from __future__ import annotations

from weasyprint.pdf.stream import Stream

FINEST = 1.0  # points on the sheet; a third copy keeps that, see tests/print/test_copier.py


def keep_strokes() -> None:
    """Let WeasyPrint draw no line finer than FINEST, at the scale at which it comes to stand on the page.

    A drawing of 120 units with strokes of 2 is as fine as 0.5 pt where it is 11 mm wide.
    """
    draw = Stream.set_line_width

    def no_finer(stream: Stream, width: float) -> None:
        scale = abs(stream.ctm.determinant) ** 0.5
        draw(stream, max(width, FINEST / scale) if width and scale else width)

    if draw.__name__ != no_finer.__name__:
        Stream.set_line_width = no_finer
