"""What an erasure does to the tables. Entries of the history stay under pseudonyms; nothing else of the profiles does."""

from collections.abc import Callable, Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.erasure import ErasedFrom, ErasureId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.advisory import lock, share
from creatorgraph.store.read.erasure import rows_naming
from creatorgraph.store.read.keyset import any_of
from creatorgraph.store.table import erasure, erasure_step, reject, suppression

_LOCK, _REQUESTS = "creatorgraph.erase", "creatorgraph.erase.request"
_GONE_TEXT = "(removed: somebody asked to be erased)"
_RENAMED = "unnest(CAST(:old AS text[]), CAST(:new AS text[]))"
# what names two profiles, the smaller id first: a pseudonym may sort otherwise than the id that it stands for
_PAIRS = {
    "decision": ("decision_id", "comment = NULL"),
    "review_comment": ("comment_id", "text = :text"),
    "review_skip": ("skip_id", "reason = :text"),
    "review_event": ("sequence", None),
}
_ORPHANS = sa.text(
    """
    DELETE FROM identifier WHERE identifier_id = ANY(:ids)
    AND NOT EXISTS (SELECT FROM profile_identifier AS held WHERE held.identifier_id = identifier.identifier_id)
    """
)
_BLANK = sa.text(
    """
    UPDATE creator SET
        display_name = '', kind = 'unknown', golden = '{}', category = NULL, language = NULL, location = NULL,
        primary_profile_id = NULL, platforms = '{}', total_followers = 0, average_engagement_rate = NULL, verified = false
    WHERE retired_at IS NOT NULL AND creator_id IN (
        SELECT held.id FROM identity_event AS entry
        CROSS JOIN LATERAL (VALUES (entry.creator_id), (entry.other_id)) AS held (id)
        WHERE entry.profiles && CAST(:old AS text[])
    )
    """
)
_HISTORY = sa.text(
    f"""
    UPDATE identity_event SET profiles = (
        SELECT array_agg(coalesce(renamed.new, held.id) ORDER BY held.place)
        FROM unnest(profiles) WITH ORDINALITY AS held (id, place)
        LEFT JOIN {_RENAMED} AS renamed (old, new) ON renamed.old = held.id
    )
    WHERE profiles && CAST(:old AS text[])
    """  # noqa: S608  no value is formatted into it
)
_PREVIEWS = sa.text(
    """
    DELETE FROM bulk_preview WHERE EXISTS (
        SELECT FROM jsonb_array_elements(items) AS item WHERE item ->> 0 = ANY(:old) OR item ->> 1 = ANY(:old)
    )
    """
)
_IN_OUTBOX = sa.text("SELECT EXISTS (SELECT FROM outbox WHERE payload -> 'profiles' ?| CAST(:ids AS text[]))")


def lock_against_ingest(connection: sa.Connection) -> None:
    """For an erasure: waits for batches that are being taken in and holds the next ones back until the transaction ends."""
    lock(connection, _LOCK)


def lock_against_erasure(connection: sa.Connection) -> None:
    """For a batch that is taken in: nobody is erased between the look at the suppressed and its commit."""
    share(connection, _LOCK)


def lock_requests(connection: sa.Connection) -> None:
    """One request at a time: of two for the same person the second one sees the first."""
    lock(connection, _REQUESTS)


def add_erasure(
    connection: sa.Connection,
    erasure_id: ErasureId,
    *,
    creator_id: CreatorId | None,
    profiles: Sequence[ProfileId],
    asked_by: str,
) -> None:
    connection.execute(
        erasure.insert().values(
            erasure_id=erasure_id, creator_id=creator_id, profiles=list(profiles), asked_by=asked_by
        )
    )


def add_step(connection: sa.Connection, erasure_id: ErasureId, place: ErasedFrom, entries: int) -> None:
    """A step that is done twice keeps its first line."""
    statement = insert(erasure_step).values(erasure_id=erasure_id, place=place.value, entries=entries)
    connection.execute(statement.values(at=sa.func.clock_timestamp()).on_conflict_do_nothing())


def set_profiles(connection: sa.Connection, erasure_id: ErasureId, profiles: Collection[ProfileId]) -> None:
    connection.execute(erasure.update().where(erasure.c.erasure_id == erasure_id).values(profiles=sorted(profiles)))


def finish(connection: sa.Connection, erasure_id: ErasureId) -> None:
    """The last of what named the profiles goes."""
    connection.execute(
        erasure.update()
        .where(erasure.c.erasure_id == erasure_id)
        .values(profiles=None, done_at=sa.func.clock_timestamp())
    )


def suppress(connection: sa.Connection, erasure_id: ErasureId, keys: Collection[bytes]) -> None:
    if keys:
        rows = [{"key": key, "erasure_id": erasure_id} for key in sorted(keys)]
        connection.execute(insert(suppression).on_conflict_do_nothing(), rows)


def remove_orphans(connection: sa.Connection, identifiers: Collection[int]) -> int:
    """Deletes those of the identifiers that no profile has any more; how many."""
    return connection.execute(_ORPHANS, {"ids": list(identifiers)}).rowcount


def blank_creators(connection: sa.Connection, profiles: Sequence[ProfileId]) -> int:
    """Empties the views of the retired creators that ever had one of the profiles; their redirects stay. How many."""
    return connection.execute(_BLANK, {"old": list(profiles)}).rowcount


def rename_in_history(connection: sa.Connection, pseudonyms: Mapping[ProfileId, str]) -> int:
    """Puts pseudonyms in the place of the ids wherever people or the machine have said something; how many entries.

    Free text beside an erased profile goes: it may say anything. Of the tables that are append-only this is the one change
    that their triggers let pass.
    """
    names = {"old": list(pseudonyms), "new": list(pseudonyms.values())}
    connection.execute(sa.text("SET LOCAL creatorgraph.erasing = 'on'"))
    entries = connection.execute(_HISTORY, names).rowcount
    for table, (key, emptied) in _PAIRS.items():
        text = {"text": _GONE_TEXT} if emptied and ":text" in emptied else {}
        entries += connection.execute(_renamed_pairs(table, key, emptied), {**names, **text}).rowcount
    entries += connection.execute(_PREVIEWS, {"old": names["old"]}).rowcount
    connection.execute(sa.text("SET LOCAL creatorgraph.erasing = 'off'"))
    return entries


def remove_rejects(connection: sa.Connection, named: Callable[[str], bool]) -> int:
    """Deletes refused records whose payload `named` says names somebody; how many."""
    gone = rows_naming(connection, sa.select(reject.c.reject_id, reject.c.payload).where(reject.c.payload != ""), named)
    return connection.execute(reject.delete().where(reject.c.reject_id == any_of(gone, sa.BigInteger()))).rowcount


def in_outbox(connection: sa.Connection, profiles: Collection[ProfileId]) -> bool:
    """Whether a message that is still kept names one of the profiles."""
    return bool(connection.scalar(_IN_OUTBOX, {"ids": list(profiles)}))


def _renamed_pairs(table: str, key: str, emptied: str | None) -> sa.TextClause:
    # the names come from _PAIRS alone
    return sa.text(
        f"""
        UPDATE {table} SET left_id = least(now.one, now.other), right_id = greatest(now.one, now.other)
            {f", {emptied}" if emptied else ""}
        FROM (
            SELECT
                was.{key} AS place,
                coalesce(one.new, was.left_id) COLLATE "C" AS one,
                coalesce(other.new, was.right_id) COLLATE "C" AS other
            FROM {table} AS was
            LEFT JOIN {_RENAMED} AS one (old, new) ON one.old = was.left_id
            LEFT JOIN {_RENAMED} AS other (old, new) ON other.old = was.right_id
            WHERE one.new IS NOT NULL OR other.new IS NOT NULL
        ) AS now
        WHERE {table}.{key} = now.place
        """  # noqa: S608
    )
