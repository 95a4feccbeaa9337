"""Creators, memberships and the identity history, written as one change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.creator import CreatorId, CreatorKind, GoldenField, GoldenRecord
from creatorgraph.domain.identity_event import IdentityEvent
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import CreatorUuid, Id, any_bound, any_of
from creatorgraph.store.table import creator, identity_event, membership
from creatorgraph.store.write.copy import insert_rows
from creatorgraph.store.write.stage import stage

GOLDEN_FIELDS = ("name", "bio", "category", "language", "location", "website")
_MERGED = (
    "display_name", "kind", "golden", "category", "language", "location", "primary_profile_id", "platforms", "members",
    "total_followers", "average_engagement_rate", "verified",
)  # fmt: skip
_COLUMNS = ("creator_id", *_MERGED)
_PLACES = ("profile_id", "creator_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedView:
    """What a creator looks like now: the golden record, the kind, and how many profiles it has."""

    creator_id: CreatorId
    golden: GoldenRecord
    kind: CreatorKind
    members: int


def write_creators(connection: sa.Connection, views: Iterable[MergedView]) -> frozenset[CreatorId]:
    """Inserts new creators and updates those whose view differs (their version goes up by one).

    Returns the ids that were written.
    """
    staged = stage(connection, creator, _COLUMNS, (_row(view) for view in views))
    written = connection.scalars(_upsert_creators(staged.rows), staged.values)
    return frozenset(CreatorId(str(creator_id)) for creator_id in written)


def write_membership(
    connection: sa.Connection,
    members: Mapping[ProfileId, CreatorId],
    *,
    among: Collection[ProfileId] | None = None,
) -> frozenset[ProfileId]:
    """Makes the memberships equal to `members`; the creators must exist. Returns the profiles that moved.

    `among` are the profiles that this is about (None: all); the others stay where they are.
    """
    staged = stage(connection, membership, _PLACES, members.items())
    within = {} if among is None else {"ids": list(among)}
    gone = connection.scalars(_leave(staged.rows, among is None), {**staged.values, **within}).all()
    moved = connection.scalars(_move(staged.rows), staged.values).all()
    return frozenset(ProfileId(profile_id) for profile_id in (*gone, *moved))


def retire_creators(connection: sa.Connection, retired: Mapping[CreatorId, CreatorId | None]) -> None:
    """Marks creators without members; each answers with its successor from now on, or with none."""
    if not retired:
        return
    columns = ("creator_id", "successor_id")
    staged = stage(connection, creator, columns, retired.items())
    rows = staged.rows.c
    connection.execute(
        creator.update()
        .where(creator.c.creator_id == rows.creator_id)
        .values(retired_at=sa.func.now(), successor_id=rows.successor_id, members=0, version=creator.c.version + 1),
        staged.values,
    )


def revive_creators(connection: sa.Connection, ids: Collection[CreatorId]) -> None:
    """Takes back a retirement that the history does not know."""
    if ids:
        connection.execute(
            creator.update()
            .where(creator.c.creator_id == any_of(list(ids), CreatorUuid))
            .values(retired_at=None, successor_id=None, version=creator.c.version + 1, updated_at=sa.func.now())
        )


def bump_versions(connection: sa.Connection, ids: Collection[CreatorId]) -> None:
    """A creator whose members changed without its looks changing has another version all the same."""
    if ids:
        connection.execute(
            creator.update()
            .where(creator.c.creator_id == any_of(list(ids), CreatorUuid))
            .values(version=creator.c.version + 1, updated_at=sa.func.now())
        )


def append_events(connection: sa.Connection, events: Iterable[IdentityEvent]) -> None:
    insert_rows(
        connection,
        identity_event,
        ("kind", "creator_id", "other_id", "profiles", "cause", "at"),
        ((e.kind.value, e.creator_id, e.other, list(e.profiles), e.cause, e.at) for e in events),
    )


@cache
def _upsert_creators(staged: sa.FromClause) -> Any:
    statement = insert(creator).from_select(list(_COLUMNS), sa.select(staged))
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["creator_id"],
        set_={
            **{name: new[name] for name in _MERGED},
            "version": creator.c.version + 1,
            "updated_at": sa.func.now(),
        },
        where=sa.or_(*(creator.c[name].is_distinct_from(new[name]) for name in _MERGED)),
    ).returning(creator.c.creator_id)


@cache
def _leave(staged: sa.FromClause, about_all: bool) -> Any:
    """Whoever has a creator and is not staged has none."""
    within = () if about_all else (membership.c.profile_id == any_bound(Id),)
    others = ~sa.exists(sa.select(1).select_from(staged).where(staged.c.profile_id == membership.c.profile_id))
    return membership.delete().where(*within, others).returning(membership.c.profile_id)


@cache
def _move(staged: sa.FromClause) -> Any:
    statement = insert(membership).from_select(list(_PLACES), sa.select(staged))
    new = statement.excluded.creator_id
    return statement.on_conflict_do_update(
        index_elements=["profile_id"],
        set_={"creator_id": new, "since": sa.func.now()},
        where=membership.c.creator_id != new,
    ).returning(membership.c.profile_id)


def _row(view: MergedView) -> tuple[object, ...]:
    golden = view.golden
    fields: dict[str, GoldenField | None] = {name: getattr(golden, name) for name in GOLDEN_FIELDS}
    return (
        view.creator_id,
        golden.name.value,
        view.kind.value,
        orjson.dumps(fields).decode(),
        *(field.value if field else None for field in (golden.category, golden.language, golden.location)),
        golden.primary_profile,
        [platform.value for platform in golden.platforms],
        view.members,
        golden.total_followers,
        golden.average_engagement_rate,
        golden.verified_anywhere,
    )
