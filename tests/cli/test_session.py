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


def test_record_starts_from_the_plan(run: Run, small: Path) -> None:
    file = plan(run)
    early = run("session", "record", file.stem, "--as-planned", "--people", "17")
    assert (early.returncode, "todavía no llega" in early.stderr) == (2, True)
    today = ("--today", "2026-12-06")
    done = run(*today, "session", "record", file.stem, "--as-planned", "--people", "17")
    assert done.returncode == 0, done.stderr
    text = file.read_text("utf-8")
    assert "    uno: {apertura: 10, descanso: 5, practica: 60}\n    solo-es: {apertura: 30}\n" in text
    assert "attendance: {total: 17}" in text
    table = (small / "data/results" / f"{file.stem}.csv").read_text("utf-8-sig").splitlines()
    assert table[0] == "module,question,moment,group,total,1,2,3,sum,guide"
    assert table[1] == "uno,E01,before,all,,,,,,¿Qué tanto conozco este tema? 1 = nada; 2 = algo; 3 = mucho"
    assert table[3].startswith("uno,uno-1,after,all,,,,,,¿Qué riesgo vamos a quitar? 1 = otra respuesta; 2 =")
    assert run(*today, "check").stdout == ""
    again = run(*today, "session", "record", file.stem, "--as-planned", "--people", "17")
    assert "ya tiene registro" in again.stderr
    assert "¿Quiso decir" in run("session", "record", file.stem[:-1]).stderr


def test_minutes_are_asked_for_step_by_step(run: Run, small: Path) -> None:
    file = plan(run)
    answers = "12\n0\nochenta\n"
    done = run("--today", "2026-12-07", "session", "record", file.stem, "--people=17", "--start=9:40", stdin=answers)
    assert (done.returncode, "no son minutos" in done.stderr) == (2, True)
    assert "record:" not in file.read_text("utf-8")
    done = run(
        "--today", "2026-12-07", "session", "record", file.stem, "--people=17", "--start=9:40", stdin="12\n0\n80\n30\n"
    )
    assert done.returncode == 0, done.stderr
    assert "    uno: {apertura: 12, descanso: 0, practica: 80}\n" in file.read_text("utf-8")


def test_results_are_summed_up(run: Run, small: Path) -> None:
    assert "Todavía no hay sesiones registradas" in run("results").stderr
    file = plan(run)
    run("--today", "2026-12-06", "session", "record", file.stem, "--as-planned", "--people", "17")
    table = small / "data/results" / f"{file.stem}.csv"
    text = table.read_text("utf-8-sig").replace("before,all,,,,,", "before,all,17,9,5,3,")
    table.write_text(text.replace("E01,after,all,,,,,", "E01,after,all,4,0,2,2,"), "utf-8")
    assert "small-count" in run("--today", "2026-12-06", "check").stdout
    shown = run("--today", "2026-12-06", "--messages", "en", "results", "--by", "quarter", "--format", "csv").stdout
    assert "October to December 2026,E01 How well do I know this topic?,1,47.1,34,no data,no data" in shown


def test_refine_says_what_is_open(run: Run, small: Path) -> None:
    file = plan(run)
    today = ("--today", "2026-12-06")
    assert "Nada pendiente" in run(*today, "session", "refine").stderr
    run(*today, "session", "record", file.stem, "--as-planned", "--people", "17")
    asked = '  requests:\n    - {module: uno, step: practica, es: "Más tiempo.", en: "More time."}\n'
    file.write_text(file.read_text("utf-8").replace("  requests: []\n", asked), "utf-8")
    said = run(*today, "session", "refine").stdout
    assert "6 de diciembre de 2026, 2026-12-06-ejemplo-hogar: Más tiempo. (en el paso “Práctica”)" in said
    assert "after: [2026-12-06-ejemplo-hogar]" in said
    assert run(*today, "session", "refine", "solo-es").stdout == ""
