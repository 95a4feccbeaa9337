"""Records of people who were erased are not taken in again. What is kept to know them by is a keyed hash of each account."""

import hmac
from collections.abc import Iterable

import sqlalchemy as sa

from creatorgraph.domain.erasure import PSEUDONYM
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.store.read.erasure import anybody_suppressed, suppressed_keys
from creatorgraph.store.write.erasure import lock_against_erasure


def suppression_keys(profile: Profile, secret: bytes) -> frozenset[bytes]:
    """By which the record is known when it comes again: its id, its username on its platform, and the platform's own id.

    Not by email or phone: an agency's address would keep everybody out whom it speaks for.
    """
    known = [f"account:{account}" for account in profile.identifier_values(IdentifierKind.USERNAME)]
    if profile.account_id:
        known.append(f"id:{profile.platform.value}:{profile.account_id}")
    return frozenset({id_key(profile.profile_id, secret), *(_digest("suppression", text, secret) for text in known)})


def id_key(profile_id: ProfileId, secret: bytes) -> bytes:
    """By which a record of this profile id is known."""
    return _digest("suppression", f"profile:{profile_id}", secret)


def pseudonym(profile_id: ProfileId, secret: bytes) -> str:
    """What stands for an erased profile in the history: the same wherever it was named, and no way back without the key."""
    return PSEUDONYM + _digest("pseudonym", profile_id, secret).hex()[:32]


def suppressed(connection: sa.Connection, profiles: Iterable[Profile], secret: bytes) -> frozenset[ProfileId]:
    """Which of these are of somebody who was erased; nobody else is erased until the transaction ends."""
    lock_against_erasure(connection)
    if not anybody_suppressed(connection):
        return frozenset()
    keys = {profile.profile_id: suppression_keys(profile, secret) for profile in profiles}
    known = suppressed_keys(connection, frozenset[bytes]().union(*keys.values()))
    return frozenset(each for each, own in keys.items() if own & known)


def _digest(purpose: str, text: str, secret: bytes) -> bytes:
    return hmac.digest(secret, f"{purpose}:{text}".encode(), "sha256")
