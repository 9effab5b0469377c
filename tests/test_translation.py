"""Two languages, each of which may be edited first: what the lock knows, and what the check says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from curriculum.library import load
from curriculum.passage import Passage, normal, of_page
from curriculum.translation import every_section, lock_of, standing, units
from tests.conftest import TODAY, lines, problems
from tests.test_lock import lock_all

ES, EN = "modules/uno/index.es.md", "modules/uno/index.en.md"


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def states(root: Path, name: str = "uno/index") -> dict[str, tuple[str, str]]:
    """The sections of a text that are not equal: their state and the language that is ahead."""
    every = every_section(load(root, TODAY))
    return {one.key: (one.state, one.ahead) for one in every if one.unit.label == name and one.state != "equal"}


def stale(root: Path) -> list[str]:
    return lines([one for one in problems(root) if one.rule.startswith(("translation", "field"))])


def test_nobody_has_compared_what_has_no_lock(small: Path) -> None:
    assert set(states(small).values()) == {("never", "")}
    library = load(small, TODAY)
    assert standing(library, library.modules["uno"], "en").state == "unchecked"
    assert standing(library, library.modules["solo-es"], "es").state == "alone"
    assert standing(library, library.modules["solo-es"], "en").state == "missing"
    assert stale(small) == []


def test_after_a_sync_all_is_equal(small: Path) -> None:
    lock_all(small)
    assert states(small) == {}
    library = load(small, TODAY)
    found = standing(library, library.modules["uno"], "en")
    assert (found.state, found.behind, found.checked) == ("equal", (), TODAY)
    assert stale(small) == []


@pytest.mark.parametrize(
    ("path", "old", "ahead", "behind"), [(ES, "de prueba", "es", "en"), (EN, "for testing", "en", "es")]
)
def test_either_language_may_be_edited_first(small: Path, path: str, old: str, ahead: str, behind: str) -> None:
    lock_all(small)
    edit(small, path, old, old + ", 9")
    assert states(small) == {"front": ("ahead", ahead)}
    assert stale(small) == [f"modules/uno/index.{behind}.md:1:1: translation-stale.ahead"]
    library = load(small, TODAY)
    one = library.modules["uno"]
    assert [part.key for part in standing(library, one, behind).behind] == ["front"]
    assert standing(library, one, ahead).state == "ahead"


def test_both_changed(small: Path) -> None:
    lock_all(small)
    edit(small, ES, "Dibujen.", "Dibujen 9 cosas.")
    edit(small, EN, "Draw.", "Draw 8 things.")
    assert states(small) == {"practica": ("both", "")}
    # The numbers belong to what is behind: no error of their own.
    assert stale(small) == [f"{EN}:33:1: translation-stale.both"]
    library = load(small, TODAY)
    assert standing(library, library.modules["uno"], "es").state == "behind"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dibujen.", "Dibujen.   "),
        ("1. Dibujen.\n\n![", "1. Dibujen.\n\n\n\n!["),
        ("Conocernos y decir para qué", "Conocernos y decir\npara qué"),
        ("(images/mapa.svg){.half}", "(images/plano.svg){.third}"),
        ("(../solo-es/index.es.md#apertura)", "(../solo-es/index.es.md)"),
        ("| --- | --- |", "|:---|---:|"),
        ("- [ ] Llevar hilo.", "* [ ] Llevar hilo."),
        ("Dibujen.", "Dibujen. <!-- revisar -->"),
        ("Práctica", "Pra\u0301ctica"),
    ],
)
def test_layout_and_targets_of_links_are_no_content(old: str, new: str, small: Path) -> None:
    lock_all(small)
    edit(small, ES, old, new)
    assert states(small) == {}


def test_line_ends_and_quotation_marks_are_no_content(small: Path) -> None:
    edit(small, ES, "Dibujen.", 'Dibujen "todo" -- o casi...')
    lock_all(small)
    file = small / ES
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    edit(small, ES, '"todo" -- o casi...', "“todo” – o casi…")
    assert states(small) == {}


def test_a_word_and_a_citation_are_content() -> None:
    assert normal("La ley dice [@F01].") != normal("La ley dice [@F02].")
    assert normal("No pague") != normal("Pague")
    assert normal("![Un mapa](a.svg)") != normal("![Un plano](a.svg)")


def test_a_section_put_in_the_middle_is_new_and_the_others_stay(small: Path) -> None:
    lock_all(small)
    edit(small, ES, "## Práctica {#practica}", "## Pausa {#pausa}\n\nRespirar.\n\n## Práctica {#practica}")
    assert states(small) == {"pausa": ("only", "es")}
    assert stale(small) == [f"{ES}:33:1: translation-stale.added"]


def test_a_section_taken_out_in_one_language(small: Path) -> None:
    lock_all(small)
    file = small / EN
    head, _, tail = file.read_text("utf-8").partition("## Preparation {#preparacion}")
    file.write_text(head + tail[tail.index("## Opening") :], "utf-8")
    # Who took it out is ahead, and who still has it is behind.
    assert states(small) == {"preparacion": ("only", "en")}
    library = load(small, TODAY)
    assert [one.key for one in standing(library, library.modules["uno"], "es").behind] == ["preparacion"]
    assert stale(small) == [f"{ES}:11:1: translation-stale.removed"]


DOC = "---\ntitle: Página\n---\n\nEntrada.\n\n## Uno\n\nTexto uno.\n\n## Dos\n\nTexto dos.\n\n## Tres\n\nTexto tres.\n"


def test_headings_without_ids_are_known_by_what_they_said(small: Path) -> None:
    (small / "docs").mkdir()
    for lang in ("es", "en"):
        (small / f"docs/guia.{lang}.md").write_text(DOC, "utf-8")
    lock_all(small)
    edit(small, "docs/guia.es.md", "## Dos", "## Nueva\n\nAlgo nuevo.\n\n## Dos")
    assert states(small, "docs/guia") == {"1.1": ("only", "es")}
    edit(small, "docs/guia.en.md", "## Dos", "## New\n\nSomething new.\n\n## Dos")
    assert states(small, "docs/guia") == {"1.1": ("never", "")}
    lock_all(small)
    assert states(small, "docs/guia") == {}
    assert list(lock_of(load(small, TODAY), "docs")["guia"]) == ["front", "1", "2", "3", "4"]
    edit(small, "docs/guia.es.md", "Texto dos.", "Texto 2 cambiado.")
    assert states(small, "docs/guia") == {"3": ("ahead", "es")}


def test_a_module_that_began_in_english(small: Path) -> None:
    meta = small / "modules/only-en/module.yml"
    meta.write_text(meta.read_text("utf-8").replace("languages: [en]\n", ""), "utf-8")
    assert stale(small) == ["modules/only-en/index.en.md:1:1: translation-missing.file"]
    library = load(small, TODAY)
    assert standing(library, library.modules["only-en"], "es").state == "missing"
    english = (small / "modules/only-en/index.en.md").read_text("utf-8")
    (small / "modules/only-en/index.es.md").write_text(english.replace("[", "["), "utf-8")
    lock_all(small)
    assert states(small, "only-en/index") == {}
    edit(small, "modules/only-en/index.en.md", "##", "Now with more.\n\n##")
    assert states(small, "only-en/index") == {"front": ("ahead", "en")}


def test_data_and_handouts_are_covered_too(small: Path) -> None:
    lock_all(small)
    edit(small, "data/facts.yml", "La ley inventada dice una cosa.", "La ley inventada dice otra.")
    edit(small, "modules/uno/handouts/hoja.en.md", "title:", "title: New")
    every = [one for one in every_section(load(small, TODAY)) if one.state != "equal"]
    assert [(one.unit.label, one.key, one.state, one.ahead) for one in every] == [
        ("uno/handouts/hoja", "front", "ahead", "en"),
        ("data/facts", "F01", "ahead", "es"),
    ]
    assert "data/facts.yml:3:3: translation-stale.ahead" in stale(small)
    labels = {unit.label for unit in units(load(small, TODAY))}
    assert {"data/themes", "data/facts", "data/questions", "data/materials", "data/glossary"} <= labels


def test_numbers_that_differ_are_an_error_where_all_is_said_to_be_equal(small: Path) -> None:
    for path, text in ((ES, "Ponga 4 gotas."), (EN, "Add 2 drops.")):
        edit(small, path, "1. D", f"{text}\n\n1. D")
    found = [one for one in problems(small) if one.rule == "translation-numbers"]
    assert lines(found) == [f"{EN}:33:1: translation-numbers.differ"]
    assert found[0].severity == "error"
    assert dict(found[0].values)["first"] == "4"


def test_hashes_that_are_figures_only_stay_text(small: Path) -> None:
    lock_all(small)
    path = small / "modules/uno/translation.lock.yml"
    assert all(
        isinstance(value, str)
        for text in yaml.safe_load(path.read_text("utf-8")).values()
        for records in text.values()
        for record in records
        for name, value in record.items()
        if name in ("es", "en", "seal")
    )
    document = load(small, TODAY).locks["modules/uno"]
    row = document.data["index"]["front"][0]  # type: ignore[index, call-overload]
    assert all(isinstance(value, str) for value in row.values())


def test_passages_of_a_page(small: Path) -> None:
    page = load(small, TODAY).modules["uno"].pages["es"]
    found: list[Passage] = of_page(page.document)
    assert [one.key for one in found] == ["front", "preparacion", "apertura", "practica", "informacion"]
    assert found[0].text.startswith("Uno: el mapa\n\nUna sesión de prueba.\n\n- Decir un riesgo.")
    assert found[2].line == 16
