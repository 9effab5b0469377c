"""A manual that exists becomes a module: what finds its place, what is said to have none, and what is refused."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from curriculum.frontmatter import read_page, read_yaml
from curriculum.manual import Unreadable, begun, escaped, shown
from curriculum.manual.arrange import _minutes, arrange
from curriculum.manual.text import read_text
from curriculum.manual.word import read_word
from curriculum.markdown import render
from curriculum.problem import Problem
from curriculum.words import words
from tests.cli.conftest import Run
from tests.conftest import TODAY, lines, problems

ANSWERS = ("--theme", "salud", "--sector", "hogar", "--provenance", "own")
NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def picture(size: tuple[int, int] = (300, 200), form: str = "PNG") -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", size, "white").save(content, form)
    content.seek(0)
    return content


def add(document: Any, xml: str) -> None:
    """A paragraph of raw WordprocessingML at the end of the document."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {NS}>{xml}</w:p>"))


def manual() -> Any:
    """What a partner's manual looks like."""
    document = docx.Document()
    document.add_heading("Mapa de riesgos: la calle", 0)
    document.add_paragraph("Una sesión para ver juntas los riesgos del puesto y acordar qué cambiar.")
    document.add_paragraph("Duración: 2 horas")
    document.add_heading("Objetivos", 1)
    document.add_paragraph("Al terminar podrán:")
    document.add_paragraph("Nombrar tres riesgos.", style="List Bullet")
    document.add_paragraph("Acordar una medida.", style="List Bullet")
    document.add_heading("Materiales", 1)
    document.add_paragraph("Papel y plumones", style="List Bullet")
    document.add_heading("1. Bienvenida (20 min)", 1)
    document.add_paragraph("Para conocernos.")
    item = document.add_paragraph(style="List Number")
    item.add_run("Haga ")
    item.add_run("un círculo").bold = True
    document.add_paragraph("Reparta las hojas.", style="List Number")
    document.add_heading("Dibujar el puesto", 1)
    document.add_paragraph("En grupos dibujan el puesto con todo lo que tiene.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Riesgo", "Qué hacer", "Sol", "Toldo | sombra"), strict=True):
        cell.text = text
    document.add_picture(picture())
    document.add_heading("Por parejas", 2)
    document.add_paragraph("Nombre del puesto: ____________")
    document.add_heading("Cierre – 15 minutos", 1)
    document.add_paragraph("Cada quien dice una palabra.")
    document.add_heading("Bibliografía", 1)
    document.add_paragraph("Un libro de 2018.")
    return document


def save(document: Any, folder: Path, name: str = "manual.docx") -> Path:
    document.save(str(folder / name))
    return folder / name


def test_a_word_manual_becomes_a_module_that_passes_the_check(run: Run, small: Path, tmp_path: Path) -> None:
    done = run("import", str(save(manual(), tmp_path)), *ANSWERS)
    assert done.returncode == 0, done.stderr
    assert run("check", "--strict").returncode == 0
    folder = small / "modules/mapa-de-riesgos-la-calle"
    page, _ = read_page(folder / "index.es.md", "x")
    assert page.data == {
        "title": "Mapa de riesgos: la calle",
        "summary": "Una sesión para ver juntas los riesgos del puesto y acordar qué cambiar.",
        "objectives": ["Nombrar tres riesgos.", "Acordar una medida."],
    }
    assert page.body.strip() == (
        "## Materiales {#preparacion}\n\n- Papel y plumones\n\n"
        "## Bienvenida {#bienvenida}\n\nPara conocernos.\n\n1. Haga **un círculo**\n2. Reparta las hojas.\n\n"
        "## Dibujar el puesto {#dibujar-el-puesto}\n\nEn grupos dibujan el puesto con todo lo que tiene.\n\n"
        "| Riesgo | Qué hacer |\n| --- | --- |\n| Sol | Toldo \\| sombra |\n\n"
        "![Por escribir: qué se ve en esta imagen](images/imagen-1.png)\n\n"
        "### Por parejas\n\nNombre del puesto: ____________\n\n"
        "## Cierre {#cierre}\n\nCada quien dice una palabra.\n\n"
        "## Bibliografía {#fuentes}\n\nUn libro de 2018."
    )
    meta, _ = read_yaml(folder / "module.yml", "x")
    assert isinstance(meta.data, dict)
    assert meta.data["steps"] == [
        {"id": "bienvenida", "minutes": "20"},
        {"id": "dibujar-el-puesto", "minutes": "85"},
        {"id": "cierre", "minutes": "15"},
    ]
    assert "85\u00a0min  Dibujar el puesto (minutos repartidos" in done.stdout
    assert "Sin descripción: 1." in done.stdout
    assert "Todo el documento quedó en su lugar." in done.stdout


