from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

PLAN = ("--date", "2026-12-06", "--start", "9:30", "--place", "premises", "--people", "18")


def plan(run: Run, *more: str) -> Path:
    done = run("session", "new", *PLAN, "--organisations", "ejemplo-hogar", "--modules", "uno,solo-es", *more)
    assert done.returncode == 0, done.stderr
    return Path(done.args[4]) / "data/sessions/2026-12-06-ejemplo-hogar.yml"


def test_new_session_is_commented_and_passes_the_check(run: Run, small: Path) -> None:
    text = plan(run).read_text("utf-8")
    assert 'start: "09:30"' in text
    assert "Roles y cantidades, nunca nombres" in text
    assert run("check").stdout == ""
    again = run("session", "new", *PLAN, "--organisations", "ejemplo-hogar", "--modules", "uno")
    assert (again.returncode, "Ya existe data/sessions/2026-12-06-ejemplo-hogar.yml" in again.stderr) == (2, True)
    named = run(
        "--messages", "en", "session", "new", "tarde", *PLAN, "--organisations", "ejemplo-hogar", "--modules=uno"
    )
    assert named.returncode == 0
    assert "Roles and numbers, never names" in (small / "data/sessions/2026-12-06-tarde.yml").read_text("utf-8")
    assert run("check").stdout == ""


def test_new_session_refuses_what_cannot_be(run: Run) -> None:
    def refused(*arguments: str) -> str:
        done = run("session", "new", *arguments)
        assert done.returncode == 2
        return done.stderr

    known = ("--organisations", "ejemplo-hogar", "--modules", "uno")
    assert "“mañana” no es una fecha" in refused(*PLAN, *known, "--date", "mañana")
    assert "“25:00” no es una hora" in refused(*PLAN, *known, "--start", "25:00")
    assert "no es un número de personas" in refused(*PLAN, *known, "--people", "0")
    assert "¿Quiso decir “uno”?" in refused(*PLAN, *known, "--modules", "unos")
    assert "No existe “casa”" in refused(*PLAN, *known, "--place", "casa")
    assert "No existe “nadie”" in refused(*PLAN, *known, "--organisations", "nadie")
