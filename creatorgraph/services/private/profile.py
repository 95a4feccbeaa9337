"""A tenant keeps private profiles and forgets them. Bad records never take good ones with them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import uuid4

from creatorgraph.domain.error import CreatorgraphError, InvalidInputError, UnavailableError
from creatorgraph.domain.private import ErasedAccountError, PrivateId, PrivateProfile
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.tenant import TenantId
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.private.matching import match_these
from creatorgraph.services.private.record import PrivateRecord, ReadRecord, read_private, stored_columns
from creatorgraph.services.suppression import suppressed
from creatorgraph.store.cipher import ContactCipher
from creatorgraph.store.read.private import private_by_refs
from creatorgraph.store.write.private import KeptRow, delete_private, replace_contacts, upsert_private

MOST_AT_ONCE = 500
"""Records of one call."""
MATCHED_AT_ONCE = 5
"""Records that are matched before the answer; more are matched beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record that is stored now: whether it is new, and whether it says anything else than before."""

    profile: PrivateProfile
    created: bool
    changed: bool


def keep_private(
    engines: Engines, tenant_id: TenantId, records: Sequence[PrivateRecord], matching: Matching
) -> list[Kept | CreatorgraphError]:
    """Creates or replaces each record by its `ref`; for each what became of it, in the same order.

    All that can be stored is one transaction. A few are matched at once where there is something to match with, the others
    by the step in the background.

    Raises:
        InvalidInputError: more than MOST_AT_ONCE.
    """
    if len(records) > MOST_AT_ONCE:
        raise InvalidInputError(
            f"{len(records)} records are too many", where="profiles", mend=f"Send {MOST_AT_ONCE} at a time."
        )
    answers: dict[int, CreatorgraphError] = {}
    good: dict[str, ReadRecord] = {}
    secret = engines.settings.contact_secret()
    for place, record in enumerate(records):
        try:
            if record.ref in good:
                raise InvalidInputError("another record of this call has the same ref", where="ref", mend="Send one.")
            good[record.ref] = read_private(record, secret)
        except CreatorgraphError as error:
            answers[place] = error
    written = _store(engines, tenant_id, good, secret)
    changed = [row.private_id for row in written.values() if row.changed]
    if changed and len(changed) <= MATCHED_AT_ONCE:
        # what cannot be matched now waits for the step in the background
        with suppress(UnavailableError):
            match_these(engines, matching, changed)
    refs = list(written)
    with engines.database.for_tenant(tenant_id) as connection:
        seen = dict(zip(refs, private_by_refs(connection, refs), strict=True))
    return [answers.get(place) or _answer(record.ref, written, seen) for place, record in enumerate(records)]


def forget_private(engines: Engines, tenant_id: TenantId, ref: str) -> bool:
    """Deletes the record with its contacts; whether there was one."""
    with engines.database.for_tenant(tenant_id) as connection:
        return delete_private(connection, [ref]) > 0


def _store(engines: Engines, tenant_id: TenantId, good: dict[str, ReadRecord], secret: bytes) -> dict[str, KeptRow]:
    if not good:
        return {}
    cipher = ContactCipher(secret)
    with engines.database.for_tenant(tenant_id) as connection:
        # under ids that no shared profile has: a record is known by its account, not by how the tenant calls it
        named = {ProfileId(f"\x01private:{ref}"): ref for ref in good}
        erased = suppressed(
            connection, [replace(good[ref].profile, profile_id=each) for each, ref in named.items()], secret
        )
        good = {ref: read for ref, read in good.items() if ref not in {named[each] for each in erased}}
        rows = [{"private_id": str(uuid4()), **stored_columns(read)} for read in good.values()]
        written = upsert_private(connection, tenant_id, rows) if rows else {}
        changed = [row for row in written.values() if row.changed]
        contacts = [each for row in changed for each in _contacts(good[row.ref], row.private_id, cipher)]
        replace_contacts(connection, tenant_id, [row.private_id for row in changed], contacts)
    return written


def _contacts(read: ReadRecord, private_id: PrivateId, cipher: ContactCipher) -> list[dict[str, object]]:
    plain = {(each.kind, each.value): each.plain for each in read.plain}
    return [
        {
            "private_id": private_id,
            "kind": each.kind.value,
            "value": each.value,
            "shown": each.shown,
            "ciphertext": cipher.encrypt(plain[each.kind, each.value], context=private_id)
            if (each.kind, each.value) in plain
            else None,
            "consent": read.consent,
            "consent_at": read.consent_at,
        }
        for each in read.contacts
    ]


def _answer(ref: str, written: dict[str, KeptRow], seen: dict[str, PrivateProfile | None]) -> Kept | CreatorgraphError:
    row, profile = written.get(ref), seen.get(ref)
    if row is None:
        return ErasedAccountError(
            "somebody who asked to be erased has this account", where="ref", mend="Do not send the record again."
        )
    if profile is None:
        return InvalidInputError("the record was forgotten again meanwhile", where="ref", mend="Send it again.")
    return Kept(profile=profile, created=row.created, changed=row.changed)
