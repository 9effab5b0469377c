"""`curriculum compare`: what changes for readers since another state of the repository."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from curriculum.cli.room import Refusal, Room
from curriculum.compare import as_list, compare
from curriculum.library import load
from curriculum.words import Words, languages, words


def command(w: Words) -> click.Command:
    @click.command(name="compare", help=w("cli.compare.help"))
    @click.argument("since", metavar=w("cli.compare.since"))
    @click.option("--summary", is_flag=True, help=w("cli.compare.summary"))
    @click.pass_obj
    def run(room: Room, since: str, summary: bool) -> None:
        from curriculum.print.press import fingerprints

        with TemporaryDirectory() as folder:
            base = Path(folder).resolve()
            _unpack(room, since, base)
            after = room.library()
            before = load(base, after.today)
            found = compare(before, after, fingerprints(before), fingerprints(after))
        told = os.environ.get("GITHUB_STEP_SUMMARY") if summary else None
        if told:
            every = [words(lang) for lang in reversed(languages())]
            text = "\n\n".join("\n".join([f"## {w('compare.title')}\n", *as_list(found, after, w)]) for w in every)
            with Path(told).open("a", encoding="utf-8") as file:
                file.write(text + "\n\n")
        else:
            print("\n".join(as_list(found, after, room.w)))

    return run


def _unpack(room: Room, since: str, folder: Path) -> None:
    """The files of the repository at a commit, branch or tag. Refusal where there is none such."""
    try:
        # After the two dashes nothing is an option, whatever somebody calls a branch.
        top = _git(room.root, "rev-parse", "--show-toplevel").decode().strip()
        commit = _git(room.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
        below = room.root.relative_to(Path(top).resolve()).as_posix()
        tree = f"{commit.decode().strip()}:{'' if below == '.' else below}"
        with tarfile.open(fileobj=io.BytesIO(_git(room.root, "archive", "--format=tar", tree))) as tar:
            # The filter that keeps links inside the folder is newer than the Python of Debian 12, so no link goes in.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(folder, [one for one in tar if one.isreg() or one.isdir()])
    except (OSError, subprocess.CalledProcessError, ValueError, tarfile.TarError):
        raise Refusal(room.w("cli.compare.no-commit", name=since)) from None
    if not (folder / "data").is_dir() or not (folder / "modules").is_dir():
        raise Refusal(room.w("cli.no-curriculum", folder=since))


def _git(folder: Path, *arguments: str) -> bytes:
    # In CI the folder may belong to another user than the one who runs this.
    safe = ("-c", f"safe.directory={folder}", "-c", "safe.directory=*")
    return subprocess.run(["git", *safe, *arguments], cwd=folder, capture_output=True, check=True).stdout
