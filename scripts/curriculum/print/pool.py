"""Workers that lay out orders side by side. Threads corrupt Pango's memory; processes give the same bytes as one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from curriculum.print import fonts
from curriculum.print.sheet import Fault, Layout, Order
from curriculum.worker import end_with_parent

Begin = Callable[[Order], None]


@contextmanager
def workers(scratch: Path, orders: int, jobs: int | None = None) -> Iterator[Executor | None]:
    """As many workers as so many orders need, or None where one process does it all; they load while orders are made.

    `jobs` is how many there may be, by default at most 2, since each takes some 290 MB.
    """
    jobs = min(jobs or min(2, os.cpu_count() or 1), orders)
    if jobs <= 1:
        yield None
        return
    # Where this cannot be written, it is said here, once, and not by a worker that dies of it.
    fonts.isolate(scratch)
    # A fresh interpreter a worker: a fork would inherit the threads of whoever called.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_join, initargs=(scratch,)) as pool:
        try:
            pool.submit(int)  # all workers start with the first thing to do
            yield pool
        except BaseException:
            _abandon(pool)
            raise


def lay_out_all(
    orders: Sequence[Order], scratch: Path, pool: Executor | None = None, begin: Begin | None = None
) -> Iterator[tuple[int, Layout]]:
    """Each order's index and result as soon as it is done, the longest begun first; `begin` is told when one is.

    `pool` are the `workers`; without them the work is done here.
    """
    queue = sorted(range(len(orders)), key=lambda index: len(orders[index].html), reverse=True)
    if not orders:
        return
    if pool is None:
        gc.freeze()
        _start(scratch)
        try:
            for index in queue:
                _tell(begin, orders[index])
                yield index, _work(orders[index])
        finally:
            gc.unfreeze()
            gc.enable()
        return
    waiting = {pool.submit(_work, orders[index]): index for index in queue}
    coming = iter(queue)
    for index in islice(coming, len(multiprocessing.active_children())):
        _tell(begin, orders[index])
    for future in as_completed(waiting):
        # The worker that is done takes the next in the queue.
        for index in islice(coming, 1):
            _tell(begin, orders[index])
        yield waiting[future], _result(future)


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
    from curriculum.print.paper import lay_out

    gc.disable()
    try:
        return lay_out(order)
    except Exception as error:  # WeasyPrint raises whatever it meets; one module must not stop the others
        return Layout(b"", 0, (Fault("paper-warning", (("text", f"{type(error).__name__}: {error}"),)),))
    finally:
        # A long document leaves 100 MB behind. What is left then is for good, and need not be looked at again.
        gc.collect()
        gc.freeze()


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
