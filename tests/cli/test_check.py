from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def break_minutes(small: Path) -> None:
    meta = small / "modules/uno/module.yml"
    meta.write_text(meta.read_text("utf-8").replace("minutes: 60", "minutes: 12:30"), "utf-8")


def cite_old_fact(small: Path) -> None:
    page = small / "modules/solo-es/index.es.md"
    page.write_text(page.read_text("utf-8").replace("Hola.", "Hola [@F04]."), "utf-8")


def test_clean(run: Run) -> None:
    done = run("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Todo está en orden.\n")


def test_error_says_where_what_and_how(run: Run, small: Path) -> None:
    break_minutes(small)
    done = run("check")
    assert done.returncode == 1
    assert done.stdout == (
        "modules/uno/module.yml:9:29: error: “minutes” es un número entero, no “12:30”. [field-invalid]\n"
        "    Escriba solo cifras, por ejemplo: minutes: 15\n"
    )


def test_english_by_option_and_by_locale(run: Run, small: Path) -> None:
    break_minutes(small)
    for done in (run("--messages", "en", "check"), run("check", LANG="en_GB.UTF-8")):
        assert "‘minutes’ is a whole number, not ‘12:30’." in done.stdout
    assert "número entero" in run("check", LANG="fr_FR.UTF-8").stdout


def test_warning_fails_only_when_strict(run: Run, small: Path) -> None:
    cite_old_fact(small)
    assert run("check").returncode == 0
    assert run("check", "--strict").returncode == 1
    assert "fact-expired" not in run("--today", "2026-01-15", "check").stdout


def test_json(run: Run, small: Path) -> None:
    break_minutes(small)
    (found,) = json.loads(run("check", "--format", "json").stdout)
    assert list(found) == ["path", "line", "column", "rule", "severity", "message", "fix"]
    assert (found["path"], found["line"], found["column"]) == ("modules/uno/module.yml", 9, 29)


def test_forge_gets_nine_annotations_and_the_summary_has_all_in_both_languages(
    run: Run, small: Path, tmp_path: Path
) -> None:
    page = small / "modules/solo-es/index.es.md"
    page.write_text(page.read_text("utf-8") + "\n" + "\n".join(f"[a{n}]()" for n in range(12)) + "\n", "utf-8")
    summary = tmp_path / "summary.md"
    done = run("check", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert done.stdout.count("::error file=modules/solo-es/index.es.md,line=") == 9
    assert "3 más" in done.stdout
    text = summary.read_text("utf-8")
    assert text.count("- [ ] `modules/solo-es/index.es.md:") == 24
    assert text.index("Los enlaces llegan") < text.index("Links arrive")


def test_only_the_named_paths(run: Run, small: Path) -> None:
    break_minutes(small)
    cite_old_fact(small)
    assert "fact-expired" not in run("check", "modules/uno").stdout
    assert "field-invalid" not in run("check", "modules/solo-es/index.es.md").stdout
    assert run("check", "modules/dos").returncode == 2


def test_memory_notices_every_change(run: Run, small: Path) -> None:
    assert run("check").returncode == 0
    assert (small / "build/cache/check.json").is_file()
    break_minutes(small)
    first, second = run("check"), run("check")
    assert first.returncode == second.returncode == 1
    assert first.stdout == second.stdout
    (small / "build/cache/check.json").write_text("{", "utf-8")
    assert run("check").stdout == first.stdout
    (small / "modules/uno/images/mapa.svg").unlink()
    assert run("check").stdout.count("image-missing") == 2


def test_wrong_use_ends_in_a_sentence(run: Run, small: Path) -> None:
    for arguments, words in [
        (("chekc",), "No existe el comando"),
        (("check", "--formt", "json"), "No existe la opción"),
        (("--root", "/nada", "check"), "faltan las carpetas data/ y modules/"),
        (("--today", "ayer", "check"), "no es una fecha"),
        (("print", "unos"), "¿Quiso decir “uno”?"),
        (("print", "--lang", "fr"), "Idiomas: es, en"),
    ]:
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_help_speaks_both_languages(run: Run) -> None:
    assert "Revisa todo" in run("--help").stdout
    assert "Checks everything" in run("--messages=en", "check", "--help").stdout
    assert "Muestra esta ayuda" in run("check", "--help").stdout
