"""The columns that the resolver reads, and how profiles become them."""

from collections.abc import Iterable

import pyarrow as pa

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.profile import Profile

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
    "category", "company", "job_title", "followers", "verified",
)  # fmt: skip
# the field of a record that lists whom the profile mentions: somebody else, so for the graph and no evidence
_STRANGERS = "mentions"
_LISTED_FIELDS = frozenset({"website", "links"})


def _listed(identifier: Identifier) -> bool:
    return identifier.kind is IdentifierKind.ACCOUNT and identifier.field in _LISTED_FIELDS


def to_table(profiles: Iterable[Profile]) -> pa.Table:
    """The profiles as one table of PROFILE_SCHEMA, one row each, in the order given."""
    columns: dict[str, list[object]] = {name: [] for name in PROFILE_SCHEMA.names}
    for profile in profiles:
        for name in _PLAIN_COLUMNS:
            columns[name].append(getattr(profile, name))
        columns["platform"].append(profile.platform.value)
        columns["links"].append(list(profile.links))
        for name, kind in _IDENTIFIER_COLUMNS.items():
            columns[name].append([i.value for i in profile.identifiers if i.kind is kind and i.field != _STRANGERS])
        columns["listed_accounts"].append([i.value for i in profile.identifiers if _listed(i)])
    return pa.table(columns, schema=PROFILE_SCHEMA)
