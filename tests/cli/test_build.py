"""The whole: `curriculum build` on the small curriculum, and that nothing it meets costs the site that is there."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.conftest import Run


def tree(folder: Path) -> dict[str, str]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def name(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def leftovers(small: Path) -> list[str]:
    return [file.name for file in (small / "build").iterdir() if file.name.startswith(".")]


def test_build_makes_the_whole_site_and_the_same_bytes_again(run: Run, small: Path) -> None:
    done = run("build")
    assert done.returncode == 0, done.stderr
    site = small / "build/site"
    first = tree(site)
    catalogue = json.loads((site / "catalogue.json").read_text("utf-8"))
    pdfs = {pdf["path"]: pdf for pdf in catalogue["pdfs"]}
    assert set(pdfs) == {path for path in first if path.endswith(".pdf")}
    kinds = ("guide", "plan", "large", "booklet", "forms")
    editions = (("uno", "es"), ("uno", "en"), ("solo-es", "es"), ("only-en", "en"))
    assert {(pdf["module"], pdf["lang"], pdf["kind"], pdf["paper"]) for pdf in pdfs.values()} == {
        *((module, lang, kind, "letter") for module, lang in editions for kind in kinds),
        # Only one of the modules has handouts, and nobody was consulted.
        *(("uno", lang, "handouts", "letter") for lang in ("es", "en")),
        *(("", lang, kind, "letter") for lang in ("es", "en") for kind in ("book", "icebreakers")),
    }
    for path, pdf in pdfs.items():
        assert (pdf["sha256"], pdf["bytes"]) == (first[path], (site / path).stat().st_size)
        assert pdf["pages"] > (pdf["kind"] not in ("plan", "icebreakers"))
    assert {
        "index.html",
        "en/index.html",
        "404.html",
        "sitemap.xml",
        "1/index.html",
        "modules/primero/index.html",
    } <= set(first)
    (small / "build/cache").rename(small / "cache-of-the-first-run")
    assert run("build", TZ="Asia/Tokyo", LANG="en_GB.UTF-8", PYTHONHASHSEED="7").returncode == 0
    assert tree(site) == first


def test_an_error_leaves_the_last_good_site(run: Run, small: Path) -> None:
    assert run("build", "--no-print").returncode == 0
    before = tree(small / "build/site")
    page = small / "modules/uno/index.es.md"
    good = page.read_text("utf-8")
    page.write_text(good.replace("[@F01]", "[@F99]"), "utf-8")
    done = run("build")
    assert done.returncode == 1
    assert "fact-unknown" in done.stderr
    assert "no se publicó nada" in done.stderr
    page.write_text(good.replace("Haga un círculo.", "Haga un círculo \u2610."), "utf-8")
    done = run("build")
    assert done.returncode == 1
    assert "modules/uno/index.es.md:1:1: error: En el papel no existe el carácter “\u2610”" in done.stderr
    assert tree(small / "build/site") == before
    assert leftovers(small) == []


def test_a_handout_that_grows_is_named(run: Run, small: Path) -> None:
    sheet = small / "modules/uno/handouts/hoja.es.md"
    sheet.write_text(sheet.read_text("utf-8") + "\nUna línea más.\n" * 60, "utf-8")
    done = run("print", "uno", "--lang", "es")
    assert done.returncode == 1
    assert "modules/uno/module.yml:16:36: error: La hoja “hoja” (es) ocupa" in done.stderr


def test_interruption_leaves_the_last_good_site(run: Run, small: Path) -> None:
    assert run("build", "--no-print").returncode == 0
    before = tree(small / "build/site")
    command = [sys.executable, "-m", "curriculum", "--root", str(small), "build"]
    working = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "LANG": "es_MX.UTF-8"}
    )
    for _ in range(200):
        if any(name.startswith(".site-") for name in leftovers(small)):
            break
        time.sleep(0.02)
    working.send_signal(signal.SIGINT)
    _, errors = working.communicate(timeout=60)
    assert working.returncode == 130, errors
    assert "Traceback" not in errors
    assert tree(small / "build/site") == before
    assert leftovers(small) == []


def test_a_part_of_the_work_that_is_killed_leaves_the_last_good_site(run: Run, small: Path) -> None:
    """As the system does it when the memory runs out."""
    assert run("build", "--no-print").returncode == 0
    before = tree(small / "build/site")
    command = [sys.executable, "-m", "curriculum", "--root", str(small), "build", "--no-print"]
    environment = {**os.environ, "LANG": "es_MX.UTF-8", "SOURCE_DATE_EPOCH": "1795219200"}
    working = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    children = Path(f"/proc/{working.pid}/task/{working.pid}/children")
    before_last, last = set[str](), set[str]()
    # What is still there a moment later is no other program that is about to begin.
    while not (found := before_last & last):
        time.sleep(0.02)
        before_last, last = last, {pid for pid in children.read_text().split() if b"curriculum" in name(pid)}
    os.kill(int(found.pop()), signal.SIGKILL)
    _, errors = working.communicate(timeout=60)
    assert working.returncode == 1, errors
    assert "se acabó la memoria" in errors
    assert "Traceback" not in errors
    assert tree(small / "build/site") == before
    assert leftovers(small) == []


def test_a_folder_of_something_else_is_not_touched(run: Run, small: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("dear", "utf-8")
    done = run("build", "--no-print", "--site-dir", str(home))
    assert done.returncode == 2
    assert "no se tocó" in done.stderr
    assert (home / "letter.txt").read_text("utf-8") == "dear"


def test_drafts_are_absent_unless_asked_for(run: Run, small: Path) -> None:
    run("new", "module", "borrador", "--title", "B", "--theme", "salud", "--sector", "all", "--minutes", "60")
    assert run("build", "--no-print").returncode == 0
    assert not (small / "build/site/modules/borrador").exists()
    assert run("build", "--no-print", "--drafts").returncode == 0
    assert (small / "build/site/modules/borrador/index.html").is_file()


def test_mkdocs_by_hand_builds_the_same_pages(small: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "CURRICULUM_ROOT": str(small), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(root / "mkdocs.yml"), "-d"]
    done = subprocess.run(
        [*command, str(small / "by-hand")], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (small / "by-hand/en/modules/uno/index.html").is_file()


def test_a_place_that_cannot_be_written_ends_in_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run("build", "--no-print", "--site-dir", str(tmp_path / "file" / "site"))
    assert done.returncode == 1
    assert "No se pudo escribir en" in done.stderr
    assert "Traceback" not in done.stderr
