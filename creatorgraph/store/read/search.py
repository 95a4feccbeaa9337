"""What the words of a query say: how many have them, which of them name places, and who passes a filter and is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter, conditions
from creatorgraph.store.table import creator, membership, search_document

_SAMPLE = 100
"""Documents with a word that are looked at for whether it is a place."""
_COUNTS = sa.text(Path(__file__).with_name("term_count.sql").read_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A part of a query as a tsquery, what finding it is worth, and how many documents have it (0: not known)."""

    query: str
    worth: float
    documents: int = 0
    place: bool = False
    """Whether it names a place: most who have it have it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCount:
    """How many documents a tsquery matches, and the share of some of them that have it in their places."""

    documents: int
    located: float


def profiles_within(
    connection: sa.Connection, filter_by: CreatorFilter, *, places: Sequence[Term] = (), limit: int
) -> list[ProfileId]:
    """The profiles of creators that pass the filter and name one of the `places` (none: of all); at most `limit`, in no order.

    Without a filter nobody asks whether they are living: `facts_by_profiles` leaves out whoever is not.
    """
    statement = sa.select(membership.c.profile_id).limit(limit)
    if filter_by != NO_FILTER:
        statement = statement.join(creator, creator.c.creator_id == membership.c.creator_id).where(
            creator.c.retired_at.is_(None), *conditions(filter_by)
        )
    if places:
        named = sa.cast(" | ".join(f"({where_it_is(each)})" for each in places), TSQUERY)
        statement = statement.join(search_document, search_document.c.creator_id == membership.c.creator_id).where(
            search_document.c.words.bool_op("@@")(named)
        )
    return [ProfileId(each) for each in connection.scalars(statement)]


def term_counts(
    connection: sa.Connection, queries: Sequence[str], *, common: float
) -> tuple[dict[str, TermCount], int]:
    """How many documents each of these tsqueries matches and whether it names a place, and how many documents there are (0 where
    nothing is counted).

    Counted exactly, but for single words that more than the share `common` of the documents has: those are known from the
    planner's statistics, and left out, because to read where they stand is what would cost.
    """
    bound = {"queries": list(queries), "common": common, "sample": _SAMPLE}
    rows = connection.execute(_COUNTS, bound).all()
    if not rows:
        return {}, 0
    total = rows[0].total
    if total <= 0:
        # never analysed: a table that is new, and small
        total = connection.scalar(sa.select(sa.func.count()).select_from(search_document)) or 0
    return {
        row.query: TermCount(documents=row.documents, located=row.located / row.seen if row.seen else 0.0)
        for row in rows
    }, int(total)


def matches_every(terms: Sequence[Term]) -> list[sa.ColumnElement[bool]]:
    """One condition on the search documents for each of the terms."""
    return [search_document.c.words.bool_op("@@")(sa.cast(term.query, TSQUERY)) for term in terms]


def where_it_is(place: Term) -> str:
    """The place in bios and places: in a name it is somebody's name."""
    return f"{place.query}:CD"
