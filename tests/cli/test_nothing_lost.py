"""Whatever happens to a build, the last good site stands, the next run heals, and no cache serves a wrong byte."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from curriculum.kept import keep, recall
from curriculum.mutex import locked
from curriculum.print import cache, images
from curriculum.print.sheet import Layout
from curriculum.site.assets import FACES, _face
from tests.cli.test_build import tree
from tests.conftest import HERE

FAULT = Path(__file__).with_name("fault.py")
OLD, NEW = "Everything about it is invented.", "Everything about it was changed."
PAGE = "modules/only-en/index.en.md"
RENAMES = 40  # at least so many things are done to files in any build
CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24


def environment(**more: str) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "GITHUB_"))}
    return {**known, "SOURCE_DATE_EPOCH": "1795219200", "PYTHONDONTWRITEBYTECODE": "1", **more}


def build(
    root: Path, *more: str, fault: tuple[str, int] | None = None, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    start = [str(FAULT), fault[0], str(fault[1])] if fault else ["-m", "curriculum"]
    command = [sys.executable, *start, "--root", str(root), "--messages", "es", "build", "--jobs", "1", *more]
    return subprocess.run(
        command, env=environment(), capture_output=True, text=True, check=False, cwd=root, preexec_fn=before
    )


def counted(told: str) -> tuple[int, int]:
    """What `count` says: how many moments there were, and the last that takes space."""
    first, last = told.rpartition("moments: ")[2].split()
    return int(first), int(last)


@dataclass(frozen=True)
class Two:
    """A curriculum whose site is of its old text, while its caches know the new one too."""

    root: Path
    old: dict[str, str]
    new: dict[str, str]

    def rewrite(self, text: str = NEW) -> None:
        page = self.root / PAGE
        page.write_text(page.read_text("utf-8").replace(OLD if text == NEW else NEW, text), "utf-8")

    def site(self) -> dict[str, str]:
        return tree(self.root / "build/site")

    def litter(self) -> list[str]:
        return [file.name for file in (self.root / "build").iterdir() if file.name not in ("cache", "docs", "site")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Two:
    root = tmp_path_factory.mktemp("lost") / "root"
    shutil.copytree(HERE / "small", root, ignore=shutil.ignore_patterns("build"))
    photo = Image.linear_gradient("L").resize((600, 400))
    (root / "modules/only-en/images").mkdir()
    photo.save(root / "modules/only-en/images/photo.jpg", "JPEG")
    page = root / PAGE
    page.write_text(page.read_text("utf-8") + f"\n{NEW}\n\n![A grey wall](images/photo.jpg)\n", "utf-8")
    done = build(root)
    assert done.returncode == 0, done.stderr
    new = tree(root / "build/site")
    page.write_text(page.read_text("utf-8").replace(NEW, OLD), "utf-8")
    done = build(root)
    assert done.returncode == 0, done.stderr
    return Two(root, tree(root / "build/site"), new)


@pytest.fixture
def two(made: Two, tmp_path: Path) -> Two:
    """A copy of it, its text already the new one."""
    copy = Two(Path(shutil.copytree(made.root, tmp_path / "root")), made.old, made.new)
    copy.rewrite()
    return copy


def test_killed_at_ten_random_moments(two: Two) -> None:
    told = build(two.root, fault=("count", 0)).stderr
    assert two.site() == two.new
    two.rewrite(OLD)
    assert build(two.root).returncode == 0
    assert two.site() == two.old
    two.rewrite()
    moments, _ = counted(told)
    assert moments > RENAMES
    chance = random.Random(9)
    for moment in sorted(chance.sample(range(moments), 10)):
        # Something is always left to be printed.
        chance.choice(sorted((two.root / "build/cache/print").glob("*.pdf"))).unlink(missing_ok=True)
        done = build(two.root, fault=("kill", moment))
        assert done.returncode == -signal.SIGKILL, (moment, done.stderr)
        assert two.site() in (two.old, two.new), moment
    assert build(two.root).returncode == 0
    assert two.site() == two.new
    assert two.litter() == []


def test_killed_between_two_names_where_folders_cannot_be_exchanged(two: Two) -> None:
    assert build(two.root, "--no-print", fault=("between", 0)).returncode == -signal.SIGKILL
    assert not (two.root / "build/site").exists()
    page = two.root / PAGE
    page.write_text("broken", "utf-8")
    # The next run puts the old site back, also where it then ends with an error of its own.
    done = build(two.root, "--no-print")
    assert done.returncode == 1
    assert two.site() == two.old
    assert two.litter() == []


def test_a_worker_ends_with_its_build(two: Two) -> None:
    for file in (two.root / "build/cache/print").glob("*.pdf"):
        file.unlink()
    command = [sys.executable, "-m", "curriculum", "--root", str(two.root), "build", "--jobs", "2"]
    working = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL, start_new_session=True)

    def workers() -> int:
        """How many processes of its session lay out pages."""
        found = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                session = (process / "stat").read_text().rpartition(")")[2].split()[3]
                found += session == str(working.pid) and b"spawn_main" in (process / "cmdline").read_bytes()
            except OSError:
                continue  # it has ended meanwhile
        return found

    for _ in range(600):
        if workers() >= 2:
            break
        time.sleep(0.05)
    working.kill()
    working.wait()
    for _ in range(600):
        if not workers():
            break
        time.sleep(0.05)
    assert workers() == 0
    assert two.site() == two.old


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_full_disk(share: float, two: Two) -> None:
    _, last = counted(build(two.root, fault=("count", 0)).stderr)
    two.rewrite(OLD)
    assert build(two.root).returncode == 0
    two.rewrite()
    done = build(two.root, fault=("full", int(last * share)))
    assert done.returncode == 1, done.stderr
    assert "no queda espacio en el disco. El sitio anterior queda como estaba." in done.stderr
    assert "Traceback" not in done.stderr
    assert two.site() == two.old
    assert two.litter() == []
    assert build(two.root).returncode == 0
    assert two.site() == two.new


def test_files_that_may_not_grow(two: Two) -> None:
    shutil.rmtree(two.root / "build/cache")
    done = build(two.root, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "El sitio anterior queda como estaba." in done.stderr
    assert two.site() == two.old
    assert build(two.root).returncode == 0
    assert two.site() == two.new


def without_power() -> None:
    """Nobody may write where it is forbidden: not even root, who in a container otherwise may."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def test_a_folder_that_can_only_be_read(two: Two) -> None:
    for folder in (two.root / "build", two.root):
        folder.chmod(0o555)
    done = build(two.root, before=without_power)
    assert done.returncode == 1, done.stderr
    assert "no hay permiso. El sitio anterior queda como estaba." in done.stderr
    command = [sys.executable, "-m", "curriculum", "--root", str(two.root), "--messages", "es"]
    options = ["new", "module", "x", "--title", "x", "--theme", "salud", "--sector", "all", "--minutes", "60"]
    (two.root / "modules").chmod(0o555)
    for arguments, status, said in (
        (["check"], 0, "Todo está en orden."),
        (options, 1, "No se pudo leer o escribir"),
        (["print", "-o", str(two.root / "papel")], 1, "no hay permiso"),
    ):
        tried = subprocess.run(
            [*command, *arguments], env=environment(), capture_output=True, text=True, check=False,
            preexec_fn=without_power, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert (tried.returncode, said in tried.stderr) == (status, True), tried.stderr
        assert "Traceback" not in tried.stderr
    assert two.site() == two.old
    for folder in (two.root, two.root / "build", two.root / "modules"):
        folder.chmod(0o755)
    assert build(two.root).returncode == 0
    assert two.site() == two.new


def test_two_builds_at_once(two: Two, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "curriculum", "--root", str(two.root), "--messages", "es", "build", "--jobs", "1"]
    both = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert two.site() == two.new
    assert two.litter() == []


def test_a_lock_that_is_held_too_long_is_told_in_a_sentence(two: Two, tmp_path: Path) -> None:
    for lock in (two.root / "build/lock", two.root / "build/.site.lock"):
        with locked(lock, 0, lambda holder: None):
            done = build(two.root, "--wait", "0.3")
        assert done.returncode == 1
        assert f"Otro proceso ({os.getpid()}) está publicando" in done.stderr
        assert f"El proceso {os.getpid()} sigue publicando después de 0.3 segundos" in done.stderr
        assert two.site() == two.old
    # A lock that its holder took to the grave holds nobody up.
    (two.root / "build/lock").write_text("1\n", "ascii")
    assert build(two.root, "--no-print", "--wait", "0").returncode == 0
    assert two.litter() == []


def test_a_clock_set_back(two: Two) -> None:
    future = 4_102_444_800  # 2100: what was written before the clock was set right
    for file in two.root.rglob("*"):
        os.utime(file, (future, future))
    os.utime(two.root / PAGE, (0, 0))
    assert build(two.root).returncode == 0
    assert two.site() == two.new


def test_damaged_caches_never_serve_a_wrong_byte(two: Two) -> None:
    files = [file for name in ("cache", "docs") for file in sorted((two.root / f"build/{name}").rglob("*"))]
    files = [file for file in files if file.is_file()]
    assert {file.suffix for file in files} >= {".pdf", ".json", ".jpg", ".about", ".woff2", ".md"}
    for number, file in enumerate(files):
        content = bytearray(file.read_bytes())
        other = files[(number + 2) % len(files)]
        kind = number % 4
        if kind == 0 and content:
            content[len(content) // 2] ^= 4
            state = file.stat()
            file.write_bytes(content)
            # As a failing disk does it: nothing else tells of it.
            os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
        elif kind == 1:
            file.write_bytes(content[: len(content) // 2])
        elif kind == 2:
            file.write_bytes(b"")
        else:
            shutil.copyfile(other, file)
    done = build(two.root)
    assert done.returncode == 0, done.stderr
    assert two.site() == two.new


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=40), damage=st.binary(max_size=140), start=st.integers(0, 120))
def test_what_is_kept_comes_back_as_it_was_or_not_at_all(
    content: bytes, damage: bytes, start: int, tmp_path: Path
) -> None:
    file = tmp_path / "kept"
    keep(file, content)
    whole = file.read_bytes()
    assert recall(file) == content
    for broken in (damage, whole[:start], whole[:start] + damage + whole[start + len(damage) :], whole + damage):
        file.write_bytes(broken)
        assert recall(file) == (content if broken == whole else None)
    (tmp_path / "other").write_bytes(whole)
    assert recall(tmp_path / "other") is None


def test_each_cache_makes_anew_what_was_damaged(tmp_path: Path) -> None:
    cache.store(tmp_path, "a", Layout(b"%PDF-1.7 a", 3, ()))
    cache.store(tmp_path, "b", Layout(b"%PDF-1.7 b", 4, ()))
    assert cache.find(tmp_path, "a")
    shutil.copyfile(tmp_path / "b.pdf", tmp_path / "a.pdf")
    shutil.copyfile(tmp_path / "b.json", tmp_path / "a.json")
    assert cache.find(tmp_path, "a") is None
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 c")
    assert cache.find(tmp_path, "b") is None

    photo = tmp_path / "photo.png"
    Image.linear_gradient("L").save(photo)
    page = f'<img src="{photo.as_uri()}">'
    small = images.files(images.presized(page, tmp_path / "images"))[0]
    content = small.read_bytes()
    small.write_bytes(content[:-1] + b"?")
    assert images.files(images.presized(page, tmp_path / "images"))[0].read_bytes() == content

    name, face = _face(FACES[0][0], frozenset("abc"), tmp_path)
    (tmp_path / Path(name).name).write_bytes(face[:-1])
    assert _face(FACES[0][0], frozenset("abc"), tmp_path) == (name, face)
