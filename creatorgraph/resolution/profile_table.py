"""The columns that the resolver reads, and how profiles become them."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.profile import Profile
from creatorgraph.resolution.text.handle import handle_of

_WORDS = pa.list_(pa.string())
_MOST_TEXT = 2**31 - 1
"""Bytes of text that an Arrow array with offsets of 32 bits holds."""

PROFILE_SCHEMA: pa.Schema = pa.schema(
    [
        pa.field("profile_id", pa.string(), nullable=False),
        pa.field("platform", pa.string(), nullable=False),
        pa.field("username", pa.string()),
        pa.field("account_id", pa.string()),
        pa.field("display_name", pa.string()),
        pa.field("bio", pa.string()),
        pa.field("website", pa.string()),
        pa.field("links", _WORDS),
        pa.field("location", pa.string()),
        pa.field("language", pa.string()),
        pa.field("category", pa.string()),
        pa.field("company", pa.string()),
        pa.field("job_title", pa.string()),
        pa.field("followers", pa.int64()),
        pa.field("verified", pa.bool_()),
        # identifier values by kind; `usernames` is the profile's own account as `platform:username`, `accounts` the
        # other accounts that it names anywhere, `listed_accounts` those of them that stand in its website or links
        pa.field("usernames", _WORDS),
        pa.field("accounts", _WORDS),
        pa.field("listed_accounts", _WORDS),
        pa.field("urls", _WORDS),
        pa.field("hosts", _WORDS),
        pa.field("emails", _WORDS),
        pa.field("email_locals", _WORDS),
        pa.field("phones", _WORDS),
        pa.field("mentions", _WORDS),
        # whom the profile says that it mentions: somebody else, so never an account of its own
        pa.field("audience", _WORDS),
        pa.field("avatar_hash", pa.string()),
        # the username as the mailbox of an address would be hashed; null where no hasher was given
        pa.field("username_local", pa.string()),
    ]
)

_COLUMN_OF_KIND = {
    IdentifierKind.USERNAME: "usernames",
    IdentifierKind.ACCOUNT: "accounts",
    IdentifierKind.URL: "urls",
    IdentifierKind.HOST: "hosts",
    IdentifierKind.EMAIL: "emails",
    IdentifierKind.EMAIL_LOCAL: "email_locals",
    IdentifierKind.PHONE: "phones",
    IdentifierKind.MENTION: "mentions",
}
_LIST_COLUMNS = (*_COLUMN_OF_KIND.values(), "listed_accounts", "audience")
_PLAIN_COLUMNS = (
    "profile_id", "username", "account_id", "display_name", "bio", "website", "location", "language",
    "category", "company", "job_title", "followers", "verified", "avatar_hash",
)  # fmt: skip
# the field of a record that lists whom the profile mentions: somebody else, so no account of its own
_STRANGERS = "mentions"
_STRANGER_KINDS = frozenset({IdentifierKind.ACCOUNT, IdentifierKind.MENTION})
_MIN_LOCAL = 4
"""Characters of a username that may be compared with a mailbox; shorter local parts are not hashed at all."""
_LISTED_FIELDS = frozenset({"website", "links"})


def username_local(platform: str, username: str | None, local_hash: Callable[[str], str]) -> str | None:
    """The value of the column of that name; None where the username is none, too short or the platform's own making."""
    handle = handle_of(platform, username)
    return local_hash(handle) if handle and len(handle) >= _MIN_LOCAL else None


