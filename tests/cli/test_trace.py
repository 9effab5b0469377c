"""The chain from any of its points, and the packet of a session, as a person asks for them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import HERE
from tests.print.test_field import write_brief

QUOTE = "2026-03-14-ejemplo-hogar#1"
SAID = """round: 2026-1
organisation: ejemplo-hogar
date: 2026-03-14
place: premises
method: [dot-vote]
participants: {total: 20}
consent: {notice: audio, quotes: anonymous}
dots_per_person: 3
dots: [{theme: salud, dots: 30}]
evidence:
  - {theme: salud, kind: quote, consent: anonymous, es: "Me duele la espalda.", en: "My back hurts."}
  - {theme: salud, kind: case, es: "Algo que no se publica.", en: "Something that is not published."}
"""


@pytest.fixture
def whole(small: Path) -> Path:
    """The small curriculum with every link of the chain: a consultation, sessions, a change after one, a brief."""
    shutil.copytree(HERE / "site" / "taught", small, dirs_exist_ok=True)
    (small / "data" / "needs").mkdir()
    (small / "data" / "needs" / "2026-03-14-ejemplo-hogar.yml").write_text(SAID, "utf-8")
    write_brief(small)
    return small


POINTS = ["salud", "uno", "2026-08-16-hogar", "uno@0.2.0", "nota", "F01", QUOTE, "2026-03-14-ejemplo-hogar"]


@pytest.mark.parametrize("name", POINTS)
def test_from_any_point_to_the_others(run: Run, whole: Path, name: str) -> None:
    around = json.loads(run("trace", name, "--format", "json").stdout)
    found = {stage: {point["id"] for point in points} for stage, points in around.items()}
    assert any(name in ids for ids in found.values())
    ends = {"change": {"uno@0.2.0"}, "brief": {"nota"}}
    for stage, ids in ends.items():
        if name not in ("uno@0.2.0", "nota"):
            assert found[stage] == ids, (name, stage)
    if name not in ("F01", QUOTE, "2026-03-14-ejemplo-hogar"):
        assert found["theme"] == {"salud"}
        assert found["quote"] == {QUOTE}
        assert found["consultation"] == {"2026-03-14-ejemplo-hogar"}
    if name not in ("uno@0.2.0",):
        assert "2026-08-16-hogar" in found["session"] | found["result"]


def test_trace_in_words(run: Run, whole: Path) -> None:
    said = run("trace", "uno").stdout
    assert "→ uno: M1" in said
    assert "“Me duele la espalda.”" in said
    assert "Algo que no se publica" not in said
    assert "Session of 16 August 2026" in run("--messages", "en", "trace", "uno").stdout
    wrong = run("trace", "unoo")
    assert (wrong.returncode, "¿Quiso decir “uno”?" in wrong.stderr) == (2, True)


def test_packet_from_modules_and_from_a_session(run: Run, small: Path) -> None:
    done = run("session", "packet", "--modules", "uno", "--start", "10:00", "--people", "18", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert (small / "out/packet-es.pdf").read_bytes().startswith(b"%PDF-1.7")
    plan = ("--date", "2026-12-06", "--start", "9:30", "--place", "premises", "--people", "18")
    assert run("session", "new", *plan, "--organisations", "ejemplo-hogar", "--modules", "uno").returncode == 0
    done = run("--messages", "en", "session", "packet", "2026-12-06-ejemplo-hogar", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert (small / "out/packet-2026-12-06-ejemplo-hogar-en.pdf").is_file()
    unknown = run("session", "packet", "--modules", "solo-es", "--lang", "en", "--start", "10:00", "--people", "18")
    assert (unknown.returncode, "No existe “solo-es”" in unknown.stderr) == (2, True)
