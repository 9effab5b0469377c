"""Work for each language in a process of its own. It shares what is loaded, and its memory is free when it ends."""

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
    """A way to have the work for each language done: what `work` answers for each, in their order."""

    def __call__(self, work: Callable[[str], T], languages: Sequence[str]) -> list[T]: ...


def in_turn(work: Callable[[str], T], languages: Sequence[str]) -> list[T]:
    """Here, one after the other."""
    return [work(lang) for lang in languages]


def apart(work: Callable[[str], T], languages: Sequence[str]) -> list[T]:
    """Side by side, in a process each. What `work` raises is raised here; BrokenProcessPool where a process died.

    In turn where there is one processor, or no fork to hand over what is loaded.
    """
    jobs = min(len(languages), os.cpu_count() or 1)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return in_turn(work, languages)
    context = multiprocessing.get_context("fork")
    # What is loaded stays shared as long as the collector does not touch it.
    gc.freeze()
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_join, initargs=(work,)) as pool:
            try:
                return list(pool.map(_done, languages))
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


def _done(lang: str) -> Any:
    return _work(lang)
