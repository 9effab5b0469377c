"""Runs `curriculum` and lets something happen at one moment: `fault.py count|kill|full|between MOMENT ARGUMENT…`.

A moment is a thing done to files: one opened to be written, made, renamed or removed. `count` says at the end how many
there were and which was the last that takes space, `kill` ends the process there and then, `full` has no space from
there on. `between` is for systems that cannot exchange two folders in one step: it kills between the two.
"""

from __future__ import annotations

import atexit
import errno
import os
import signal
import sys
from typing import Any

MADE = ("os.mkdir", "os.link", "os.symlink")
MOVED = ("os.rename", "os.remove", "os.rmdir", "os.truncate")


def main() -> None:
    what, moment = sys.argv[1], int(sys.argv[2])
    sys.argv = ["curriculum", *sys.argv[3:]]
    own = os.getpid()
    seen = last = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen, last
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if not (opened or event in MADE or event in MOVED):
            return
        seen += 1
        last = last if event in MOVED else seen
        if what == "kill" and seen > moment and os.getpid() == own:
            os.kill(own, signal.SIGKILL)
        if what == "between" and event == "os.rename" and str(arguments[1]).endswith("/build/site"):
            os.kill(own, signal.SIGKILL)
        if what == "full" and seen > moment and event not in MOVED:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), arguments[0])

    from curriculum import swap
    from curriculum.cli import main as run

    if what == "between":
        swap._exchanged = lambda one, other: False
    if what == "count":
        atexit.register(lambda: print(f"moments: {seen} {last}", file=sys.stderr))
    sys.addaudithook(watch)
    run()


if __name__ == "__main__":
    main()
