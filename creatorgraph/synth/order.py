"""Streams mixed within a bounded buffer, so that what was made together does not stand together."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import TypeVar

HELD = 20_000
"""Items held back; bounds the memory of a stream of any length."""

_Item = TypeVar("_Item")


def mixed(items: Iterable[_Item], rng: Random) -> Iterator[_Item]:
    """The same items in an order that `rng` decides."""
    held: list[_Item] = []
    for item in items:
        if len(held) < HELD:
            held.append(item)
            continue
        place = int(rng.random() * HELD)
        out, held[place] = held[place], item
        yield out
    rng.shuffle(held)
    yield from held
