"""What the forge is told: forms in step with the data, and workflows that run strangers' code without a key."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from curriculum.forge import FOLDER, FORMS, forms
from curriculum.library import load
from curriculum.schema import schemas
from tests.conftest import TODAY

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def workflow(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return {**data, "on": data.get("on") or data[True]}  # YAML 1.1 reads the key `on` as true


def test_forms_are_in_step_with_the_data() -> None:
    made = forms(load(ROOT, TODAY))
    assert {file.name: file.read_text("utf-8") for file in (ROOT / FOLDER).iterdir()} == made


def test_a_form_asks_in_words_and_offers_the_themes_in_their_order(small: Path) -> None:
    made = {name: yaml.safe_load(text) for name, text in forms(load(small, TODAY)).items()}
    assert len(made) == 2 * len(FORMS) + 1
    module = made["4-module.en.yml"]
    (theme,) = (part["attributes"] for part in module["body"] if part.get("id") == "theme")
    assert theme["options"][0] == load(small, TODAY).prioritised[0].title["en"]
    for name, form in made.items():
        if name != "config.yml":
            confirms = form["body"][-1]["attributes"]["options"]
            assert [option["required"] for option in confirms] == [True], name


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_no_workflow_gives_a_key_to_code_that_strangers_send(file: Path) -> None:
    text, told = file.read_text("utf-8"), workflow(file)
    triggers = set(told["on"])
    assert triggers <= {"pull_request", "push", "workflow_dispatch"}, "pull_request_target would run with our keys"
    assert "secrets." not in text
    assert told["permissions"] == {"contents": "read"}
    for used in re.findall(r"uses:\s*(\S+)", text):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", used), f"{used} can be changed by somebody else"
    for job in told["jobs"].values():
        writes = {name for name, level in job.get("permissions", {}).items() if level == "write"}
        assert not writes or ("pull_request" not in triggers and not any("run" in step for step in job["steps"]))
        for step in job["steps"]:
            # What a stranger writes (a branch, a title) reaches a shell only through the environment.
            assert "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_a_proposal_is_checked_compared_tested_and_can_be_looked_at(tmp_path: Path) -> None:
    told = next(workflow(file) for file in WORKFLOWS if file.name == "check.yml")
    assert set(told["on"]) == {"pull_request"}
    (job,) = told["jobs"].values()
    runs = [step.get("run", "") for step in job["steps"]]
    for part in ("scripts/check", "curriculum compare", "scripts/test", "scripts/build"):
        assert any(part in run for run in runs), part
    kept = {step["with"]["name"]: step["with"]["path"] for step in job["steps"] if "upload-artifact" in str(step)}
    assert kept == {"sitio-site": "build/site", "pdf": "changed"}
    # The step that gathers the PDFs of the modules that change, run on a repository in which one of two did.
    for name in ("uno", "dos"):
        for folder in (tmp_path / "modules" / name, tmp_path / "build/site/pdf" / name):
            folder.mkdir(parents=True)
            (folder / "a").write_text(name)

    def git(*words: str) -> str:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        return subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    git("init", "-q")
    git("add", "modules")
    git("commit", "-qm", "a")
    base = git("rev-parse", "HEAD").strip()
    (tmp_path / "modules/dos/a").write_text("otra cosa")
    git("commit", "-qam", "b")
    run = next(run for run in runs if "changed" in run)
    subprocess.run(["bash", "-e", "-c", run], cwd=tmp_path, check=True, env={**os.environ, "BASE": base})
    assert [file.name for file in (tmp_path / "changed").iterdir()] == ["dos"]


def test_the_editor_knows_the_schema_of_every_file() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    assert set(settings["yaml.schemas"]) == {f"schema/{name}" for name in schemas()}
    for where in settings["yaml.schemas"].values():
        assert list(ROOT.glob(where)), where


def test_the_hook_is_the_check_itself() -> None:
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [hook["entry"] for hook in repo["hooks"]] == ["scripts/check"]
    assert (ROOT / "scripts/check").stat().st_mode & 0o111
