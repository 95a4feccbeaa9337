"""The columns that the resolver reads, and how profiles become them."""

from collections.abc import Callable, Iterable

import pyarrow as pa

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.profile import Profile
from creatorgraph.resolution.text.handle import handle_of

_WORDS = pa.list_(pa.string())

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

_IDENTIFIER_COLUMNS = {
    "usernames": IdentifierKind.USERNAME,
    "accounts": IdentifierKind.ACCOUNT,
    "urls": IdentifierKind.URL,
    "hosts": IdentifierKind.HOST,
    "emails": IdentifierKind.EMAIL,
    "email_locals": IdentifierKind.EMAIL_LOCAL,
    "phones": IdentifierKind.PHONE,
    "mentions": IdentifierKind.MENTION,
}
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


def _listed(identifier: Identifier) -> bool:
    return identifier.kind is IdentifierKind.ACCOUNT and identifier.field in _LISTED_FIELDS


def _mentioned(identifier: Identifier) -> bool:
    return identifier.kind in _STRANGER_KINDS and identifier.field == _STRANGERS


def _username_local(profile: Profile, local_hash: Callable[[str], str] | None) -> str | None:
    handle = handle_of(profile.platform, profile.username) if local_hash else None
    return local_hash(handle) if local_hash and handle and len(handle) >= _MIN_LOCAL else None


def to_table(profiles: Iterable[Profile], *, local_hash: Callable[[str], str] | None = None) -> pa.Table:
    """The profiles as one table of PROFILE_SCHEMA, one row each, in the order given.

    `local_hash` gives what an EMAIL_LOCAL identifier would hold for a username. Usernames are hashed here and not at ingest,
    so that no database holds the hash beside the name: it would tell whose mailbox is called how.
    """
    columns: dict[str, list[object]] = {name: [] for name in PROFILE_SCHEMA.names}
    for profile in profiles:
        for name in _PLAIN_COLUMNS:
            columns[name].append(getattr(profile, name))
        columns["platform"].append(profile.platform.value)
        columns["links"].append(list(profile.links))
        for name, kind in _IDENTIFIER_COLUMNS.items():
            columns[name].append([i.value for i in profile.identifiers if i.kind is kind and i.field != _STRANGERS])
        columns["listed_accounts"].append([i.value for i in profile.identifiers if _listed(i)])
        columns["audience"].append([i.value for i in profile.identifiers if _mentioned(i)])
        columns["username_local"].append(_username_local(profile, local_hash))
    return pa.table(columns, schema=PROFILE_SCHEMA)
