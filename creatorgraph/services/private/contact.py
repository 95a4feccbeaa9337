"""The one place where a stored contact is opened: nobody gets one whose reading is not in the log already."""

from collections.abc import Sequence
from uuid import uuid4

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.private import ContactRead, PrivateId, ShownContact
from creatorgraph.domain.role import Scope
from creatorgraph.services.engines import Engines
from creatorgraph.store.cipher import ContactCipher
from creatorgraph.store.read.contact_read import page_of_reads, sealed_contacts
from creatorgraph.store.read.keyset import Key, Page
from creatorgraph.store.write.contact_read import add_reads, expire_reads


def contacts_in_full(
    engines: Engines, caller: Caller, ids: Sequence[PrivateId], *, place: str, request_id: str
) -> dict[PrivateId, tuple[ShownContact, ...]]:
    """What the caller's tenant keeps in full of these private profiles; one entry of the log for each profile and kind.

    The entries are committed, by one statement, before anything is decrypted: an answer that is lost afterwards leaves an entry
    too many, and none is ever missing.

    Raises:
        NotPermittedError: the caller lacks the scope for private profiles, or has no tenant.
        DamagedError: a contact was stored under another key.
    """
    tenant_id = caller.require_tenant(Scope.PRIVATE)
    with engines.database.for_tenant(tenant_id) as connection:
        sealed = sealed_contacts(connection, ids)
        told = dict.fromkeys((each.private_id, each.kind) for each in sealed)
        add_reads(
            connection,
            [
                (str(uuid4()), tenant_id, caller.subject, caller.means.value, about, kind.value, place, request_id)
                for about, kind in told
            ],
        )
    cipher = ContactCipher(engines.settings.contact_secret())
    opened: dict[PrivateId, list[ShownContact]] = {}
    for each in sealed:
        plain = cipher.decrypt(each.ciphertext, context=each.private_id)
        opened.setdefault(each.private_id, []).append(
            ShownContact(kind=each.kind, value=plain, consent_at=each.consent_at)
        )
    return {each: tuple(opened.get(each, ())) for each in ids}


async def contact_reads(engines: Engines, caller: Caller, *, first: int, after: Key | None = None) -> Page[ContactRead]:
    """The log of the caller's own tenant, or of all tenants for those who may administer; the newest first.

    Raises:
        NotPermittedError: the caller may do neither.
    """
    if caller.may(Scope.ADMINISTER):
        own = caller.require_tenant(Scope.ADMINISTER)
        return await engines.database.ask_for_operator(page_of_reads, own=own, first=first, after=after)
    own = caller.require_tenant(Scope.PRIVATE)
    return await engines.database.ask_for_tenant(own, page_of_reads, own=own, first=first, after=after)


def expire_contact_reads(engines: Engines) -> int:
    """Deletes the entries whose days are over; how many there were."""
    with engines.database.for_operator() as connection:
        return expire_reads(connection, days=engines.settings.contact_read_days)
