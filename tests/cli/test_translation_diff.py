"""`curriculum translation diff`: with the history of git, with a part of it, and without any."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from curriculum.change import as_text, changes
from tests.cli.conftest import Run
from tests.test_translation import EN, ES, edit


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Prueba", "-c", "user.email=prueba@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, "-C", str(folder), *arguments], check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-m", message)


@pytest.fixture
def drifted(small: Path, run: Run) -> Path:
    """The small curriculum in git: compared, then edited twice in Spanish, with each step committed."""
    git(small, "init", "-b", "main")
    commit(small, "Todo")
    run("translation", "sync", "--all")
    commit(small, "Comparado")
    edit(small, ES, "Dibujen.", "Dibujen en silencio.")
    commit(small, "Silencio")
    edit(small, ES, "Dibujen en silencio.", "Dibujen en silencio, en parejas.")
    edit(small, "data/facts.yml", "La ley inventada dice una cosa.", "La ley inventada dice dos cosas.")
    commit(small, "Parejas")
    return small


def test_what_changed_since_both_were_compared_beside_todays_text(drifted: Path, run: Run) -> None:
    done = run("translation", "diff", "uno")
    assert done.returncode == 0
    assert "Cambió en español desde el 21 de noviembre de 2026:" in done.stdout
    assert "1. Dibujen{+ en silencio, en parejas+}." in done.stdout
    assert "Hoy dice en inglés (modules/uno/index.en.md:33)" in done.stdout
    assert "1. Draw." in done.stdout
    assert "curriculum translation sync uno/index practica" in done.stdout
    assert "una [-cosa-]{+dos" not in done.stdout
    assert "dice [-una cosa-]{+dos cosas+}." in run("translation", "diff", "data/facts").stdout


def test_as_a_page_for_e_mail(drifted: Path, run: Run) -> None:
    page = run("--messages", "en", "translation", "diff", "uno", "--format", "html").stdout
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "Dibujen<ins> en silencio, en parejas</ins>." in page
    assert "Changed in Spanish since 21 November 2026" in page
    assert not any(sign in page for sign in ("<script", "<link", "http"))


def test_a_module_that_was_moved_is_followed(drifted: Path, run: Run) -> None:
    git(drifted, "mv", "modules/uno", "modules/one")
    commit(drifted, "Mudanza")
    assert "{+ en silencio, en parejas+}" in run("translation", "diff", "one").stdout


def test_a_shallow_clone_says_that_it_cannot_know(drifted: Path, run: Run, small: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{drifted}", str(clone)], check=True)
    shutil.rmtree(small / ".git")
    shutil.copytree(clone / ".git", small / ".git")
    done = run("translation", "diff", "uno")
    assert "El texto de entonces no está en la historia que hay aquí" in done.stdout
    assert "1. Dibujen en silencio, en parejas." in done.stdout
    assert "1. Draw." in done.stdout
    # What is behind is known all the same: no date of a commit is asked.
    assert "una sección atrás" in run("translation", "status").stdout


def test_a_zip_without_git(drifted: Path, run: Run) -> None:
    shutil.rmtree(drifted / ".git")
    done = run("translation", "diff", "uno")
    assert (done.returncode, done.stderr) == (0, "")
    assert "El texto de entonces no está en la historia" in done.stdout
    assert "1. Draw." in done.stdout


def test_what_was_added_and_what_was_taken_out(drifted: Path, run: Run) -> None:
    edit(drifted, ES, "## Práctica", "## Pausa {#pausa}\n\nRespirar.\n\n## Práctica")
    file = drifted / EN
    head, _, tail = file.read_text("utf-8").partition("## Preparation {#preparacion}")
    file.write_text(head + tail[tail.index("## Opening") :], "utf-8")
    shown = run("translation", "diff", "uno").stdout
    assert "Solo está en español" in shown
    assert "Se quitó en inglés después del 21 de noviembre de 2026. Decía:" in shown
    assert "Bring string." in shown


def test_nothing_is_behind(run: Run) -> None:
    done = run("translation", "diff", "solo-es")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nada está atrás en “solo-es”." in done.stderr


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("Pague 4 cuotas.", "Pague 5 cuotas.", "Pague [-4-]{+5+} cuotas."),
        ("a b c", "a b c", "a b c"),
        ("uno dos tres", "cuatro cinco seis", "[-uno dos tres-]{+cuatro cinco seis+}"),
        ("Hola.", "", "[-Hola.-]"),
    ],
)
def test_word_by_word(before: str, now: str, shown: str) -> None:
    assert as_text(changes(before, now)) == shown