def to_table(profiles: Iterable[Profile], *, local_hash: Callable[[str], str] | None = None) -> pa.Table:
    """The profiles as one table of PROFILE_SCHEMA, one row each, in the order given.

    `local_hash` gives what an EMAIL_LOCAL identifier would hold for a username. Usernames are hashed here and not at ingest,
    so that no database holds the hash beside the name: it would tell whose mailbox is called how.
    """
    rows = list(profiles)
    columns: dict[str, object] = {
        name: pa.array([getattr(profile, name) for profile in rows], PROFILE_SCHEMA.field(name).type)
        for name in _PLAIN_COLUMNS
    }
    columns["platform"] = pa.array([profile.platform.value for profile in rows], pa.string())
    columns["links"] = pa.array([profile.links for profile in rows], _WORDS)
    locals_ = [
        username_local(profile.platform, profile.username, local_hash) if local_hash else None for profile in rows
    ]
    columns["username_local"] = pa.array(locals_, pa.string())
    columns |= _identifier_lists(rows)
    return pa.table(columns, schema=PROFILE_SCHEMA)


def _identifier_lists(rows: Sequence[Profile]) -> dict[str, pa.Array]:
    """The columns of identifiers, as all values of a column and where each row's begin."""
    values: dict[str, list[str]] = {name: [] for name in _LIST_COLUMNS}
    starts: dict[str, list[int]] = {name: [0] for name in _LIST_COLUMNS}
    for profile in rows:
        for identifier in profile.identifiers:
            kind = identifier.kind
            if identifier.field == _STRANGERS:
                if kind in _STRANGER_KINDS:
                    values["audience"].append(identifier.value)
                continue
            column = _COLUMN_OF_KIND.get(kind)
            if column is None:
                continue
            values[column].append(identifier.value)
            if kind is IdentifierKind.ACCOUNT and identifier.field in _LISTED_FIELDS:
                values["listed_accounts"].append(identifier.value)
        for name, ends in starts.items():
            ends.append(len(values[name]))
    return {
        name: pa.ListArray.from_arrays(pa.array(starts[name], pa.int32()), pa.array(values[name], pa.string()))
        for name in _LIST_COLUMNS
    }


def ordered(profiles: pa.Table, vectors: NDArray[np.float32] | None) -> tuple[pa.Table, NDArray[np.float32] | None]:
    """The table with PROFILE_SCHEMA's columns, by profile id, and the vectors in the same order.

    Raises InvalidInputError for columns that are missing or do not fit, more text in one column than an Arrow array holds, a
    profile id that occurs twice, and vectors of another number of rows.
    """
    missing = [name for name in PROFILE_SCHEMA.names if name not in profiles.column_names]
    if missing:
        raise InvalidInputError(
            f"columns are missing: {', '.join(missing)}", where="profiles", mend="Build the table with to_table()."
        )
    try:
        table = profiles.select(PROFILE_SCHEMA.names).cast(PROFILE_SCHEMA)
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
        raise InvalidInputError(
            f"columns do not fit: {error}", where="profiles", mend="Build the table with to_table()."
        ) from None
    _check_size(table)
    if vectors is not None and len(vectors) != table.num_rows:
        raise InvalidInputError(
            f"{len(vectors)} vectors for {table.num_rows} profiles",
            where="bio_vectors",
            mend="Give one row per profile.",
        )
    ids = table.column("profile_id").combine_chunks()
    # bytes of UTF-8 and code points sort alike
    order = pc.sort_indices(ids)
    ids = ids.take(order)
    twice = pc.index(pc.equal(ids[1:], ids[:-1]), True).as_py()
    if twice >= 0:
        raise InvalidInputError(
            f"profile id {ids[twice].as_py()!r} occurs twice", where="profiles", mend="Keep one row per profile id."
        )
    rows = order.to_numpy()
    if np.array_equal(rows, np.arange(len(rows))):
        return table.combine_chunks(), vectors
    return table.take(order).combine_chunks(), None if vectors is None else vectors[rows]


def _check_size(table: pa.Table) -> None:
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_string(column.type) and column.nbytes > _MOST_TEXT:
            raise InvalidInputError(
                f"{table.num_rows} profiles have {column.nbytes / 2**30:.1f} GiB of text in the column {name}, "
                f"and one run takes {_MOST_TEXT / 2**30:.0f} GiB of a column",
                where="profiles",
                mend="Resolve them in parts; docs/scaling.md says how far one run goes.",
            )
