"""The inner loops of WeasyPrint 70.0 that cost most, written shorter: the same bytes in less time.

Every one stands in for a private function of that very version; with another version nothing is replaced, and the
papers come out the same, only later. tests/print/test_engine.py holds both against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pydyf
import weasyprint
from weasyprint import CSS, HTML, css, html
from weasyprint.css import computed_values, functions, properties
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import absolute, block, column, grid, inline, page, percent, preferred, table
from weasyprint.layout import float as floating
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango

KNOWN = "70.0"
ABSENT = object()
INHERITED = {key for key in properties.INHERITED if not key.startswith("text_decoration_")}
# Values that are final as the standard gives them.
INITIAL = {
    key: value
    for key, value in properties.INITIAL_VALUES.items()
    if key not in properties.INITIAL_NOT_COMPUTED
    and key not in properties.INHERITED
    and key not in ("float", "position", "page")
    and not key.startswith(("text_decoration_", "__"))
    and value not in ("initial", "inherit")
    and not functions.check_math(value)
}
BORDERS = {f"border_{side}_width": f"border_{side}_style" for side in ("top", "right", "bottom", "left")}
# margin-left, say, and margin-inline-start, which may decide on it.
PHYSICAL = set(computed_values.PHYSICAL_FUNCTIONS)
LOGICAL = {
    function(block="ttb", inline=direction)
    for function in computed_values.PHYSICAL_FUNCTIONS.values()
    for direction in ("ltr", "rtl")
}
# What a value may be that is certainly no calculation.
PLAIN = {str, int, float, bool, type(None), type(properties.ZERO_PIXELS)}
SIZES = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{axis}" for limit in ("", "min_", "max_") for axis in ("width", "height")),
)
FONT = ("direction", "lang", "font_family", "font_style", "font_stretch", "font_weight", "font_size")
PLAIN_FONT = {
    "font_language_override": "normal",
    "font_variation_settings": "normal",
    "font_variant_ligatures": "normal",
    "font_variant_position": "normal",
    "font_variant_caps": "normal",
    "font_variant_numeric": "normal",
    "font_variant_alternates": "normal",
    "font_variant_east_asian": "normal",
    "font_feature_settings": "normal",
    "font_kerning": "auto",
}

_computed = css.ComputedStyle.__missing__
_anonymous = css.AnonymousStyle.__missing__
_math = functions.check_math
_percentages = percent.resolve_percentages
_setup = line_break.Layout.setup
_strut = line_break.strut
_context = Document._build_layout_context
_references = pydyf.PDF.page_references.fget

_contexts: list[Any] = []


def hasten() -> None:
    """Put all of them in place, where WeasyPrint is the version that they were written for."""
    if weasyprint.__version__ != KNOWN:
        return
    css.ComputedStyle.__missing__ = computed
    css.AnonymousStyle.__missing__ = anonymous
    for module in (functions, css, computed_values, percent, inline, preferred):
        module.check_math = check_math
    for module in (absolute, block, column, floating, grid, inline, page, percent, table):
        module.resolve_percentages = resolve_percentages
    Box.is_in_normal_flow = is_in_normal_flow
    line_break.Layout.setup = setup
    for module in (line_break, inline):
        module.strut = strut
    pydyf.PDF.page_references = property(page_references)
    Document._build_layout_context = staticmethod(remembered)
    HTML._ua_stylesheets = lambda _document, _forms=False: [_sheet()]


def computed(style: Any, key: str) -> Any:
    """The computed value of a property that no rule sets is its parent's or the initial one."""
    if key in style.cascaded or (key in PHYSICAL and _logical(style)):
        return _computed(style, key)
    value = INITIAL.get(key, ABSENT)
    if value is ABSENT:
        if style.parent_style is not None and (key in INHERITED or key[:2] == "__"):
            value = style.parent_style[key]
        elif key in BORDERS and style[BORDERS[key]] in ("none", "hidden"):
            value = 0
        else:
            return _computed(style, key)
    style[key] = value
    return value


def _logical(style: Any) -> Any:
    """Whether a rule sets a property by its place in the text, and so decides on others."""
    try:
        return style.logical
    except AttributeError:
        style.logical = not LOGICAL.isdisjoint(style.cascaded)
        return style.logical


