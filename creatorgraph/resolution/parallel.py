"""Slices of a long row of work on several threads: numpy and Arrow leave Python's lock alone while they compute."""

import os
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_MOST_THREADS = 8
"""What holds Python's lock between the big steps would keep more of them waiting."""


def in_order(work: Callable[[slice], T], size: int, step: int, threads: int | None = None) -> Generator[T, None, None]:
    """`work` on each `step` of `size` rows (on no rows once where there are none), the results in the order of the rows.

    `threads` of None takes what the machine has. No more results wait than there are threads. Whoever stops listening,
    by Ctrl-C too, waits for the slices in work; no other is begun.
    """
    slices = [slice(begin, min(begin + step, size)) for begin in range(0, max(size, 1), step)]
    workers = min(threads or os.cpu_count() or 1, _MOST_THREADS, len(slices))
    if workers == 1:
        yield from map(work, slices)
        return
    pool = ThreadPoolExecutor(workers)
    begun: deque[Future[T]] = deque()
    try:
        for rows in slices:
            begun.append(pool.submit(work, rows))
            if len(begun) > workers:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
