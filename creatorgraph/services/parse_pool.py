"""Processes that parse: records go out in chunks and come back in their order, so that all cores work."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from creatorgraph.domain.error import UnavailableError
from creatorgraph.services.profile_chunk import Chunk, ParsedChunk, parse_chunk

SMALL_BYTES = 8 << 20
"""Input that one process parses in less time than others take to start (about a second each)."""
_WAITING_EACH = 2
"""Chunks that lie ready for a process, so that it never waits and memory stays bounded."""


def workers_for(paths: Sequence[Path], threads: int | None) -> int:
    """How many processes shall parse these files; 1 means that no other is started."""
    if sum(path.stat().st_size for path in paths) < SMALL_BYTES:
        return 1
    return threads or len(os.sched_getaffinity(0))


class ParsePool(AbstractContextManager["ParsePool"]):
    """`workers` processes that parse with `key`, or this one where `workers` is 1. The key stays in memory."""

    def __init__(self, *, key: bytes, workers: int) -> None:
        self._key = key
        self._workers = workers
        self._executor = _executor(workers) if workers > 1 else None

    def map(self, chunks: Iterable[Chunk]) -> Iterator[ParsedChunk]:
        """Each chunk parsed, in order. Raises UnavailableError where a process was killed."""
        if self._executor is None:
            yield from (parse_chunk(chunk, self._key) for chunk in chunks)
            return
        pending: deque[Future[ParsedChunk]] = deque()
        try:
            for chunk in chunks:
                pending.append(self._executor.submit(parse_chunk, chunk, self._key))
                if len(pending) > _WAITING_EACH * self._workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool:
            raise UnavailableError(
                "a process that parses was ended from outside, most often for want of memory",
                where="resolve",
                mend="Set CREATORGRAPH_THREADS=1, or free memory, and run the command again.",
            ) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self


def _executor(workers: int) -> ProcessPoolExecutor:
    # not fork: this process has threads, whose locks a copy would inherit held
    forkserver = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forkserver else "spawn")
    if forkserver:
        context.set_forkserver_preload(["creatorgraph.services.profile_chunk"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    # Ctrl-C reaches the whole group; the parent decides what becomes of the work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # parsed records hold no cycles, and looking for some in every batch of them costs a tenth of the time
    gc.set_threshold(1_000_000)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent tells nobody, and its workers would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
