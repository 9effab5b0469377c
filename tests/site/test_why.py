"""Why these themes, what was said, what is missing: what a reader of the site alone can find out."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from curriculum.checks import check
from curriculum.library import load
from tests.conftest import HERE, TODAY
from tests.site.conftest import Site, make


def table(page: BeautifulSoup, heading: str, nth: int = 0) -> list[list[str]]:
    """The cells of a table after a heading, a list a row, the header first."""
    found = page.find(id=heading).find_all_next("table")[nth]
    return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in found("tr")]


def said(tag: Tag | BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ").split())


def test_the_round_of_the_tests_is_sound(asked: Site) -> None:
    assert [problem for problem in check(load(asked.root, TODAY)) if problem.severity == "error"] == []


def test_the_first_paragraph_answers_why_this_theme_is_first(asked: Site) -> None:
    text = said(asked.page("why/").find(class_="answer"))
    assert text.startswith("El primer tema es Salud.")
    for part in (
        "41.7 % de los votos", "lugar 2 entre 3 temas", "2 de 2 organizaciones", "Herramientas digitales, con 50.0 %",
        "Lo decidió la coordinación, el 15 de octubre de 2026", "nadie se cura solo",
    ):  # fmt: skip
        assert part in text
    assert said(asked.page("en/why/").find(class_="answer")).startswith("The first theme is Health.")


def test_the_ranking_stands_beside_the_decision(asked: Site) -> None:
    header, *rows = table(asked.page("why/"), "m-ranking")
    assert header[:4] == ["Tema", "Puntaje", "Entre sus tres primeros", "Mujeres − hombres"]
    assert header[4:] == ["Desacuerdo", "Citas", "Propuesto", "Decidido"]
    assert rows == [
        ["1. Herramientas digitales", "50.0 %", "2 de 2", "−26.7", "33.3", "1", "1", "2"],
        ["2. Salud", "41.7 %", "2 de 2", "+22.2", "16.7", "1", "2", "1, sube"],
        ["3. Ahorro", "6.7 %", "1 de 2", "+8.9", "13.3", "0", "3", "no se tomó"],
    ]
    links = [asked.target("why/", a["href"])[0] for a in asked.page("why/").select(".grid.ranking a")]
    assert links == ["themes/digital/", "themes/salud/", "themes/ahorro/"]


@pytest.mark.parametrize("path", ["why/", "en/why/"])
def test_charts_have_names_of_their_own_and_a_table_beside(asked: Site, path: str) -> None:
    charts = asked.page(path).select("figure svg.chart")
    assert len(charts) == 2
    for svg in charts:
        assert svg["role"] == "img"
        for name in ("aria-labelledby", "aria-describedby"):
            assert said(asked.page(path).find(id=svg[name]))
        assert svg.find_parent("figure").find("table")
        colours = {tag[name] for tag in svg.find_all(True) for name in ("fill", "stroke") if tag.has_attr(name)}
        assert colours <= {"currentColor", "none"}
    assert len({svg["aria-labelledby"] for svg in charts}) == 2


def test_the_coordinations_view_stands_apart(asked: Site) -> None:
    page = asked.page("why/")
    assert "nunca se suman al puntaje" in said(page.find(id="m-criteria").find_next("p"))
    header, row = table(page, "m-criteria")
    assert header[1:] == ["Urgencia", "Sirve formarse", "Hay material", "Momento político", "Riesgo"]
    assert row == ["Salud", "5", "3", "–", "–", "–"]
    assert not set(header) & set(table(page, "m-ranking")[0]) - {"Tema"}


def test_what_was_decided_otherwise_has_its_reason(asked: Site) -> None:
    items = [said(item) for item in asked.page("why/").find(id="m-differences").find_next("ul")("li")]
    assert len(items) == 2
    assert "propon" in items[0]
    assert "nadie se cura solo" in items[0]
    assert "lo da otra escuela" in items[1]


def test_it_is_said_whether_the_way_of_counting_decides(asked: Site) -> None:
    page = asked.page("why/")
    assert "sí decide quién va primero" in said(page.find(id="m-ways").find_next("p"))
    header, *rows = table(page, "m-ways")
    assert len(header) == 4
    assert rows[0][1:] == ["1 (50.0 %)", "1 (44.4 %)", "2 (37.7 %)"]


def test_what_organisations_can_teach(asked: Site) -> None:
    assert "Cómo llevar cuentas. (Trabajadoras del hogar)" in asked.text("why/")
    assert "How to keep accounts. (Domestic workers)" in asked.text("en/why/")


def test_who_is_left_out(asked: Site) -> None:
    page = asked.page("why/")
    text = asked.text("why/")
    assert "Falta escuchar a: Comerciantes del Metro." in text
    assert "Votó una sola organización de: Trabajadoras del hogar y Recicladoras de base." in text
    assert "Todavía no hay módulo para lo que más pidieron: Recicladoras de base." in text
    assert "1 organización conocida no fue consultada" in text
    sectors = {row[0]: row[1:] for row in table(page, "m-left-out")[1:]}
    assert sectors["Trabajadoras del hogar"][2:4] == ["Salud", "1"]
    assert sectors["Comerciantes del Metro"][0] == "nadie votó"
    barriers = [row[:2] for row in table(page, "m-left-out", 1)[1:]]
    assert barriers == [["El horario", "2 de 3"], ["Nadie cuida a las niñas y los niños", "1 de 3"]]
    assert "Un lugar <seguro> (Trabajadoras del hogar)" in text
    assert "Ahorro: Ejemplo inventado: lo da otra escuela." in text


def test_no_count_under_five_can_be_read_or_worked_out(asked: Site) -> None:
    page = asked.page("why/")
    people = [row[4] for row in table(page, "m-consultations")[1:]]
    assert people == ["20", "10", "menos de 5"]
    groups = {row[0]: row[1] for row in table(page, "m-left-out", 2)[1:]}
    assert groups["Todas las personas"] == "30"
    assert groups["Hablan una lengua indígena"] == "6"
    assert {row[0]: row[2] for row in table(page, "m-left-out")[1:]}["Trabajadoras del hogar"] == "20"


def test_the_record_says_when_by_which_role_and_why(asked: Site) -> None:
    record = [said(item) for item in asked.page("why/").select("#m-record ~ .decisions > li")]
    assert [text.split(" ")[0] for text in record] == ["Prioridad", "Prioridad", "Sin"]
    assert all("Decidió: coordinación · 15 de octubre de 2026" in text for text in record)


def test_consultations_name_only_organisations_that_agreed(asked: Site) -> None:
    rows = table(asked.page("why/"), "m-consultations")[1:]
    assert [row[1] for row in rows] == ["ejemplo-hogar", "Cooperativa inventada", "ejemplo-cuarto"]
    assert [row[6] for row in rows] == ["18 de abril de 2026", "todavía no", "todavía no"]
    assert [row[3] for row in rows] == ["asamblea y voto con puntos", "grupo focal y voto con puntos", "entrevista"]
    assert [row[5] for row in rows] == ["60", "30", "sin voto"]


def test_a_theme_shows_what_was_said_with_permission_only(asked: Site) -> None:
    text = asked.text("themes/salud/")
    assert "El día que me enfermo no gano." in text
    assert "Nadie tenía guantes." in text
    assert "nadie permitió contar" not in text
    assert "no quiso que se citara" not in text
    assert "Hay además 2 casos u observaciones" in text
    for path, page in asked.pages.items():
        assert "no quiso que se citara" not in page.get_text(), path
    voices = asked.page("themes/salud/").find(class_="voices")
    assert "ejemplo-" not in said(voices)


def test_a_quote_is_marked_with_its_language_and_as_translated(asked: Site) -> None:
    spanish = asked.page("themes/digital/").find(class_="voices")
    assert "Mi teléfono es mi oficina." in said(spanish)
    assert "traducido del inglés" in said(spanish)
    english = asked.page("en/themes/digital/").find(class_="voices")
    assert "translated" not in said(english)
    only = asked.page("en/themes/salud/").find(class_="said")
    assert "translated from Spanish" in said(only)


def test_a_quote_in_another_language_than_the_page_says_so(small: Path, tmp_path: Path) -> None:
    shutil.copytree(HERE / "site" / "round", small, dirs_exist_ok=True)
    file = small / "data/needs/2026-03-14-ejemplo-hogar.yml"
    file.write_text(file.read_text("utf-8").replace(', en: "When I fall ill I earn nothing."', ""), encoding="utf-8")
    quote = make(small, tmp_path / "out").page("en/themes/salud/").find(class_="said")
    assert quote.blockquote.p["lang"] == "es"
    assert "translated" not in said(quote)


def test_a_theme_shows_who_asks_and_what_is_missing(asked: Site) -> None:
    page = asked.page("themes/digital/")
    assert table(page, "m-asked")[1:] == [["Recicladoras de base", "66.7 %"], ["Trabajadoras del hogar", "33.3 %"]]
    assert [said(item) for item in page.select("#m-gaps ~ .gaps li")] == [
        "Herramientas digitales: ningún módulo publicado. Es lo primero que se pidió en: "
        "Recicladoras de base. Pesa 50.0 % de lo pedido."
    ]
    further = [asked.target("themes/digital/", a["href"])[0] for a in page.select("nav.further a")]
    assert further == ["why/", "coverage/"]
    assert "Este tema no está priorizado" in asked.text("themes/ahorro/")


def test_coverage_begins_with_what_to_write_next(asked: Site) -> None:
    page = asked.page("coverage/")
    assert page.find("article").h2["id"] == "m-next"
    first = page.select("#m-next ~ ol.gaps li")[0]
    assert said(first).startswith("Herramientas digitales : ningún módulo publicado. Es lo primero que se pidió en")
    assert asked.target("coverage/", first.a["href"])[0] == "themes/digital/"
    assert "Falta escuchar a: Comerciantes del Metro." in said(page)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("coverage/", {"full": "cubierto", "none": "falta", "unknown": "sin votos"}),
        ("en/coverage/", {"full": "covered", "none": "missing", "unknown": "no votes"}),
    ],
)
def test_gaps_in_the_matrix_are_told_by_a_word_and_a_drawing(asked: Site, path: str, words: dict[str, str]) -> None:
    cells = asked.page(path).select(".matrix td")
    assert len(cells) == 2 * 3
    for cell in cells:
        (state,) = cell["class"]
        assert said(cell.b) == words[state]
        assert cell.b.find("i", class_="icon")
        assert cell["data-label"]
    legend = [said(item) for item in asked.page(path).select(".legend li")]
    assert legend == list(words.values())
    drawings = {cell["class"][0]: str(cell.b.i) for cell in cells}
    assert len(set(drawings.values())) == len(drawings)


def test_a_module_says_what_it_answers_to(asked: Site) -> None:
    aside = asked.page("modules/uno/").find(class_="answers")
    assert "Salud : tema con prioridad 1; lo pidieron 2 organizaciones de 2 sectores; 2 lo ponen" in said(aside)
    assert aside.find(class_="stamp")
    links = [asked.target("modules/uno/", a["href"])[0] for a in aside.find_all("a")]
    assert links == ["themes/salud/", "why/"]
    english = said(asked.page("en/modules/uno/").find(class_="answers"))
    assert "Health : theme with priority 1; asked for by 2 organisations of 2 sectors" in english


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize(("page", "name", "rows"), [("why/", "needs", 3), ("coverage/", "coverage", 6)])
def test_the_numbers_can_be_downloaded(asked: Site, lang: str, page: str, name: str, rows: int) -> None:
    path = page if lang == "es" else f"{lang}/{page}"
    links = [asked.target(path, a["href"])[0] for a in asked.page(path).select("a[type='text/csv']")]
    assert links == [f"data/{name}-{lang}.csv"]
    text = (asked.folder / links[0]).read_bytes().decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text))
    assert len(lines) == rows
    assert {len(line) for line in lines} == {len(header)}
    assert all(re.search("INVENTADO|INVENTED", line[-1]) for line in lines)


@pytest.mark.parametrize("path", ["why/", "en/why/", "coverage/", "themes/salud/", "en/themes/digital/"])
def test_invented_numbers_and_quotes_say_so_where_they_are_seen(asked: Site, path: str) -> None:
    article = asked.page(path).find("article")
    assert article.find("aside", class_="illustrative")
    seen = [*article.find_all("figcaption"), *article.find_all("caption"), *article.select(".voices > li, .answer")]
    assert seen
    assert [said(tag) for tag in seen if not tag.find(class_="stamp")] == []


def test_the_pages_lead_to_each_other(asked: Site) -> None:
    def links(path: str) -> set[str]:
        return {asked.target(path, a["href"])[0] for a in asked.page(path).select("article a[href]")}

    assert {"why/", "coverage/"} <= links("themes/") & links("themes/salud/")
    assert "why/" in links("") & links("coverage/") & links("modules/uno/")
    assert "coverage/" in links("why/")


def test_without_consultations_the_pages_say_so_kindly(site: Site) -> None:
    assert "Todavía no hay consultas" in said(site.page("why/").find(class_="answer"))
    assert "No organisation has been consulted yet" in site.text("en/coverage/")
    assert "Decidió: coordinación" in site.text("why/")
    assert not site.page("why/").find("figure")
    assert not site.page("themes/salud/").find(id="m-asked")
    assert said(site.page("modules/uno/").find(class_="answers")).endswith(
        "Salud : tema con prioridad 1 Por qué estos temas"
    )
    assert not (site.folder / "data/needs-es.csv").exists()
    assert (site.folder / "data/coverage-es.csv").is_file()


def test_interviews_alone_give_no_order(small: Path, tmp_path: Path) -> None:
    shutil.copytree(HERE / "site" / "round", small, dirs_exist_ok=True)
    for name in ("2026-03-14-ejemplo-hogar", "2026-04-02-ejemplo-reciclaje"):
        (small / f"data/needs/{name}.yml").unlink()
    found = make(small, tmp_path / "out")
    assert "todavía nadie ha votado" in said(found.page("why/").find(class_="answer"))
    assert "nadie lo pidió con votos" in found.text("themes/salud/")
    assert "nadie lo pidió en la última ronda" in found.text("modules/uno/")


def test_a_real_round_hides_the_invented_one_and_its_decisions(small: Path, tmp_path: Path) -> None:
    shutil.copytree(HERE / "site" / "round", small, dirs_exist_ok=True)
    file = small / "data/needs/2026-03-14-ejemplo-hogar.yml"
    text = file.read_text("utf-8").replace("illustrative: true\n", "").replace("round: 2026-1", "round: 2026-2")
    (small / "data/needs/2026-11-02-ejemplo-hogar.yml").write_text(
        text.replace("2026-03-14", "2026-11-02").replace("2026-04-18", "2026-11-20"), encoding="utf-8"
    )
    found = make(small, tmp_path / "out")
    assert "Lo más pedido es Salud." in said(found.page("why/").find(class_="answer"))
    assert "Todavía no hay decisiones escritas." in found.text("why/")
    for path in ("why/", "themes/salud/", "coverage/"):
        article = found.page(path).find("article")
        assert not article.find(class_="stamp"), path
        assert "Ejemplo inventado" not in said(article), path
    assert "Sin prioridad" in found.text("themes/")
    assert not found.page("themes/salud/").find(class_="numeral")
    with (found.folder / "data/needs-es.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert "Nota" not in next(csv.reader(lines))


def test_a_page_that_people_write_replaces_the_tools(small: Path, tmp_path: Path) -> None:
    (small / "docs").mkdir()
    (small / "docs" / "why.es.md").write_text('---\ntitle: "Nuestras razones"\n---\n\nPorque sí.\n', encoding="utf-8")
    found = make(small, tmp_path / "out")
    assert "Nuestras razones" in found.page("why/").h1.get_text()
    assert "Porque sí." in found.text("why/")
