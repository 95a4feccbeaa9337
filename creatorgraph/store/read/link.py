"""Links with their evidence: of profiles, between the members of a creator, and of given pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.link import Evidence, Link, LinkDecider
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import (
    AnyRow,
    AnySelect,
    CreatorUuid,
    Id,
    Page,
    Part,
    any_bound,
    any_of,
    part_statement,
    read_parts,
    wanted,
)
from creatorgraph.store.table import faint_link, link, membership

Pair = tuple[ProfileId, ProfileId]
"""Two profile ids, the smaller one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSeen:
    """A link and when the store first saw the pair and last changed it."""

    link: Link
    first_seen_at: datetime
    updated_at: datetime


_KEY = ("probability", "left_id", "right_id")
_ORDER = (link.c.probability.desc(), link.c.left_id, link.c.right_id)


def pair_of(one: ProfileId, other: ProfileId) -> Pair:
    return (one, other) if one < other else (other, one)


@cache
def _page_at_profiles() -> AnySelect:
    asked = wanted(Id, sa.Float(), Id, Id)
    child = (
        sa.select(link)
        .where(
            sa.or_(link.c.left_id == asked.c.parent, link.c.right_id == asked.c.parent),
            link.c.probability >= sa.bindparam("least", type_=sa.Float),
            _after(asked),
        )
        .order_by(*_ORDER)
    )
    return part_statement(asked, child)


@cache
def _page_in_creators() -> AnySelect:
    asked = wanted(CreatorUuid, sa.Float(), Id, Id)
    child = (
        _inside(sa.select(link), membership.alias("one"), membership.alias("other"), asked.c.parent)
        .where(_after(asked))
        .order_by(*_ORDER)
    )
    return part_statement(asked, child)


def links_of_profiles(
    connection: sa.Connection, parts: Sequence[Part], *, min_probability: float = 0.0
) -> list[Page[LinkSeen]]:
    """A page of the links at each profile, most probable first. The key is (probability, left_id, right_id)."""
    return read_parts(connection, parts, _page_at_profiles(), _KEY, _seen, least=min_probability)


def links_of_creators(connection: sa.Connection, parts: Sequence[Part]) -> list[Page[LinkSeen]]:
    """A page of the links between the members of each creator, most probable first; key as in `links_of_profiles`."""
    return read_parts(connection, parts, _page_in_creators(), _KEY, _seen)


def all_links_of_creators(connection: sa.Connection, ids: Sequence[CreatorId]) -> list[tuple[LinkSeen, ...]]:
    """Every link between the members of each creator, without evidence: enough to see how it hangs together."""
    one, other = membership.alias("one"), membership.alias("other")
    columns = [column for column in link.c if column.name != "evidence"]
    statement = _inside(
        sa.select(one.c.creator_id, *columns, sa.literal([], sa.JSON).label("evidence")),
        one,
        other,
        any_of(ids, CreatorUuid),
    ).order_by(link.c.left_id, link.c.right_id)
    found: dict[str, list[LinkSeen]] = {each: [] for each in ids}
    for row in connection.execute(statement):
        found[row.creator_id].append(_seen(row))
    return [tuple(found[each]) for each in ids]


def links_by_pairs(connection: sa.Connection, pairs: Sequence[Pair]) -> list[LinkSeen | None]:
    """The stored link of each pair; None where there is none."""
    asked = (
        sa.func.unnest(
            sa.cast([left for left, _ in pairs], sa.ARRAY(Id)), sa.cast([right for _, right in pairs], sa.ARRAY(Id))
        )
        .table_valued(sa.column("left_id", Id), sa.column("right_id", Id))
        .render_derived(name="asked")
    )
    statement = sa.select(link).join(
        asked, sa.and_(link.c.left_id == asked.c.left_id, link.c.right_id == asked.c.right_id)
    )
    found = {(row.left_id, row.right_id): _seen(row) for row in connection.execute(statement)}
    return [found.get(pair) for pair in pairs]


def _inside(select: AnySelect, one: sa.FromClause, other: sa.FromClause, creator: sa.ColumnElement[Any]) -> AnySelect:
    """Links whose two ends are members of the same creator."""
    return (
        select.select_from(one)
        .join(link, link.c.left_id == one.c.profile_id)
        .join(other, sa.and_(other.c.profile_id == link.c.right_id, other.c.creator_id == one.c.creator_id))
        .where(one.c.creator_id == creator)
    )


def _after(asked: sa.TableValuedAlias) -> sa.ColumnElement[bool]:
    ids = sa.tuple_(link.c.left_id, link.c.right_id) > sa.tuple_(asked.c.after_1, asked.c.after_2)
    return sa.or_(
        asked.c.after_0.is_(None),
        link.c.probability < asked.c.after_0,
        sa.and_(link.c.probability == asked.c.after_0, ids),
    )


def _seen(row: AnyRow) -> LinkSeen:
    return LinkSeen(
        link=Link(
            left=ProfileId(row.left_id),
            right=ProfileId(row.right_id),
            probability=row.probability,
            match_weight=row.match_weight,
            evidence=tuple(Evidence(**each) for each in row.evidence),
            decided_by=LinkDecider(row.decided_by),
            accepted=row.accepted,
            model_version=row.model_version,
        ),
        first_seen_at=row.first_seen_at,
        updated_at=row.updated_at,
    )


_WEIGHTS = sa.union_all(
    *(
        sa.select(t.c.left_id, t.c.right_id, t.c.match_weight, sa.literal(t is link).label("whole")).where(
            t.c[end] == any_bound(Id)
        )
        for t in (link, faint_link)
        for end in ("left_id", "right_id")
    )
)


def weights_about(connection: sa.Connection, profiles: Sequence[str]) -> dict[Pair, tuple[float, bool]]:
    """The match weight of every scored pair with an end among `profiles`, and whether it is a link (else it is a faint one)."""
    rows = connection.execute(_WEIGHTS, {"ids": list(profiles)})
    return {(row.left_id, row.right_id): (row.match_weight, row.whole) for row in rows}
