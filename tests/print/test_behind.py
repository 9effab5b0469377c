"""Paper that is older than the text in the other language says so under every page."""

from __future__ import annotations

from pathlib import Path

from pypdfium2 import PdfDocument

from curriculum.library import load
from curriculum.print import print_all
from tests.conftest import TODAY
from tests.test_lock import lock_all
from tests.test_translation import ES, edit

MARK = "in part older than the text in another language"


def feet(small: Path, out: Path, lang: str) -> list[bool]:
    library = load(small, TODAY)
    (sheet,) = print_all(library, [(library.modules["uno"], lang)], out, ("guide",))
    assert sheet.warnings == ()
    mark = MARK if lang == "en" else "en parte anterior al texto en otro idioma"
    return [mark in " ".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(sheet.path)]


def test_a_translation_says_since_when_it_is_the_same(small: Path, tmp_path: Path) -> None:
    """And one that nobody has compared says that; the text that others are compared with says nothing."""
    assert said(small, tmp_path, "en", "not yet compared with the original")
    lock_all(small)
    assert said(small, tmp_path, "en", "English · in step with the original")
    assert not said(small, tmp_path, "es", "English")


def said(small: Path, out: Path, lang: str, words: str) -> bool:
    """Whether the words are under every page of the plan."""
    library = load(small, TODAY)
    (sheet,) = print_all(library, [(library.modules["uno"], lang)], out, ("plan",))
    return all(words in " ".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(sheet.path))


def test_the_mark_is_under_every_page_of_the_older_text_only(small: Path, tmp_path: Path) -> None:
    lock_all(small)
    assert not any(feet(small, tmp_path, "en"))
    edit(small, ES, "Dibujen.", "Dibujen juntas.")
    found = feet(small, tmp_path, "en")
    assert len(found) > 3
    assert all(found)
    assert not any(feet(small, tmp_path, "es"))
