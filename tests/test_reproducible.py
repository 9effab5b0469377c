"""Two clean clones in different folders, time zones and locales give the same bytes: every page, every PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.cli.test_build import tree
from tests.conftest import HERE

ROOT = HERE.parent
CODE = ("scripts", "overrides", "mkdocs.yml", "pyproject.toml")
OTHER = "Á otro lado/with spaces & signs/deep/er"


def clone(folder: Path) -> Path:
    """The code and a curriculum with everything, as a clone of the repository has them: no caches, nothing built."""
    folder.mkdir(parents=True)
    skip = shutil.ignore_patterns("build", "__pycache__", "*.pyc", "*.egg-info")
    for name in CODE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=skip)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    for source in (HERE / "small", HERE / "site/round", HERE / "site/taught"):
        shutil.copytree(source, folder, ignore=skip, dirs_exist_ok=True)
    shutil.copytree(HERE / "site/more/modules", folder / "modules", dirs_exist_ok=True)
    shutil.copytree(HERE / "site/more/docs", folder / "docs", ignore=shutil.ignore_patterns("*.en.md"))
    images = folder / "modules/solo-es/images"
    images.mkdir(exist_ok=True)
    Image.linear_gradient("L").resize((1700, 400)).save(images / "foto.jpg", exif=b"")
    Image.radial_gradient("L").save(images / "sol.png")
    page = folder / "modules/solo-es/index.es.md"
    page.write_text(f"{page.read_text('utf-8')}\n![Una pared](images/foto.jpg)\n\n![El sol](images/sol.png)\n", "utf-8")
    return folder


def start(folder: Path, umask: int, jobs: str, **environment: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "GITHUB_", "PY"))}
    command = [sys.executable, "-m", "curriculum", "--root", str(folder), "--today", "2026-11-21", "build"]
    return subprocess.Popen(
        [*command, "--jobs", jobs],
        env={**known, "PYTHONPATH": str(folder / "scripts"), **environment},
        cwd=folder, umask=umask, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_two_clean_clones_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = clone(tmp_path / "a"), clone(tmp_path / OTHER)
    for number, file in enumerate(sorted(other.rglob("*"))):
        os.utime(file, (number * 100_000, number * 100_000))
    runs = [
        start(one, 0o022, "1", TZ="America/Mexico_City", LANG="es_MX.UTF-8", PYTHONHASHSEED="1", HOME=str(one)),
        start(other, 0o077, "2", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="4242", HOME=str(other)),
    ]
    said = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    first, second = (tree(folder / "build/site") for folder in (one, other))
    assert sum(path.endswith(".pdf") for path in first) >= 20
    assert {path for path in first | second if first.get(path) != second.get(path)} == set()
