"""Work in a process of its own, as for each language: it shares what is loaded, and its memory is free when it ends."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Protocol, TypeVar

from curriculum.worker import end_with_parent

T = TypeVar("T")

_work: Callable[[str], Any]


class Share(Protocol):
    """A way to have the work for each name, as a language's, done: what `work` answers for each, in their order."""

    def __call__(self, work: Callable[[str], T], names: Sequence[str]) -> list[T]: ...


def in_turn(work: Callable[[str], T], names: Sequence[str]) -> list[T]:
    """Here, one after the other."""
    return [work(name) for name in names]


def apart(work: Callable[[str], T], names: Sequence[str]) -> list[T]:
    """Side by side, in a process each. What `work` raises is raised here; BrokenProcessPool where a process died.

    At most as many at once as there are processors; here, in turn, where no fork hands over what is loaded.
    """
    jobs = min(len(names), os.cpu_count() or 1)
    if not names or "fork" not in multiprocessing.get_all_start_methods():
        return in_turn(work, names)
    context = multiprocessing.get_context("fork")
    # What is loaded stays shared as long as the collector does not touch it.
    gc.freeze()
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_join, initargs=(work,)) as pool:
            try:
                return list(pool.map(_done, names))
            except BaseException:
                for worker in multiprocessing.active_children():
                    worker.terminate()
                raise
    finally:
        gc.unfreeze()


def _join(work: Callable[[str], Any]) -> None:
    """Become a worker. It is stopped by who made it, not by the keyboard."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _work = work


def _done(name: str) -> Any:
    return _work(name)
