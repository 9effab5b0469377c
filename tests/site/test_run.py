"""A session held with the phone: one step at a time, the clocks, the screen, the network gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.site.conftest import Site, served
from tests.site.test_access import barriers

# A stand-in for the screen's lock, which a browser without a screen refuses.
SCREEN = """
  window.held = 0;
  const lock = {request: async () => { held += 1; return {release: () => { held -= 1; }}; }};
  Object.defineProperty(navigator, 'wakeLock', {value: lock});
"""


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def session(phone: Page, address: str) -> Page:
    """M1 (opening 10, break 5, practice 60) begun at ten in the morning."""
    phone.add_init_script(SCREEN)
    # The clock stands still: time passes only where a test lets it.
    phone.clock.install(time="2026-12-05T09:00:00Z")
    phone.clock.pause_at("2026-12-05T10:00:00Z")
    phone.goto(f"{address}modules/uno/")
    phone.get_by_role("link", name="Empezar la sesión").click()
    expect(phone.locator(".run")).to_be_visible()
    return phone


def seen(page: Page) -> list[str]:
    return page.locator("article h2:visible, article .when.rest .nth:visible").all_inner_texts()


def whole(page: Page) -> str:
    return page.locator("[data-run=whole]").inner_text()


def left(page: Page) -> str:
    return page.locator("[data-run=left]").inner_text()


def status(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def test_one_step_at_a_time_with_its_own_clock_and_that_of_the_whole(session: Page) -> None:
    assert seen(session) == ["Apertura"]
    assert not session.locator("header.top").is_visible()
    assert session.locator("[data-run=step]").inner_text() == "Paso 1 de 2"
    assert left(session) == "quedan 10:00"
    expect(session.locator("#apertura")).to_be_focused()
    session.clock.run_for(4 * 60_000)
    assert (left(session), whole(session)) == ("quedan 6:00", "4:00 de 75 min")
    assert status(session) == "A tiempo. Termina a las 11:15."
    session.get_by_role("button", name="Siguiente").click()
    assert seen(session) == ["Descanso"]
    assert status(session) == "Va 6 minutos adelante. Terminaría a las 11:09."
    session.get_by_role("button", name="Siguiente").click()
    assert seen(session) == ["Práctica"]
    assert session.locator("[data-run=step]").inner_text() == "Paso 2 de 2"
    assert (
        float(session.evaluate("parseFloat(getComputedStyle(document.querySelector('#practica ~ p')).fontSize)")) > 20
    )


def test_what_is_late_and_where_to_cut(session: Page) -> None:
    session.clock.run_for(13 * 60_000)
    assert left(session) == "3:00 de más"
    assert status(session) == "Va 3 minutos tarde. Terminaría a las 11:18."
    session.get_by_text("Dónde recortar").click()
    assert session.locator(".run-cut li").all_inner_texts() == ["Práctica"]
    # Going back to a step goes on with its clock, not from the start.
    session.get_by_role("button", name="Siguiente").click()
    session.get_by_role("button", name="Anterior").click()
    assert left(session) == "3:00 de más"


def test_the_screen_stays_on_only_meanwhile(session: Page) -> None:
    assert session.evaluate("held") == 1
    session.get_by_role("button", name="Salir").click()
    assert session.evaluate("held") == 0
    assert session.locator("header.top").is_visible()
    assert session.get_by_role("link", name="Seguir la sesión").is_visible()


def test_the_clock_survives_a_reload_and_the_network(session: Page, address: str) -> None:
    session.get_by_role("button", name="Siguiente").click()
    session.clock.run_for(2 * 60_000)
    session.reload()
    assert seen(session) == ["Descanso"]
    assert left(session) == "quedan 3:00"
    session.context.set_offline(True)
    session.get_by_role("button", name="Siguiente").click()
    session.get_by_role("button", name="Siguiente" if session.get_by_text("Siguiente").count() else "Terminar").click()
    assert session.get_by_role("heading", name="Sesión terminada").is_visible()
    session.context.set_offline(False)


@pytest.mark.parametrize(
    ("path", "save", "said", "begin", "steps", "following", "finish", "done"),
    [
        (
            "modules/uno/",
            "Guardar este módulo en el teléfono",
            "Guardado: se abre sin internet.",
            "Empezar la sesión",
            [("Apertura", "quedan 10:00", "quedan 8:00"), ("Descanso", "quedan 5:00", "quedan 3:00")],
            "Siguiente",
            "Terminar",
            "Sesión terminada",
        ),
        (
            "en/modules/uno/",
            "Save this module on the phone",
            "Saved: it opens without internet.",
            "Start the session",
            [("Opening", "10:00 left", "8:00 left"), ("Break", "5:00 left", "3:00 left")],
            "Next",
            "Finish",
            "Session finished",
        ),
    ],
)
def test_a_saved_module_is_run_after_a_cold_start_without_network(
    phone: Page,
    site: Site,
    path: str,
    save: str,
    said: str,
    begin: str,
    steps: list[tuple[str, str, str]],
    following: str,
    finish: str,
    done: str,
) -> None:
    # At home, with internet: the module is saved and the page closed; its run mode was never opened.
    with served(site) as address:
        phone.goto(address + path)
        phone.evaluate("navigator.serviceWorker.ready.then(() => null)")
        phone.wait_for_function("navigator.serviceWorker.controller !== null")
        phone.get_by_role("button", name=save).click()
        expect(phone.locator(".keep [role=status]")).to_have_text(said)
        context = phone.context
        phone.close()
    # At the market: no network, and the server is gone too.
    context.set_offline(True)
    cold = context.new_page()
    failed: list[str] = []
    cold.on("pageerror", lambda error: failed.append(str(error)))
    cold.clock.install(time="2026-12-05T09:00:00Z")
    cold.clock.pause_at("2026-12-05T10:00:00Z")
    cold.goto(address + path)
    assert cold.evaluate("navigator.onLine") is False
    assert cold.evaluate("document.fonts.ready.then(fonts => [...fonts].some(one => one.status === 'loaded'))")
    cold.get_by_role("link", name=begin).click()
    for title, start, later in steps:
        assert seen(cold) == [title]
        assert left(cold) == start
        cold.clock.run_for(2 * 60_000)
        assert left(cold) == later
        cold.get_by_role("button", name=following).click()
    # Closed by mistake between two steps: the next page goes on where it was, still without network.
    cold.reload()
    assert whole(cold).startswith("4:00")
    cold.get_by_role("button", name=finish).click()
    expect(cold.get_by_role("heading", name=done)).to_be_visible()
    # The papers of the session are one tap away.
    cold.goto(f"{address}{path}participants/")
    cold.wait_for_function("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
    assert failed == []


def test_at_the_end_the_minutes_are_ready_for_the_record(session: Page) -> None:
    for minutes in (12, 5, 58):
        session.clock.run_for(minutes * 60_000)
        session.locator("[data-run=next]").click()
    rows = [row.split("\t") for row in session.locator(".run-done tbody tr").all_inner_texts()]
    assert rows == [["Apertura", "10", "12"], ["Descanso", "5", "5"], ["Práctica", "60", "58"]]
    text = session.locator(".run-done pre").inner_text()
    assert text == "minutes:\n  uno: {apertura: 12, descanso: 5, practica: 58}"
    session.on("dialog", lambda dialog: dialog.accept())
    session.get_by_role("button", name="Empezar de nuevo").click()
    assert (seen(session), left(session)) == (["Apertura"], "quedan 10:00")


def test_the_keyboard_and_the_back_button(session: Page) -> None:
    session.keyboard.press("ArrowRight")
    assert seen(session) == ["Descanso"]
    session.keyboard.press("ArrowLeft")
    assert seen(session) == ["Apertura"]
    session.go_back()
    expect(session.locator("header.top")).to_be_visible()
    session.go_forward()
    expect(session.locator("header.top")).to_be_hidden()
    session.keyboard.press("Escape")
    expect(session.locator("header.top")).to_be_visible()


def test_a_text_in_another_language_runs_too(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/modules/solo-es/#m-run")
    assert phone.locator("article h2:visible").all_inner_texts() == ["Apertura"]
    assert phone.get_by_role("button", name="Finish").is_visible()
    assert phone.get_by_role("button", name="Leave").is_visible()
    phone.get_by_role("button", name="Finish").click()
    assert phone.get_by_role("heading", name="Session finished").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_it_runs(session: Page, scheme: str) -> None:
    session.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    session.clock.run_for(13 * 60_000)
    session.clock.resume()  # axe waits now and then
    assert barriers(session) == []
    for _ in range(3):
        session.locator("[data-run=next]").click()
    assert barriers(session) == []


def test_large_type_fits_a_small_phone(session: Page) -> None:
    session.set_viewport_size({"width": 320, "height": 560})
    assert session.evaluate("document.documentElement.scrollWidth") == 320
    session.evaluate("document.documentElement.style.fontSize = '200%'")
    session.set_viewport_size({"width": 640, "height": 900})
    assert session.evaluate("document.documentElement.scrollWidth") == 640
