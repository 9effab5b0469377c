"""500 consultations on 12 themes: read, ranked and drawn."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import yaml

from curriculum.chart import breadth_and_disagreement, heat_map
from curriculum.library import load
from curriculum.needs import current
from curriculum.words import words
from tests.bench.clock import figure
from tests.bench.grow import grow

CONSULTATIONS, THEMES = 500, 12


def run() -> None:
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as temporary:
        root = grow(Path(temporary), 1)
        themes = [f"tema-{n}" for n in range(THEMES)]
        texts = {"title": {"es": "Tema", "en": "Theme"}, "summary": {"es": "…", "en": "…"}}
        (root / "data/themes.yml").write_text(yaml.safe_dump([{"id": name, **texts} for name in themes]))
        sectors = ["no-asalariado", "via-publica", "metro", "reciclaje", "hogar"]
        organisations = [
            {"id": f"o-{n}", "kind": "union", "sectors": [sectors[n % 5]], "members": 50} for n in range(100)
        ]
        (root / "data/organisations.yml").write_text(yaml.safe_dump(organisations))
        folder = root / "data/needs"
        for old in folder.glob("*"):
            old.unlink()
        folder.mkdir(exist_ok=True)
        for number in range(CONSULTATIONS):
            day = date(2026, 1, 1) + timedelta(days=number // 100)
            name = f"o-{number % 100}"
            text = {
                "round": "r", "organisation": name, "date": day, "place": "street", "method": ["dot-vote"],
                "participants": {"total": 60}, "consent": {"notice": "audio"}, "dots_per_person": 3,
                "dots": [{"theme": theme, "dots": chance.randrange(12)} for theme in themes], "illustrative": "true",
            }  # fmt: skip
            (folder / f"{day}-{name}.yml").write_text(yaml.safe_dump(text).replace("'true'", "true"))
        start = time.perf_counter()
        library = load(root, date(2026, 11, 21))
        one = current(library)
        assert one is not None
        assert len(one.consultations) == CONSULTATIONS, library.problems[:3]
        for lang in library.languages:
            heat_map(library, one, words(lang))
            breadth_and_disagreement(library, one, words(lang))
        taken = time.perf_counter() - start
        figure(f"{CONSULTATIONS} consultations × {THEMES} themes: read, ranked, drawn", taken, goal="goal 3")