def anonymous(style: Any, key: str) -> Any:
    """The same of a box that no element stands for."""
    value = INITIAL.get(key, ABSENT)
    if value is ABSENT:
        return _anonymous(style, key)
    style[key] = value
    return value


def check_math(token: Any) -> Any:
    """Whether a value is a calculation, which hardly one is."""
    return None if type(token) in PLAIN else _math(token)


def is_in_normal_flow(box: Any) -> bool:
    """Whether a box is neither floated nor taken out of its place in another way."""
    style = box.style
    position = style["position"]
    return (
        style["float"] not in ("left", "right", "inline-start", "inline-end", "footnote")
        and position not in ("absolute", "fixed")
        and position[0] not in ("running()", "note()")
    )


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used sizes, margins and paddings of a box. Those that no percentage is in depend on nothing around it."""
    style = box.style
    try:
        used = style.used
    except AttributeError:
        used = style.used = _used(style)
    if used is None:
        _percentages(box, containing_block)
    else:
        box.__dict__.update(used)


def _used(style: Any) -> dict[str, Any] | None:
    """The used values of a style, or None where one is a percentage or a calculation, or where borders collapse."""
    if style["border_collapse"] == "collapse":
        return None
    if any(value != "auto" and getattr(value, "unit", None) != "px" for value in map(style.__getitem__, SIZES)):
        return None
    box = _Sized(style)
    _percentages(box, (0, 0))
    del box.style
    return vars(box)


class _Sized:
    """What resolves percentages reads and writes of a box."""

    def __init__(self, style: Any) -> None:
        self.style = style


def setup(layout: Any, style: Any) -> None:
    """Make a text ready for Pango. Texts of one look share their context and description, which Pango only reads."""
    try:
        kept = style.pango
    except AttributeError:
        kept = style.pango = _shared(style)
    if kept is None:
        _setup(layout, style)
        return
    context, description, layout.language = kept
    layout.style = style
    layout.first_line_direction = 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)


def _shared(style: Any) -> tuple[Any, Any, Any] | None:
    """Context, description and language of a plain text; None where it is underlined or its font has features set."""
    decorated = style["text_decoration_line"] != "none" or not style["lang"]
    if decorated or any(style[key] != value for key, value in PLAIN_FONT.items()):
        return None
    fonts: dict[tuple[Any, ...], tuple[Any, Any, Any]] = style.font_config.__dict__.setdefault("shared", {})
    key = tuple(map(style.__getitem__, FONT))
    if key not in fonts:
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
        language = pango.pango_language_from_string(line_break.unicode_to_char_p(style["lang"])[0])
        pango.pango_context_set_language(context, language)
        fonts[key] = context, line_break.get_font_description(style), language
    return fonts[key]


def strut(style: Any) -> Any:
    """The height of a line and where its letters stand, which every line of a text asks for."""
    try:
        return style.strut
    except AttributeError:
        style.strut = _strut(style)
        return style.strut


def page_references(pdf: Any) -> Any:
    """The names of the pages, which every tag asks for: made anew each time, they take longer by the page squared."""
    kept = pdf.__dict__.get("named", ())
    if len(kept) * 3 != len(pdf.pages["Kids"]):
        kept = pdf.named = _references(pdf)
    return kept


def remembered(*arguments: Any, **options: Any) -> Any:
    """What one layout knows of its document."""
    _contexts.append(_context(*arguments, **options))
    return _contexts[-1]


@contextmanager
def forgetting() -> Iterator[None]:
    """Parts what the layouts made within know, which holds itself and all styles, so that it is gone at the end.

    The collector, which would find it too, takes twice as long.
    """
    try:
        yield
    finally:
        for context in _contexts:
            context.style_for._computed_styles.clear()
            vars(context).clear()
        _contexts.clear()


@cache
def _sheet() -> Any:
    """The style sheet under all others, without what it says of footnotes and notes, which no paper has.

    It gives each element of a document six parts more, all to be computed. Markers are those of lists.
    """
    lines = [line for line in html.UA.splitlines() if not line.startswith(("::footnote-", "::note-"))]
    text = "\n".join("li" + line if line.startswith("::marker") else line for line in lines)
    # Into a list of its own: a second time into the known one, decimal and disc would be reported as invalid.
    return CSS(string=text, counter_style=CounterStyle())
