"""What an erasure takes from the tenants: records and collections that hold the person, and the name of whom was read about."""

from collections.abc import Sequence

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.erasure import ErasedFrom
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.services.suppression import pseudonym
from creatorgraph.store.read.private import leading_to
from creatorgraph.store.tenancy import operating
from creatorgraph.store.write.collection import forget_creators
from creatorgraph.store.write.contact_read import rename_in_log
from creatorgraph.store.write.private import erase_private


def erase_private_data(
    connection: sa.Connection, creator: CreatorId | None, profiles: Sequence[Profile], secret: bytes
) -> dict[ErasedFrom, int]:
    """In the erasure's own transaction; `creator` is None where single profiles go. How many entries went where."""
    creators = sorted(leading_to(connection, creator)) if creator is not None else []
    accounts = sorted({each for profile in profiles for each in profile.identifier_values(IdentifierKind.USERNAME)})
    with operating(connection):
        gone = erase_private(
            connection,
            profiles=[profile.profile_id for profile in profiles],
            creators=creators,
            accounts=accounts,
        )
        return {
            ErasedFrom.PRIVATE_PROFILES: len(gone),
            ErasedFrom.COLLECTIONS: forget_creators(connection, creators),
            ErasedFrom.CONTACT_READS: rename_in_log(
                connection, {each: pseudonym(ProfileId(each), secret) for each in gone}
            ),
        }
