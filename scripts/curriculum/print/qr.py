"""QR codes that survive photocopying: level M, a quiet zone, and at least 30 mm however long the address is."""

from __future__ import annotations

import segno

SIDE = 32.0  # millimetres, without the quiet zone
QUIET = 4  # modules of white around it, as the standard asks


def svg(address: str, title: str) -> str:
    """The code of `address` as inline SVG; `title` is what a screen reader says."""
    code = segno.make(address, error="m", boost_error=False, micro=False)
    modules = code.symbol_size(border=0)[0]
    side = SIDE * (modules + 2 * QUIET) / modules
    # segno escapes the title.
    drawing = code.svg_inline(border=QUIET, title=title, omitsize=True, svgclass=None, lineclass=None)
    return drawing.replace("<svg ", f'<svg width="{side:.1f}mm" height="{side:.1f}mm" ', 1)
