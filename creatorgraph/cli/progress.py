"""Progress on stderr: a bar for what takes over a second, or now and then a line where stderr is no terminal."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from creatorgraph.cli.console import err
from creatorgraph.domain.progress import Progress

SHOWN_AFTER_SECONDS = 1.0
SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def told_on_stderr() -> Iterator[Progress]:
    """The progress of one command; gone from the terminal when the work is done."""
    console = err()
    if not console.is_terminal:
        yield LineProgress(console)
        return
    with BarProgress(console) as progress:
        yield progress


class BarProgress:
    """One bar at a time; a stage that is over within a second is never seen."""

    def __init__(self, console: Console) -> None:
        self._bars = _LateBars(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            refresh_per_second=5,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> "BarProgress":
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(_capital(name), total=total)

    def advance(self, steps: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, steps)


class LineProgress:
    """At most one line every few seconds, for logs and pipes."""

    def __init__(self, console: Console, *, every: float = SECONDS_BETWEEN_LINES) -> None:
        self._console = console
        self._every = every
        self._told = time.monotonic()
        self._name = ""
        self._total: int | None = None
        self._done = 0

    def stage(self, name: str, total: int | None = None) -> None:
        self._name, self._total, self._done = _capital(name), total, 0
        self._tell()

    def advance(self, steps: int = 1) -> None:
        self._done += steps
        self._tell()

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told < self._every:
            return
        self._told = now
        done = f": {self._done:,}" if self._done else ""
        of = f" of {self._total:,}" if self._done and self._total else ""
        self._console.print(f"{self._name}{done}{of}", soft_wrap=True)


class _LateBars(Bars):
    """Draws only the tasks that have run for a while."""

    def get_renderables(self) -> Iterable[RenderableType]:
        late = [task for task in self.tasks if (task.elapsed or 0.0) >= SHOWN_AFTER_SECONDS]
        if late:
            yield self.make_tasks_table(late)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
