"""Identifiers: the normalised things that can tie profiles together."""

from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    USERNAME = "username"
    """The profile's own account, as `platform:username` in the platform's canonical case (`other:<place>/<name>` where the
    platform has no name here, so that equal names on different places do not tie)."""
    ACCOUNT_ID = "account_id"
    """The platform's own lasting id of the account, as `platform:id`."""
    ACCOUNT = "account"
    """Another account that the profile names or links (bio, website or links), as `platform:username`."""
    URL = "url"
    """A canonical URL that is no account of a known platform."""
    HOST = "host"
    """The registrable domain of such a URL, never a platform's or a shared host's."""
    EMAIL = "email"
    """HMAC-SHA-256 (hex) of the normalised address; `shown` is the masked form."""
    EMAIL_LOCAL = "email_local"
    """HMAC-SHA-256 (hex) of the folded local part, so that it can be compared with hashed usernames."""
    PHONE = "phone"
    """HMAC-SHA-256 (hex) of the number in E.164; `shown` is the masked form."""
    MENTION = "mention"
    """An @handle in the bio whose platform is not said: `platform:handle` of the profile's own platform, `*:handle` where
    a handle there could mean any platform."""


SECRET_KINDS = frozenset({IdentifierKind.EMAIL, IdentifierKind.EMAIL_LOCAL, IdentifierKind.PHONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One identifier of one profile.

    `value` is what is compared (a hash for the kinds in SECRET_KINDS), `shown` what a person may see,
    `field` the record field that it was found in (`username`, `url`, `account_id`, `bio`, `website`,
    `links`, `email`, `phone`, `mentions`); an ACCOUNT from `mentions` names somebody else.
    """

    kind: IdentifierKind
    value: str
    shown: str
    field: str
