"""The shipped curriculum with its modules multiplied."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def grow(folder: Path, count: int) -> Path:
    """A copy of the curriculum in `folder` with `count` modules: the shipped ones, then copies under other ids."""
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    originals = [module for module in sorted((ROOT / "modules").iterdir()) if (module / "index.es.md").is_file()]
    for index in range(count):
        original = originals[index % len(originals)]
        turn = index // len(originals)
        module = folder / "modules" / (f"{original.name}-{turn}" if turn else original.name)
        shutil.copytree(original, module)
        meta = module / "module.yml"
        text = re.sub(r"^number: .*$", f"number: {index + 1}", meta.read_text("utf-8"), flags=re.MULTILINE)
        meta.write_text(re.sub(r"^moved_from: .*$", "moved_from: []", text, flags=re.MULTILINE), "utf-8")
        if turn:
            for page in module.glob("index.*.md"):
                text = re.sub(
                    r'^title: "(.*)"$', rf'title: "\1 ({turn})"', page.read_text("utf-8"), count=1, flags=re.M
                )
                page.write_text(text, "utf-8")
    return folder