def test_what_is_still_to_be_written_is_no_description_for_readers(run: Run, small: Path, tmp_path: Path) -> None:
    run("import", str(save(manual(), tmp_path)), "--name", "calle", *ANSWERS)
    meta = small / "modules/calle/module.yml"
    meta.write_text(meta.read_text("utf-8").replace("status: draft", "status: pilot"), "utf-8")
    found = [line for line in lines(problems(small)) if "translation-" not in line]
    assert found == ["modules/calle/index.es.md:28:1: image-without-alt.unwritten"]


def test_provenance_is_asked_in_words(run: Run, small: Path, tmp_path: Path) -> None:
    file = str(save(manual(), tmp_path))
    done = run("import", file, "--name", "calle", stdin="1\n1\n3\nManual de la calle\nCon permiso de 2025\n")
    assert done.returncode == 0, done.stderr
    assert "Es de una organización aliada" in done.stderr
    text = (small / "modules/calle/module.yml").read_text("utf-8")
    assert 'provenance: {kind: partner, from: "Manual de la calle", licence: "Con permiso de 2025"}' in text
    assert "sectors: [all]" in text
    assert run("check", "--strict").returncode == 0


def test_english_is_recognised_and_says_so(run: Run, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text("# The map\n\nA session for the group to see the risks of the work.\n\n## Draw\n\nIn pairs.\n")
    done = run("--messages", "en", "import", str(file), *ANSWERS)
    assert "a draft in English. It passes the check." in done.stdout
    assert (small / "modules/the-map/index.en.md").is_file()
    assert problems(small) == []


# Each piece of a document that has no place in a module, and the line that says so.
LOST: dict[str, tuple[Callable[[Any], None], str]] = {
    "text box": (
        lambda d: add(
            d,
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><a:graphic><a:graphicData uri='x/wps'>"
            "<w:txbxContent><w:p><w:r><w:t>En la caja</w:t></w:r></w:p></w:txbxContent></a:graphicData></a:graphic>"
            "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>En la caja</w:t>"
            "</w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ),
        "Cuadro de texto, en “Bibliografía”, párrafo 2: “En la caja”",
    ),
    "footnote without text": (
        lambda d: add(d, "<w:r><w:footnoteReference w:id='7'/></w:r>"),
        "Nota al pie, en “Bibliografía”, párrafo 2",
    ),
    "comment": (
        lambda d: d.add_comment(d.paragraphs[-1].runs, text="¿Seguro?"),
        "Comentario, en “Bibliografía”, párrafo 1: “¿Seguro?”",
    ),
    "tracked changes": (
        lambda d: add(
            d,
            "<w:ins w:id='1' w:author='x'><w:r><w:t>nuevo</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='x'><w:r><w:delText>viejo</w:delText></w:r></w:del>",
        ),
        "2 cambios sin aceptar: se leyeron como si se hubieran aceptado",
    ),
    "chart": (
        lambda d: add(
            d,
            "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='g' descr='Ventas por mes'/><a:graphic><a:graphicData "
            "uri='http://schemas.openxmlformats.org/drawingml/2006/chart'/></a:graphic></wp:inline></w:drawing></w:r>",
        ),
        "Gráfica, en “Bibliografía”, párrafo 2: “Ventas por mes”",
    ),
    "merged cells": (
        lambda d: d.add_table(2, 2).cell(0, 0).merge(d.tables[-1].cell(0, 1)).add_paragraph("Juntas"),
        "Tabla con celdas unidas: se separaron y las que sobraban quedaron vacías, en “Bibliografía”, párrafo 2: "
        "“Juntas”",
    ),
    "nested table": (
        lambda d: setattr(d.add_table(1, 2).cell(0, 0).add_table(1, 1).cell(0, 0), "text", "Adentro"),
        "Tabla dentro de otra tabla, en “Bibliografía”, párrafo 2: “Adentro”",
    ),
    "header": (
        lambda d: setattr(d.sections[0].header.paragraphs[0], "text", "Manual de 2019"),
        "Encabezado de página: “Manual de 2019”",
    ),
    "footer": (
        lambda d: setattr(d.sections[0].footer.paragraphs[0], "text", "Uso interno"),
        "Pie de página: “Uso interno”",
    ),
    "formula": (
        lambda d: add(d, "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"),
        "Fórmula, en “Bibliografía”, párrafo 2: “a+b”",
    ),
    "hidden text": (
        lambda d: add(d, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secreto</w:t></w:r>"),
        "Texto oculto, en “Bibliografía”, párrafo 2: “secreto”",
    ),
    "telephone": (
        lambda d: d.add_paragraph("Llame al 55 1234 5678."),
        "Teléfono, que no se publica, en “Bibliografía”: “55 1234 5678”",
    ),
    "e-mail": (
        lambda d: d.add_paragraph("Escriba a rosa@ejemplo.mx hoy."),
        "Correo electrónico, que no se publica, en “Bibliografía”: “rosa@ejemplo.mx”",
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_what_has_no_place_is_said_with_where_it_was(name: str, run: Run, small: Path, tmp_path: Path) -> None:
    change, said = LOST[name]
    document = manual()
    change(document)
    done = run("import", str(save(document, tmp_path)), "--name", "calle", *ANSWERS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"  - {said}\n" in done.stdout
    assert problems(small) == []


def test_an_old_metafile_is_named_and_a_description_is_kept(small: Path, tmp_path: Path) -> None:
    document = manual()
    document.add_picture(picture(form="JPEG"))
    document.inline_shapes[-1]._inline.docPr.set("descr", "Una mujer [señala] el mapa")
    file = save(document, tmp_path)
    with zipfile.ZipFile(file) as package:
        parts = {one.filename: package.read(one) for one in package.infolist()}
    old = {name.replace("image1.png", "image1.wmf"): content for name, content in parts.items()}
    old["word/_rels/document.xml.rels"] = old["word/_rels/document.xml.rels"].replace(b"image1.png", b"image1.wmf")
    old["word/media/image1.wmf"] = b"\xd7\xcd\xc6\x9a" + bytes(100)
    old["[Content_Types].xml"] = old["[Content_Types].xml"].replace(b'Extension="png"', b'Extension="wmf"')
    with zipfile.ZipFile(file, "w") as package:
        for name, content in old.items():
            package.writestr(name, content)
    read = read_word(file)
    assert [one.kind for one in read.left] == ["metafile"]
    assert "![Una mujer señala el mapa](images/imagen-1.jpg)" in read.chapters[-1].blocks


def test_titles_in_bold_are_headings_where_there_are_no_others(run: Run, small: Path, tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("Inicio (10 minutos)", "Trabajo en grupos (1 h 30)"):
        document.add_paragraph().add_run(text).bold = True
        document.add_paragraph("Se hace esto y aquello.")
    run("import", str(save(document, tmp_path, "Taller de la calle.docx")), *ANSWERS)
    text = (small / "modules/taller-de-la-calle/module.yml").read_text("utf-8")
    assert "- {id: inicio, minutes: 10}\n  - {id: trabajo-en-grupos, minutes: 90}\n" in text


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("20 min", 20), ("20 minutos", 20), ("15-20 min.", 20), ("1 h 30", 90), ("1 hora y media", 90), ("2 hours", 120),
     ("1 hour and 15 minutes", 75), ("45’", 45)],
)  # fmt: skip
def test_minutes(text: str, minutes: int, run: Run, small: Path, tmp_path: Path) -> None:
    assert _minutes(text) == minutes
    file = tmp_path / "taller.md"
    file.write_text(f"## Uno ({text})\n\nAlgo.\n\n## Dos\n\nTiempo: {text}\n\nOtra cosa.\n", "utf-8")
    run("import", str(file), *ANSWERS)
    meta, _ = read_yaml(small / "modules/taller/module.yml", "x")
    assert isinstance(meta.data, dict)
    assert meta.data["steps"] == [{"id": "uno", "minutes": str(minutes)}, {"id": "dos", "minutes": str(minutes)}]
    (page,) = (small / "modules/taller").glob("index.*.md")
    assert "Tiempo" not in page.read_text("utf-8")


def test_markdown_of_strangers_is_tamed_and_what_was_cut_is_said(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "foto.png").write_bytes(picture().getvalue())
    (tmp_path / "fuera.png").symlink_to("/etc/passwd")
    file = tmp_path / "taller.md"
    file.write_text(
        "# Taller\n\nUna sesión sobre quién decide, con &aacute;nimo.\n\n## Uno\n\n"
        "Hola <script>alert(1)</script> <br> [mal](javascript:alert) [bien](https://a.org/?b=1&c=2)\n\n"
        "![](foto.png) ![x](../../etc/passwd) ![y](fuera.png) ![z](https://evil.example/a.png) [@F99] [@F01]\n\n"
        "[otro](../x.md){onclick=1} &#60;img src=x onerror=y&#62; nota[^1]\n\n[^1]: al pie\n\n"
        "[ref]: javascript:alert\n\n"
        "> [!WARNING]\n> Cuidado\n\n```\n<b>código</b>\n```\n\n<!-- oculto -->\n\n#### Muy abajo {#uno}\n\nFin.\n",
        "utf-8",
    )
    done = run("import", str(file), *ANSWERS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert problems(small) == []
    text = (small / "modules/taller/index.es.md").read_text("utf-8")
    assert "evil" not in text
    assert "javascript" not in text
    assert "Hola &lt;script>alert(1)&lt;/script> <br> mal [bien](https://a.org/?b=1&c=2)" in text
    assert "&lt;img src=x" in text
    assert "con ánimo." in text
    assert "> [!care]\n> Cuidado" in text
    assert "```\n<b>código</b>\n```" in text
    assert "### Muy abajo\n" in text
    for said in ("HTML, que quedó como texto, línea 7: “<script>”", "Nota al pie, línea 13: “[^1]: al pie”",
                 "Cita de un dato que no está en data/facts.yml, línea 9: “[@F99]”",
                 "Comentario, línea 24: “<!-- oculto -->”"):  # fmt: skip
        assert said in done.stdout


def harm(small: Path) -> list[Problem]:
    """What is wrong, but for numbers of persons and for the other language, of which this is no translation."""
    return [one for one in problems(small) if one.rule != "personal-data" and not one.rule.startswith("translation-")]


WORDS = st.text(alphabet=st.sampled_from(list("ab[]()!`<>#*_{}@^&;:|-=+.1\\ \"'=/")), max_size=60)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WORDS)
def test_any_words_come_out_as_words(text: str, small: Path) -> None:
    line = begun(escaped(text)).strip()
    html = render(f"palabras {line}")
    assert not any(sign in html for sign in ("<a ", "<img", "<em", "<strong", "<code", "onclick", "<script"))
    page = small / "modules/uno/index.es.md"
    original = page.read_text("utf-8")
    page.write_text(f"{original}\n\n{line}\n", "utf-8")
    try:
        assert harm(small) == []
    finally:
        page.write_text(original, "utf-8")
    if not set(text) & set("[]{}_&"):
        assert shown(line) == " ".join(text.split())


def refused(read: Callable[[], object]) -> str:
    """Which sentence refuses what cannot be read; "" where nothing does."""
    try:
        read()
    except Unreadable as error:
        return error.key
    return ""


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return content.getvalue()


def with_body(xml: bytes) -> bytes:
    """A whole document with that body."""
    content = io.BytesIO()
    docx.Document().save(content)
    with zipfile.ZipFile(content) as package:
        parts = {one.filename: package.read(one) for one in package.infolist()}
    head, _, _ = parts["word/document.xml"].partition(b"<w:body>")
    parts["word/document.xml"] = head + b"<w:body>" + xml + b"</w:body></w:document>"
    return zipped(parts)


HEADING = b'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "está dañado"),
    "noise": (bytes(range(256)) * 50, "está dañado"),
    "cut off": (with_body(b"<w:p/>")[:3000], "está dañado"),
    "not a document": (zipped({"a.txt": b"hello"}), "está dañado"),
    "broken XML": (with_body(b"<w:p>"), "está dañado"),
    "entities": (zipped({"[Content_Types].xml": DTD}), "está dañado"),
    "bomb": (zipped({f"{n}.bin": bytes(50_000_000) for n in range(6)}), "no se abrió"),
    "bomb of text": (with_body(b"<w:p/>" * 6_000_000), "no se abrió"),
    "many parts": (zipped({f"{n}.bin": b"" for n in range(6000)}), "no se abrió"),
    "many paragraphs": (with_body(b"<w:p/>" * 500_000), "no tiene texto"),
    "many headings": (with_body(HEADING * 60_000), "60000 títulos"),
    "deep": (with_body(b"<w:p>" * 50_000 + b"</w:p>" * 50_000), "está dañado"),
    "long": (with_body(b"<w:p><w:r><w:t>" + b"palabra " * 100_000 + b"</w:t></w:r></w:p>"), "demasiado largo"),
}


def bounded() -> None:
    """Ten seconds of work and one gigabyte of memory: more ends the process."""
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))


@pytest.mark.parametrize("name", REFUSED)
def test_bombs_and_broken_documents_are_refused_in_a_sentence_in_bounded_time_and_memory(
    name: str, small: Path, tmp_path: Path
) -> None:
    content, said = REFUSED[name]
    file = tmp_path / "manual.docx"
    file.write_bytes(content)
    command = [sys.executable, "-m", "curriculum", "--root", str(small), "--messages", "es", "--today", str(TODAY)]
    done = subprocess.run(
        [*command, "import", str(file), "--name", "bomba", *ANSWERS],
        capture_output=True, text=True, check=False, preexec_fn=bounded, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr[-2000:]
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (small / "modules/bomba").exists()


def test_a_picture_that_is_a_bomb_is_left_out(tmp_path: Path) -> None:
    document = manual()
    document.add_picture(picture((9000, 9000)))
    read = read_word(save(document, tmp_path))
    assert [one.kind for one in read.left] == ["picture"]
    assert len(read.pictures) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_to_a_document_ends_in_a_sentence_or_a_manual(data: st.DataObject, tmp_path: Path) -> None:
    file = tmp_path / "manual.docx"
    if not file.exists():
        save(manual(), tmp_path)
        (tmp_path / "whole").write_bytes(file.read_bytes())
    content = bytearray((tmp_path / "whole").read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    file.write_bytes(content)
    assert refused(lambda: read_word(file)) in ("", "import.not-word", "import.bomb")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.sampled_from(list("ab[]()!`<>#*_{}@^&;:|-=+.1\\ \n\"'=/")), max_size=120))
def test_any_markdown_passes_the_check_once_imported(text: str, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text(text, "utf-8")
    page = small / "modules/uno/index.es.md"
    original = page.read_text("utf-8")
    if refused(lambda: arrange(read_text(file, ["F01"]), words("es"), "x")):
        return
    body = arrange(read_text(file, ["F01"]), words("es"), "x").page.body
    page.write_text(f"{original}\n\n{body}\n", "utf-8")
    try:
        assert [one for one in harm(small) if one.rule not in ("anchor-broken", "step-missing")] == []
    finally:
        page.write_text(original, "utf-8")


def test_files_that_are_no_manual(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.md").write_text(" \n", "utf-8")
    for name, said in (("a.pdf", "Guárdelo como .docx"), ("b.md", "UTF-8"), ("c.md", "no tiene texto"),
                       ("d.md", "No existe el archivo")):  # fmt: skip
        done = run("import", str(tmp_path / name), *ANSWERS)
        assert (done.returncode, said in done.stderr) == (2, True), name
