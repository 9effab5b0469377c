"""Sessions, their results and what was learnt, as a reader of the site finds them; and the calendar of a phone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page

from curriculum.checks import check
from curriculum.ics import calendar
from curriculum.library import load
from curriculum.words import words
from tests.conftest import TODAY
from tests.site.conftest import Site
from tests.site.test_why import said, table

HELD = "sessions/2026-08-16-hogar/"
MADE = [
    "sessions/",
    HELD,
    "results/",
    "results/modules/uno/",
    "results/themes/salud/",
    "learnt/2026-3/",
    "modules/uno/",
]


def test_the_sessions_of_the_tests_are_sound(taught: Site) -> None:
    assert [problem for problem in check(load(taught.root, TODAY)) if problem.severity == "error"] == []


def test_only_public_sessions_are_announced(taught: Site) -> None:
    days = [said(day) for day in taught.page("sessions/").select(".days > li")]
    assert len(days) == 2
    assert days[0].startswith("domingo, 6 de diciembre de 2026 de 23:30 a 00:45")
    assert "Cancelada. Hay asamblea" in days[1]
    everything = " ".join(taught.text(path) for path in taught.pages)
    assert "7 de diciembre" not in everything
    assert "2026-12-07" not in "".join(file.read_text("utf-8") for file in taught.folder.rglob("*.ics"))
    assert "2026-11-01" not in everything


def test_a_session_that_was_held_has_its_page(taught: Site) -> None:
    page = taught.page(HELD)
    text = taught.text(HELD)
    for part in (
        "Sesión del 16 de agosto de 2026", "17 mujeres", "menos de 5", "$100", "Más tiempo.",
        "Hecho en la versión 0.2.0",
        "No se hará: No cabe.", "Mesa directiva , a más tardar el 30 de septiembre de 2026",
        "Cumplido en parte, según lo preguntado el 12 de octubre de 2026", "El peso de la bolsa.",
        "Elegida como el cambio más importante. Fue la primera vez.", "El turno de noche.", "INVENTADO",
    ):  # fmt: skip
        assert part.casefold() in text.casefold(), part
    assert ["Práctica", "60 min", "80 min"] in [
        [cell.replace("\xa0", " ") for cell in row] for row in table(page, "m-times")
    ]
    assert ["Descanso", "5 min", "no se hizo"] in [
        [cell.replace("\xa0", " ") for cell in row] for row in table(page, "m-times")
    ]
    assert "More time." in taught.text(f"en/{HELD}")
    few = taught.text("sessions/2026-10-18-hogar/")
    assert "Personas que vinieron menos de 5" in few
    assert "Sin datos" in few


def test_results_say_how_many_answered(taught: Site) -> None:
    for path in ("results/modules/uno/", "results/themes/salud/", "learnt/2026-3/", HELD):
        rows = table(taught.page(path), "m-answers" if path != HELD else "m-results")
        assert rows[1] == ["E01 ¿Qué tanto conozco este tema?", "47.1 %", "17", "93.8 %", "16"], path
    chart = taught.page("results/modules/uno/").select_one("svg.chart")
    assert chart is not None
    assert "antes: 47 % (n = 17)" in said(chart)
    assert "no es el cambio de cada persona" in taught.text("results/modules/uno/")
    assert "81.2 % con la respuesta esperada 16" in taught.text(HELD)


def test_outcomes_and_what_is_not_known(taught: Site) -> None:
    rows = table(taught.page("results/"), "m-outcomes")
    assert rows[1:] == [
        ["Nueve de cada 10 respuestas.", "Salud", "93.8 % (n = 16 respuestas)", "90.0 %", "cumplida"],
        ["Dos sesiones.", "Herramientas digitales", "sin datos", "2", "sin datos"],
    ]


def test_a_module_says_what_sessions_changed(taught: Site) -> None:
    text = taught.text("modules/uno/")
    assert "Se ha usado en 2 sesiones. Se refinó después de 1 sesión." in text
    assert "0.2.0 (1 de noviembre de 2026): Más tiempo" in text
    assert "1 cambio pedido, sin decidir: Otra hora." in text
    assert "Más tiempo." not in text.split("sin decidir")[1]


def test_from_any_page_of_the_chain_one_walks_to_the_others(taught: Site) -> None:
    def around(path: str) -> set[str]:
        return {taught.target(path, link["href"])[0] for link in taught.page(path).select("main a[href]")}

    assert {"modules/uno/", "results/modules/uno/", "themes/salud/", "learnt/2026-3/"} <= around(HELD)
    assert {HELD, "modules/uno/", "results/themes/salud/"} <= around("results/modules/uno/")
    assert {HELD, "themes/salud/", "results/modules/uno/"} <= around("results/themes/salud/")
    assert {HELD, "results/modules/uno/"} <= around("modules/uno/")
    assert "results/themes/salud/" in around("themes/salud/")
    assert {HELD, "learnt/2026-4/"} <= around("learnt/2026-3/")


def test_the_calendar_of_a_phone(taught: Site) -> None:
    text = (taught.folder / "calendar-es.ics").read_bytes().decode()
    assert text.split("\r\n")[0] == "BEGIN:VCALENDAR"
    assert not re.search(r"(?<!\r)\n", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert "DTSTART:20261206T233000Z\r\nDTEND:20261207T004500Z" in whole
    assert "STATUS:CANCELLED" in whole
    assert "Hay asamblea\\; será otro día\\, a otra hora." in whole
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 2
    english = (taught.folder / "calendar-en.ics").read_text("utf-8").replace("\n ", "")
    assert "There is an assembly" in english


def test_the_calendar_keeps_the_hour_of_the_wall(taught: Site) -> None:
    platform = taught.root / "data" / "platform.yml"
    before = platform.read_text("utf-8")
    try:
        platform.write_text(f"{before}timezone: America/Mexico_City\n", "utf-8")
        library = load(taught.root, TODAY)
        assert "DTSTART:20261207T053000Z" in calendar(library, words("es"))
        library.today = date(2026, 12, 7)
        assert calendar(library, words("es")).count("BEGIN:VEVENT") == 1
    finally:
        platform.write_text(before, "utf-8")


@pytest.mark.parametrize("width", [360, 800, 1280])
@pytest.mark.parametrize("path", MADE)
def test_what_was_held_fits_every_screen(phone: Page, taught_address: str, path: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    phone.goto(taught_address + path, wait_until="networkidle")
    assert phone.evaluate("document.documentElement.scrollWidth") == width


def test_a_day_that_is_past_leaves_the_calendar(phone: Page, taught_address: str) -> None:
    phone.clock.set_fixed_time("2026-12-07T12:00:00Z")
    phone.goto(f"{taught_address}sessions/")
    assert phone.locator(".days > li").count() == 1
    assert phone.locator(".no-sessions").is_hidden()
    phone.clock.set_fixed_time("2026-12-09T12:00:00Z")
    phone.goto(f"{taught_address}sessions/")
    assert phone.locator(".days > li").count() == 0
    assert phone.locator(".no-sessions").is_visible()
