"""Workers that lay out orders side by side. Threads corrupt Pango's memory; processes give the same bytes as one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path

from curriculum.print import fonts
from curriculum.print.sheet import Fault, Layout, Order
from curriculum.worker import end_with_parent

Begin = Callable[[Order], None]

SWEEP = 300  # pages whose boxes may lie about, some 400 MB, before the collector takes them away

_unswept = 0


def lay_out_all(
    orders: Sequence[Order], scratch: Path, jobs: int | None = None, begin: Begin | None = None
) -> Iterator[tuple[int, Layout]]:
    """Each order's index and result as soon as it is done, the longest begun first; `begin` is told when one is.

    `jobs` is the number of workers, by default at most 2, since each takes 100 to 200 MB. With 1 the work is done here.
    """
    jobs = min(jobs or min(2, os.cpu_count() or 1), len(orders))
    queue = sorted(range(len(orders)), key=lambda index: len(orders[index].html), reverse=True)
    if not orders:
        return
    if jobs <= 1:
        _start(scratch)
        try:
            for index in queue:
                _tell(begin, orders[index])
                yield index, _work(orders[index])
        finally:
            gc.enable()
        return
    # Where this cannot be written, it is said here, once, and not by a worker that dies of it.
    fonts.isolate(scratch)
    # A fresh interpreter a worker: a fork would inherit the threads of whoever called.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_join, initargs=(scratch,)) as pool:
        waiting = {pool.submit(_work, orders[index]): index for index in queue}
        coming = iter(queue)
        try:
            for index in islice(coming, jobs):
                _tell(begin, orders[index])
            for future in as_completed(waiting):
                # The worker that is done takes the next in the queue.
                for index in islice(coming, 1):
                    _tell(begin, orders[index])
                yield waiting[future], _result(future)
        except BaseException:
            _abandon(pool)
            raise


def _start(scratch: Path) -> None:
    """Make this process fit for the work: hide the machine's fonts before Pango sees them, then load WeasyPrint."""
    fonts.isolate(scratch)
    import curriculum.print.paper  # noqa: F401  # the half second is spent here, not in the first order


def _tell(begin: Begin | None, order: Order) -> None:
    if begin:
        begin(order)


def _join(scratch: Path) -> None:
    """Become a worker of the pool. It is stopped by who made the pool, not by the keyboard.

    What is loaded by now stays for good, so the collector need not look at it again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _start(scratch)
    gc.freeze()


def _work(order: Order) -> Layout:
    """The collector is off meanwhile: walking WeasyPrint's boxes over and over costs a tenth of the time."""
    global _unswept
    from curriculum.print.paper import lay_out

    gc.disable()
    if _unswept >= SWEEP:
        gc.collect()
        _unswept = 0
    try:
        layout = lay_out(order)
        _unswept += layout.pages
        return layout
    except Exception as error:  # WeasyPrint raises whatever it meets; one module must not stop the others
        return Layout(b"", 0, (Fault("paper-warning", (("text", f"{type(error).__name__}: {error}"),)),))


def _result(future: Future[Layout]) -> Layout:
    try:
        return future.result()
    except BrokenProcessPool:
        return Layout(b"", 0, (Fault("paper-warning", (("text", "the worker died"),)),))


def _abandon(pool: Executor) -> None:
    """Stop at once: nothing of what is being laid out is written by a worker, so nothing is left half done."""
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in multiprocessing.active_children():
        worker.terminate()
