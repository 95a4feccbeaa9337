"""A function that stops before it does anything, so that others can come between."""

from collections.abc import Callable
from threading import Event
from typing import Any

_SECONDS = 60


class Pause:
    """Stands in for `function`: says that it was reached, and goes on once it may."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._reached, self._may_go_on = Event(), Event()

    def __call__(self, *args: Any) -> Any:
        self._reached.set()
        assert self._may_go_on.wait(_SECONDS)
        return self._function(*args)

    def wait_until_reached(self) -> None:
        assert self._reached.wait(_SECONDS)

    def go_on(self) -> None:
        self._may_go_on.set()
