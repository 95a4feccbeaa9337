"""Stewards: by token, by session, by id."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from creatorgraph.domain.steward import Role, Steward, StewardId
from creatorgraph.store.read.keyset import AnyRow, CreatorUuid, any_of
from creatorgraph.store.table import bulk_preview, steward, steward_session

_LIVING = steward.c.disabled_at.is_(None)
_SHOWN = (steward.c.steward_id, steward.c.name, steward.c.role, steward.c.created_at, steward.c.disabled_at)
"""Without what proves who they are: the role that the API reads with may not see that."""


def steward_by_token(connection: sa.Connection, token: bytes) -> Steward | None:
    """The steward whose token has this hash, unless disabled."""
    row = connection.execute(sa.select(*_SHOWN).where(steward.c.token_hash == token, _LIVING)).one_or_none()
    return None if row is None else _steward(row)


def steward_by_session(connection: sa.Connection, token: bytes) -> Steward | None:
    """The steward of the session whose token has this hash, unless it has ended or they are disabled."""
    row = connection.execute(
        sa.select(*_SHOWN)
        .join(steward_session, steward_session.c.steward_id == steward.c.steward_id)
        .where(steward_session.c.token_hash == token, steward_session.c.expires_at > sa.func.now(), _LIVING)
    ).one_or_none()
    return None if row is None else _steward(row)


def steward_by_subject(connection: sa.Connection, subject: str) -> Steward | None:
    """The steward who comes with tokens of this subject, disabled or not."""
    row = connection.execute(sa.select(*_SHOWN).where(steward.c.subject == subject)).one_or_none()
    return None if row is None else _steward(row)


def standing_proofs(connection: sa.Connection, hashes: Collection[bytes]) -> set[bytes]:
    """Those of these hashes that are of a steward's token or of a session that runs, of stewards who are not disabled."""
    wanted = any_of(list(hashes), sa.LargeBinary())
    tokens = sa.select(steward.c.token_hash).where(steward.c.token_hash == wanted, _LIVING)
    sessions = (
        sa.select(steward_session.c.token_hash)
        .join(steward, steward.c.steward_id == steward_session.c.steward_id)
        .where(steward_session.c.token_hash == wanted, steward_session.c.expires_at > sa.func.now(), _LIVING)
    )
    return {bytes(each) for each in connection.scalars(sa.union_all(tokens, sessions))}


def stewards_by_ids(connection: sa.Connection, ids: Sequence[StewardId]) -> list[Steward | None]:
    """One entry per id, in the order of `ids`; disabled ones too: what they did keeps their name."""
    rows = connection.execute(sa.select(*_SHOWN).where(steward.c.steward_id == any_of(ids, CreatorUuid)))
    found = {row.steward_id: _steward(row) for row in rows}
    return [found.get(each) for each in ids]


def all_stewards(connection: sa.Connection) -> list[Steward]:
    return [_steward(row) for row in connection.execute(sa.select(*_SHOWN).order_by(steward.c.name))]


def preview_items(connection: sa.Connection, token: bytes, steward_id: StewardId) -> list[tuple[str, str, int]]:
    """(left id, right id, version) of the items that this steward has previewed under the token; none where there is none."""
    rows = connection.execute(sa.select(bulk_preview.c["items"]).where(*standing_preview(token, steward_id)))
    return [(left, right, version) for (items,) in rows for left, right, version in items]


def standing_preview(token: bytes, steward_id: StewardId) -> tuple[sa.ColumnElement[bool], ...]:
    """What is true of the preview of this token that its steward may still accept."""
    c = bulk_preview.c
    return c.token_hash == token, c.steward_id == steward_id, c.expires_at > sa.func.now()


def _steward(row: AnyRow) -> Steward:
    return Steward(
        steward_id=StewardId(row.steward_id),
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )
