"""Tells listeners what a transaction has changed, so that they drop what they keep of it; they hear of it once it is committed.

A tag stands for a creator, a profile or an account that answers are made of. Only digests are sent: a payload is bounded, and
no name of anybody lies in PostgreSQL's queue.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from creatorgraph.store.read.keyset import Id, any_bound
from creatorgraph.store.table import membership, profile

CHANGE = "creatorgraph_change"
"""The channel: tags between spaces, `EVERYTHING`, or nothing at all (only what is derived by reading many rows has changed)."""
EVERYTHING = "*"
MOST_TAGS = 2_000
"""Of one step; beyond, everything is dropped at once."""
_PER_NOTICE = 600
"""PostgreSQL takes payloads below 8,000 bytes; a tag and its space are 12."""

_WHOSE = (
    sa.select(profile.c.platform, profile.c.username_key, membership.c.creator_id)
    .select_from(profile.outerjoin(membership, membership.c.profile_id == profile.c.profile_id))
    .where(profile.c.profile_id == any_bound(Id))
)
_SEND = sa.select(sa.func.pg_notify(CHANGE, sa.bindparam("told")))


def creator_tag(creator_id: str) -> str:
    return _tag("creator", creator_id)


def profile_tag(profile_id: str) -> str:
    return _tag("profile", profile_id)


def account_tag(platform: str, key: str) -> str:
    """`key` is the username in the platform's canonical spelling."""
    return _tag("account", platform, key)


def tell_creators(connection: sa.Connection, creators: Iterable[str]) -> None:
    """Says that these creators have changed, come to be or gone."""
    _tell(connection, {creator_tag(each) for each in creators})


def tell_profiles(connection: sa.Connection, profiles: Iterable[str]) -> None:
    """Says that these profiles, or links at them, have changed, come or gone: so have their creators and accounts."""
    wanted = sorted(set(profiles))
    if len(wanted) > MOST_TAGS:
        tell_everything(connection)
        return
    if not wanted:
        return
    rows = connection.execute(_WHOSE, {"ids": wanted}).all()
    tags = {profile_tag(each) for each in wanted}
    tags.update(creator_tag(str(row.creator_id)) for row in rows if row.creator_id)
    tags.update(account_tag(row.platform, row.username_key) for row in rows if row.username_key)
    _tell(connection, tags)


def tell_derived(connection: sa.Connection) -> None:
    """Says that what is made of many rows, such as an index or a graph, has caught up with them."""
    connection.execute(_SEND, {"told": ""})


def tell_everything(connection: sa.Connection) -> None:
    """Says that nothing which was read before can be relied on."""
    connection.execute(_SEND, {"told": EVERYTHING})


def _tell(connection: sa.Connection, tags: set[str]) -> None:
    if len(tags) > MOST_TAGS:
        tell_everything(connection)
        return
    for payload in _payloads(sorted(tags)):
        connection.execute(_SEND, {"told": payload})


def _payloads(tags: Sequence[str]) -> list[str]:
    return [" ".join(tags[start : start + _PER_NOTICE]) for start in range(0, len(tags), _PER_NOTICE)]


def _tag(*parts: str) -> str:
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return urlsafe_b64encode(digest)[:11].decode()
