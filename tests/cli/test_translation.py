"""`curriculum translation` as a translator runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.test_translation import EN, ES, edit


def test_status_is_in_minutes_and_sync_clears_it(run: Run, small: Path) -> None:
    done = run("--messages", "en", "translation", "status")
    assert done.returncode == 0
    assert "minutes of work" in done.stdout
    assert "not compared" in done.stdout
    done = run("translation", "sync", "--all")
    assert (done.returncode, done.stdout) == (0, "")
    assert "quedaron como iguales al 21 de noviembre de 2026" in done.stderr
    assert run("translation", "status").stdout == "Todo está comparado y al día en todos los idiomas.\n"
    before = (small / "modules/uno/translation.lock.yml").read_bytes()
    assert "ya estaban iguales" in run("translation", "sync", "--all").stderr
    assert (small / "modules/uno/translation.lock.yml").read_bytes() == before


def test_what_readers_hold_comes_first_then_the_oldest_and_most_used(run: Run, small: Path) -> None:
    run("--today", "2026-10-01", "translation", "sync", "uno")
    run("--today", "2026-11-15", "translation", "sync", "data/facts")
    edit(small, ES, "Dibujen.", "Dibujen y digan.")
    edit(small, "data/facts.yml", "La ley inventada dice una cosa.", "La ley dice algo.")
    rows = json.loads(run("translation", "status", "--format", "json").stdout)
    assert [(row["text"], row["lang"], row["equal"], row["uses"]) for row in rows[:2]] == [
        ("uno", "en", "2026-10-01", 0),
        ("data/facts", "en", "2026-11-15", 2),
    ]
    assert rows[0]["sections"] == [
        {
            "path": EN,
            "section": "practica",
            "title": "Práctica",
            "state": "ahead",
            "ahead": "es",
            "minutes": rows[0]["minutes"],
        }
    ]
    assert rows[0]["minutes"] >= 1
    assert all(section["state"] == "never" for row in rows[2:] for section in row["sections"])
    # A fact that many live texts cite is more urgent than one that waits a little longer.
    for number in range(9):
        page = small / f"docs/p{number}.es.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text("---\ntitle: Página\n---\n\nDice [@F01].\n", "utf-8")
    assert json.loads(run("translation", "status", "--format", "json").stdout)[0]["text"] == "data/facts"
    assert "data/facts" not in run("translation", "status", "--lang", "es").stdout


def test_sync_wants_a_reason_where_the_other_text_did_not_change(run: Run, small: Path) -> None:
    run("translation", "sync", "uno")
    edit(small, ES, "Dibujen.", "Dibujen, por favor.")
    lock = small / "modules/uno/translation.lock.yml"
    before = lock.read_bytes()
    done = run("translation", "sync", "uno")
    assert done.returncode == 1
    assert "uno/index practica" in done.stderr
    assert "--reason" in done.stderr
    assert lock.read_bytes() == before
    assert run("check", "--strict").returncode == 1
    done = run("translation", "sync", "uno", "practica", "--reason", "Solo se agregó “por favor”.")
    assert done.returncode == 0
    assert run("check", "--strict").returncode == 0
    # It is listed as what it is, for everyone to see.
    shown = run("--messages", "en", "translation", "status").stdout
    assert "‘en’ did not change (2026-11-21). Solo se agregó “por favor”." in shown


def test_sync_after_both_changed_needs_no_reason(run: Run, small: Path) -> None:
    run("translation", "sync", "uno")
    edit(small, ES, "Dibujen.", "Dibujen 3 cosas.")
    edit(small, EN, "Draw.", "Draw three things.")
    assert run("translation", "sync", "uno", "practica").returncode == 0
    assert "unchanged" not in (small / "modules/uno/translation.lock.yml").read_text("utf-8")


def test_sync_refuses_texts_that_do_not_say_the_same(run: Run, small: Path) -> None:
    edit(small, ES, "Dibujen.", "Ponga 4 gotas.")
    edit(small, EN, "Draw.", "Add 2 drops.")
    done = run("translation", "sync", "uno")
    assert done.returncode == 1
    assert "Solo en index.es.md: 4. Solo en index.en.md: 2." in done.stderr
    assert not (small / "modules/uno/translation.lock.yml").exists()
    # The rest can be recorded, and is written beside what was.
    assert run("translation", "sync", "uno", "apertura").returncode == 0
    assert run("translation", "sync", "uno/handouts/hoja").returncode == 0
    text = (small / "modules/uno/translation.lock.yml").read_text("utf-8")
    assert "apertura:" in text
    assert "handouts/hoja:" in text
    assert "practica" not in text


def test_wrong_names_end_in_a_sentence(run: Run) -> None:
    for arguments, said in [
        (("sync",), "Diga qué texto, o --all."),
        (("sync", "un"), "¿Quiso decir “uno”?"),
        (("sync", "uno", "cierre"), "Tiene: front, preparacion"),
        (("status", "--lang", "fr"), "Idiomas: es, en"),
    ]:
        done = run("translation", *arguments)
        assert done.returncode == 2, arguments
        assert said in done.stderr
        assert "Traceback" not in done.stderr
