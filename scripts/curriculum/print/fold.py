"""Pages put two on a sheet, so that a pile of sheets printed on both sides folds into a booklet.

A form of a page is placed on the sheet as it is; its tags would not survive, so an imposed file claims no
accessibility: the guide and the large print are there for that.
"""

from __future__ import annotations

import io

import pikepdf

CREEP = 0.28  # points by which each sheet further inside stands out: the thickness of copy paper, 0.1 mm


def folded_pages(pages: int) -> int:
    """The sides of sheets that a booklet of so many pages takes."""
    return (pages + 3) // 4 * 2


def sides(pages: int) -> list[tuple[int, int]]:
    """The pages, counted from 0, that stand left and right on each side of each sheet, from the outermost inwards.

    A number of `pages` or above is a page that does not exist. 5 pages: [(7, 0), (1, 6), (5, 2), (3, 4)].
    """
    total = (pages + 3) // 4 * 4
    found = []
    for sheet in range(total // 4):
        first = 2 * sheet
        found += [(total - 1 - first, first), (first + 1, total - 2 - first)]
    return found


def fold(pdf: bytes, pages: int) -> bytes:
    """The first `pages` pages of a PDF as a booklet, filled up with those that follow, to flip on the short edge."""
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as booklet:
        width, height = (float(side) for side in source.pages[0].MediaBox[2:])
        for number, (left, right) in enumerate(sides(pages)):
            booklet.add_blank_page(page_size=(2 * width, height))
            creep = number // 2 * CREEP
            forms, drawing = pikepdf.Dictionary(), []
            # The inner sheets stand out at the edge that is cut, so their pages move towards the fold.
            for name, page, x in (("/L", left, creep), ("/R", right, width - creep)):
                if page < len(source.pages):
                    forms[name] = booklet.copy_foreign(source.pages[page].as_form_xobject())
                    drawing.append(f"q 1 0 0 1 {x:.2f} 0 cm {name} Do Q")
            booklet.pages[-1].obj.Resources = pikepdf.Dictionary(XObject=forms)
            booklet.pages[-1].obj.Contents = booklet.make_stream("\n".join(drawing).encode())
        for name in ("/Title", "/Author", "/CreationDate", "/ModDate"):
            if name in source.docinfo:
                booklet.docinfo[name] = str(source.docinfo[name])
        booklet.Root.Lang = str(source.Root.Lang)
        booklet.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge
        )
        out = io.BytesIO()
        booklet.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()
