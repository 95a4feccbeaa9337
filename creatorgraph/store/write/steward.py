"""Stewards, their sessions, and what they have previewed. Tokens come in as hashes alone."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.review import ReviewState
from creatorgraph.domain.steward import Role, StewardId
from creatorgraph.store.read.steward import standing_preview
from creatorgraph.store.table import bulk_preview, review_item, steward, steward_session
from creatorgraph.store.write.review import moved


def insert_steward(connection: sa.Connection, *, steward_id: StewardId, name: str, role: Role, token: bytes) -> bool:
    """Whether the name was free; a name is never given twice, disabled or not."""
    statement = insert(steward).values(steward_id=steward_id, name=name, role=role.value, token_hash=token)
    written = connection.execute(statement.on_conflict_do_nothing(index_elements=["name"]).returning(steward.c.name))
    return written.one_or_none() is not None


def insert_person(connection: sa.Connection, *, steward_id: StewardId, name: str, role: Role, subject: str) -> bool:
    """A steward who comes with tokens of the identity provider; whether name and subject were free."""
    statement = insert(steward).values(steward_id=steward_id, name=name, role=role.value, subject=subject)
    written = connection.execute(statement.on_conflict_do_nothing().returning(steward.c.name))
    return written.one_or_none() is not None


def change_role(connection: sa.Connection, steward_id: StewardId, role: Role) -> None:
    connection.execute(steward.update().where(steward.c.steward_id == steward_id).values(role=role.value))


def disable_steward(connection: sa.Connection, name: str) -> bool:
    """Ends the steward's token and sessions and gives back what they hold; whether there is one of the name."""
    found = connection.scalar(
        steward.update()
        .where(steward.c.name == name)
        .values(disabled_at=sa.func.coalesce(steward.c.disabled_at, sa.func.now()))
        .returning(steward.c.steward_id)
    )
    if found is None:
        return False
    connection.execute(steward_session.delete().where(steward_session.c.steward_id == found))
    held = review_item.c.claimed_by == found
    # in the order in which everybody locks items
    ends = (review_item.c.left_id, review_item.c.right_id)
    connection.execute(sa.select(*ends).where(held).order_by(*ends).with_for_update())
    connection.execute(
        review_item.update()
        .where(held)
        .values(
            state=ReviewState.OPEN.value,
            claimed_by=None,
            claim_expires_at=None,
            claim_blind=False,
            **moved(None),
        )
    )
    return True


def insert_session(connection: sa.Connection, *, token: bytes, steward_id: StewardId, expires_at: datetime) -> None:
    connection.execute(steward_session.delete().where(steward_session.c.expires_at <= sa.func.now()))
    connection.execute(steward_session.insert().values(token_hash=token, steward_id=steward_id, expires_at=expires_at))


def delete_session(connection: sa.Connection, token: bytes) -> None:
    connection.execute(steward_session.delete().where(steward_session.c.token_hash == token))


def insert_preview(
    connection: sa.Connection,
    *,
    token: bytes,
    steward_id: StewardId,
    items: Sequence[tuple[str, str, int]],
    expires_at: datetime,
) -> None:
    connection.execute(bulk_preview.delete().where(bulk_preview.c.expires_at <= sa.func.now()))
    connection.execute(
        bulk_preview.insert().values(
            token_hash=token, steward_id=steward_id, items=[list(each) for each in items], expires_at=expires_at
        )
    )


def take_preview(connection: sa.Connection, token: bytes, steward_id: StewardId) -> bool:
    """Whether this steward has a preview of that token, which is gone afterwards."""
    done = connection.execute(bulk_preview.delete().where(*standing_preview(token, steward_id)))
    return done.rowcount > 0
