"""How long work tells how far it is, without knowing who listens (a terminal, an API event, nobody)."""

from typing import Protocol


class Progress(Protocol):
    def stage(self, name: str, total: int | None = None) -> None:
        """A named stage begins; `total` is its number of steps where known."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done."""


class Silent:
    """Nobody listens."""

    def stage(self, name: str, total: int | None = None) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass
