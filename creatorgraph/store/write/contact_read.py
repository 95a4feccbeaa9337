"""The log of who has read a contact: entries are added, given pseudonyms by an erasure, and let go when their days are over."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from creatorgraph.store.table import contact_read

COLUMNS = ("read_id", "tenant_id", "subject", "means", "about", "kind", "place", "request_id")
_RENAME = sa.text(
    """
    UPDATE contact_read SET about = renamed.new
    FROM unnest(CAST(:old AS text[]), CAST(:new AS text[])) AS renamed (old, new)
    WHERE contact_read.about = renamed.old
    """
)
_EXPIRE = sa.text("DELETE FROM contact_read WHERE at < now() - make_interval(days => :days)")


def add_reads(connection: sa.Connection, rows: Sequence[Sequence[object]]) -> None:
    """Rows in the order of COLUMNS, in one statement."""
    if rows:
        connection.execute(contact_read.insert(), [dict(zip(COLUMNS, row, strict=True)) for row in rows])


def rename_in_log(connection: sa.Connection, pseudonyms: Mapping[str, str]) -> int:
    """Puts pseudonyms in the place of what entries are about; how many entries."""
    if not pseudonyms:
        return 0
    connection.execute(sa.text("SET LOCAL creatorgraph.erasing = 'on'"))
    count = connection.execute(_RENAME, {"old": list(pseudonyms), "new": list(pseudonyms.values())}).rowcount
    connection.execute(sa.text("SET LOCAL creatorgraph.erasing = 'off'"))
    return count


def expire_reads(connection: sa.Connection, *, days: int) -> int:
    """Deletes the entries that are older; how many."""
    connection.execute(sa.text("SET LOCAL creatorgraph.expiring = 'on'"))
    count = connection.execute(_EXPIRE, {"days": days}).rowcount
    connection.execute(sa.text("SET LOCAL creatorgraph.expiring = 'off'"))
    return count
