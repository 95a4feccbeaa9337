"""The columns that a table must have."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Protocol

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.record import FIELDS

_ALSO_CALLED = {
    "id": "profile_id",
    "user": "username",
    "handle": "username",
    "name": "display_name",
    "network": "platform",
    "site": "platform",
    "description": "bio",
    "follower_count": "followers",
}
_SHOWN = 40


class ColumnCheck(Protocol):
    """Raises InvalidInputError where a table with these columns is of no use; `whole` as in check_columns."""

    def __call__(self, names: Iterable[str], *, where: str, whole: frozenset[str] = frozenset()) -> None: ...


def column_name(text: object) -> str:
    """A column's name as records have it: lower case, words joined by underscores."""
    return "_".join(str(text).replace("\x00", "").strip().lower().replace("-", " ").split())


def check_columns(names: Iterable[str], *, where: str, whole: frozenset[str] = frozenset()) -> None:
    """Raise InvalidInputError unless the columns can hold profiles.

    A profile needs its platform (or an account URL that tells it) and an id (or a username or URL to make one from).
    `whole`: names that make a table usable by themselves.
    """
    found = list(names)
    twice = sorted({name for name in found if name and found.count(name) > 1})
    if twice:
        raise InvalidInputError(
            f"the column {twice[0][:60]!r} is there more than once",
            where=where,
            mend="Give each column a name of its own.",
        )
    have = set(found)
    missing = []
    if not have & {"platform", "url"}:
        missing.append("platform")
    if not have & {"profile_id", "username", "url"}:
        missing.append("profile_id")
    if not missing or have & whole:
        return
    shown = ", ".join(name[:60] for name in found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")
    raise InvalidInputError(
        f"the columns {' and '.join(missing)} are missing; found: {shown}",
        where=where,
        mend=" ".join(
            [
                *_suggestions(missing, found),
                "A profile needs profile_id and platform; docs/guides/partner.md lists all fields.",
            ]
        ),
    )


def _suggestions(missing: list[str], found: list[str]) -> list[str]:
    lines = []
    free = [name for name in found if name not in FIELDS]
    for wanted in missing:
        close = [name for name in free if _ALSO_CALLED.get(name) == wanted] or get_close_matches(
            wanted, free, n=1, cutoff=0.6
        )
        if close:
            lines.append(f"Rename {close[0][:60]!r} to {wanted!r}?")
    return lines
