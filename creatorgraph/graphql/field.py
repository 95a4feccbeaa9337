"""Fields with a resolver, in a form that keeps the resolver's type (Strawberry's own decorator gives Any)."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import strawberry

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


def resolved(description: str) -> Callable[[Resolver], Resolver]:
    """Makes a method the resolver of a field. It stays callable as a method."""
    return cast(Callable[[Resolver], Resolver], strawberry.field(description=description))
