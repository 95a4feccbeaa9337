"""Fields with a resolver, in a form that keeps the resolver's type (Strawberry's own decorator gives Any)."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import strawberry

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


def resolved(description: str, *, deprecated: str | None = None) -> Callable[[Resolver], Resolver]:
    """Makes a method the resolver of a field. It stays callable as a method. `deprecated` says what to use instead."""
    field = strawberry.field(description=description, deprecation_reason=deprecated)
    return cast(Callable[[Resolver], Resolver], field)


def followed(description: str) -> Callable[[Resolver], Resolver]:
    """Makes an asynchronous generator a field of the subscription."""
    return cast(Callable[[Resolver], Resolver], strawberry.subscription(description=description))
