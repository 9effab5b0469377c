"""Planning a session on a phone: agenda by the clock, materials added up, copies, warnings, what comes out of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from curriculum.checks import check
from curriculum.library import load
from curriculum.packet import copies, thing_text, things
from curriculum.words import words
from tests.conftest import HERE, TODAY
from tests.site.conftest import Site, make, served
from tests.site.test_access import barriers


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """tests/small, where M2 needs more of everything, may hurt, and is long."""
    base = tmp_path_factory.mktemp("plan")
    root = Path(shutil.copytree(HERE / "small", base / "root", ignore=shutil.ignore_patterns("build")))
    file = root / "modules" / "solo-es" / "module.yml"
    text = file.read_text("utf-8").replace("minutes: 30", "minutes: 110").replace("max: 30", "max: 15")
    needs = "materials: [{id: marcadores, count: 1, per: person}, {id: hilo, count: 3}]\n"
    file.write_text(f"{text}equipment: [electricity]\ncare: 2\n{needs}", "utf-8")
    materials = root / "data" / "materials.yml"
    materials.write_text(materials.read_text("utf-8").replace("{id: hilo,", "{id: hilo, lasting: true,"), "utf-8")
    return make(root, base / "out")


@pytest.fixture(scope="module")
def address(planned: Site) -> Iterator[str]:
    with served(planned) as address:
        yield address


def agenda(page: Page) -> list[str]:
    expect(page.locator(".plan-agenda .end")).to_be_visible()
    return [" ".join(row.split()) for row in page.locator(".plan-agenda tbody tr").all_inner_texts()]


def warned(page: Page) -> list[str]:
    return [" ".join(row.split()) for row in page.locator(".plan-warnings li").all_inner_texts()]


def test_from_a_module_to_a_plan_on_a_phone(phone: Page, address: str) -> None:
    phone.clock.install(time="2026-12-01T10:00:00Z")
    phone.goto(f"{address}modules/uno/")
    phone.get_by_role("link", name="Planear con este módulo").click()
    expect(phone.locator(".plan-order li")).to_have_count(1)
    phone.get_by_label("Hora de inicio").fill("09:30")
    phone.get_by_label("Fecha").fill("2026-12-05")
    phone.get_by_label("Personas", exact=True).fill("14")
    phone.check("#p-solo-es")
    assert agenda(phone) == [
        "M1 Uno: el mapa 1 h 15 min",
        "9:30 10 Apertura", "9:40 5 Descanso", "9:45 60 Práctica", "10:45 15 Pausa",
        "M2 Sólo en español 1 h 50 min",
        "11:00 110 Apertura", "12:50 200 Fin",
    ]  # fmt: skip
    assert phone.locator(".plan-agenda caption").inner_text() == (
        "Sábado, 5 de diciembre de 2026, de 9:30 a 12:50: 3 h 20 min"
    )
    assert phone.evaluate("location.hash") == "#m=uno,solo-es&d=2026-12-05&t=09:30&n=14"
    # A pause of another length, the other order, one less.
    phone.get_by_label("Pausa después").select_option("30")
    assert "11:15 110 Apertura" in agenda(phone)
    phone.get_by_role("button", name="Subir M2 Sólo en español").click()
    assert agenda(phone)[0] == "M2 Sólo en español 1 h 50 min"
    assert phone.evaluate("document.activeElement.dataset.id") == "solo-es"
    phone.get_by_role("button", name="Quitar M2 Sólo en español").click()
    assert agenda(phone)[0] == "M1 Uno: el mapa 1 h 15 min"
    assert not phone.locator("#p-solo-es").is_checked()


def test_the_link_carries_the_plan_and_the_language_switch_keeps_it(
    phone: Page, address: str, browser: Browser
) -> None:
    mark = "m=solo-es~20,uno&d=2026-12-05&t=16:00&n=12"
    phone.goto(f"{address}plan/#{mark}")
    before = agenda(phone)
    assert before[2] == "17:50 20 Pausa"
    other = browser.new_page(viewport={"width": 360, "height": 740})
    other.goto(phone.url)
    assert agenda(other) == before
    other.click("a.language")
    other.wait_for_url(f"{address}en/plan/#{mark}")
    assert agenda(other)[0] == "M2 Sólo en español 1 h 50 min"
    assert other.locator(".plan-agenda th a").first.get_attribute("lang") == "es"
    assert agenda(other)[2] == "17:50 20 Pause"
    other.close()
    # What makes no sense is passed over.
    phone.goto("about:blank")
    phone.goto(f"{address}plan/#m=uno,nadie,uno&d=mañana&t=25:99&n=-4")
    assert agenda(phone)[1] == "10:00 10 Apertura"
    assert phone.get_by_label("Personas", exact=True).input_value() == "1"


def test_materials_and_copies_are_those_of_the_command(phone: Page, address: str, planned: Site) -> None:
    library = load(planned.root, TODAY)
    chosen, w = ["uno", "solo-es"], words("es")
    for people in (14, 18, 19):
        phone.goto("about:blank")
        phone.goto(f"{address}plan/#m=uno,solo-es&n={people}")
        bring = phone.locator(".plan-materials li").all_inner_texts()
        assert bring == [thing_text(library, thing, w) for thing in things(library, chosen, people)]
        rows = [row.split("\t")[1:] for row in phone.locator(".plan-copies tbody tr").all_inner_texts()]
        assert rows == [[str(one.count), str(one.sides)] for one in copies(library, chosen, people)]
    # String lasts: three at once are enough. Markers: two a table for four tables, and one a person.
    assert bring == ["27 marcadores", "3 bolas de hilo"]
    assert phone.locator(".plan-copies caption").inner_text() == "27 caras impresas en total"
    assert phone.locator(".plan-needs").inner_text() == "El lugar necesita: una pared libre, electricidad."


def test_warnings(phone: Page, address: str) -> None:
    phone.clock.install(time="2026-12-10T10:00:00Z")
    phone.goto(f"{address}plan/#m=solo-es&d=2026-12-09&n=20")
    assert warned(phone) == [
        "M2 Sólo en español pide haber hecho antes M1 Uno: el mapa. Agregarlo",
        "M2 Sólo en español es para 15 personas a lo más.",
        "M2 Sólo en español puede doler. Tenga apoyo a la mano y no facilite a solas.",
        "Esa fecha ya pasó.",
    ]
    phone.get_by_role("button", name="Agregarlo").click()
    assert agenda(phone)[0] == "M1 Uno: el mapa 1 h 15 min"
    assert not any("antes" in line for line in warned(phone))
    assert any(line.startswith("Dura 3 h 20 min: más de tres horas.") for line in warned(phone))
    for mark, text in {
        "m=solo-es,uno": "M1 Uno: el mapa va antes de M2 Sólo en español: cámbielos de orden.",
        "m=uno~0,solo-es": "Hay 2 h 50 min seguidos sin pausa. Ponga una después de M1 Uno: el mapa.",
        "m=uno&n=3": "M1 Uno: el mapa pide al menos 6 personas.",
        "m=uno&t=23:00": "Termina después de medianoche.",
    }.items():
        phone.goto("about:blank")
        phone.goto(f"{address}plan/#{mark}")
        assert text in warned(phone), mark
    phone.goto("about:blank")
    phone.goto(f"{address}plan/#m=uno")
    assert warned(phone) == ["Nada que señalar."]


def unfolded(text: str) -> dict[str, str]:
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").strip().split("\r\n")
    return {name: value for name, _, value in (line.partition(":") for line in lines)}


def test_a_file_for_the_calendar(phone: Page, address: str) -> None:
    phone.goto(f"{address}plan/#m=uno,solo-es&t=22:30")
    assert phone.get_by_role("button", name="Agregar al calendario").is_disabled()
    assert phone.get_by_text("Ponga la fecha para agregarla al calendario.").is_visible()
    phone.get_by_label("Fecha").fill("2026-12-31")
    with phone.expect_download() as waiting:
        phone.get_by_role("button", name="Agregar al calendario").click()
    assert waiting.value.suggested_filename == "2026-12-31-uno.ics"
    event = unfolded(Path(waiting.value.path()).read_bytes().decode())
    # It ends in the new year. No zone: the time is that of the place.
    assert (event["DTSTART"], event["DTEND"]) == ("20261231T223000", "20270101T015000")
    assert event["SUMMARY"] == "Sesión: Uno: el mapa + Sólo en español"
    assert "\\n22:30 Apertura (10 min)\\n" in event["DESCRIPTION"]
    assert "Materiales: " in event["DESCRIPTION"]
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])


def test_the_file_of_a_planned_session_passes_the_check(
    phone: Page, address: str, planned: Site, tmp_path: Path
) -> None:
    phone.goto(f"{address}plan/#m=uno~20,solo-es&d=2026-12-05&t=09:30&n=14")
    phone.get_by_text("Registrarla como sesión planeada").click()
    organisation = phone.locator("#p-organisation option").nth(1).get_attribute("value")
    phone.select_option("#p-organisation", organisation)
    phone.select_option("#p-place", "market")
    text = phone.locator(".plan-file").inner_text()
    root = Path(shutil.copytree(planned.root, tmp_path / "root", ignore=shutil.ignore_patterns("build")))
    file = root / "data" / "sessions" / f"2026-12-05-{organisation}.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text + "\n", "utf-8")
    library = load(root, TODAY)
    assert [problem for problem in check(library) if problem.path.startswith("data/sessions")] == []
    session = library.sessions[file.stem]
    assert (session.modules, session.people, str(session.start)) == (["uno", "solo-es"], 14, "09:30:00")
    assert [(one.after, one.minutes) for one in session.breaks] == [("uno", 20)]
    assert (session.place, session.public) == ("market", False)
    # The forge opens with name and text filled in; so does a letter.
    link = urlsplit(phone.get_by_role("link", name="Abrirlo en el repositorio").get_attribute("href") or "")
    assert (link.netloc, link.path) == ("github.com", "/example/prueba/new/main/data/sessions")
    assert parse_qs(link.query) == {"filename": [f"{file.stem}.yml"], "value": [text]}
    mail = urlsplit(phone.get_by_role("link", name="Enviarlo por correo").get_attribute("href") or "")
    assert parse_qs(mail.query)["body"] == [text.replace("\n", "\r\n")]


def test_it_is_sent_as_a_text_that_makes_sense_without_the_link(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/plan/#m=uno&d=2026-12-05")
    link = urlsplit(phone.get_by_role("link", name="Send by WhatsApp").get_attribute("href") or "")
    text = parse_qs(link.query)["text"][0]
    assert text.startswith(
        "Session: One: the map\nSaturday, 5 December 2026, 10:00 to 11:15: 1 h 15 min\n\nM1 One: the map"
    )
    assert "10:15 Practice (60 min)" in text
    assert text.endswith(phone.url)


def test_on_paper_only_the_plan(phone: Page, address: str) -> None:
    phone.goto(f"{address}plan/#m=uno,solo-es")
    phone.emulate_media(media="print")
    assert phone.locator(".plan-agenda").is_visible()
    assert phone.locator(".plan-copies").is_visible()
    for hidden in (".plan-form", ".plan-use", "header.top", "footer.bottom"):
        assert not phone.locator(hidden).is_visible()


def test_the_list_is_searched_without_accents(phone: Page, address: str) -> None:
    phone.goto(f"{address}plan/")
    phone.fill("#p-search", "solo espanol")
    assert phone.locator(".plan-list .tick:visible").all_inner_texts() == ["M2\nSólo en español\n110\xa0min"]
    phone.fill("#p-search", "nada de esto")
    assert phone.get_by_text("Ningún módulo dice eso.").is_visible()


def test_the_keyboard_alone_makes_a_plan(phone: Page, address: str) -> None:
    phone.goto(f"{address}plan/")
    phone.focus("#p-search")
    while phone.evaluate("document.activeElement.id") != "p-uno":
        phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    assert agenda(phone)[0] == "M1 Uno: el mapa 1 h 15 min"
    assert phone.evaluate("document.activeElement.id") == "p-uno"


def test_without_a_script_there_is_the_list(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}plan/")
    assert page.get_by_role("link", name="M1 Uno: el mapa").is_visible()
    assert not page.locator(".plan-form").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["", "en/"])
def test_axe_finds_nothing_with_a_plan_on_the_page(phone: Page, address: str, lang: str, scheme: str) -> None:
    phone.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    phone.goto(f"{address}{lang}plan/#m=solo-es,uno&n=30&d=2026-12-05")
    phone.locator(".plan-use summary").click()
    assert barriers(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
