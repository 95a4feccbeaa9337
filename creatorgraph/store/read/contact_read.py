"""The log of who has read a contact, and the contacts themselves, which only services/private/contact.py may ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.erasure import PSEUDONYM
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.private import ContactRead, PrivateId
from creatorgraph.domain.tenant import TenantId
from creatorgraph.store.read.keyset import AnyRow, CreatorUuid, Key, Page, any_of, to_page
from creatorgraph.store.table import contact_read, private_contact, private_profile


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedContact:
    """A contact as it is stored, to be opened with the installation's key."""

    private_id: PrivateId
    kind: IdentifierKind
    ciphertext: bytes
    consent_at: datetime | None


def page_of_reads(
    connection: sa.Connection, *, own: TenantId, first: int, after: Key | None = None
) -> Page[ContactRead]:
    """Entries that may be seen here, the newest first, with the refs of the tenant `own` alone. The key is (at, read_id)."""
    columns = (contact_read.c.at, contact_read.c.read_id)
    statement = sa.select(contact_read).order_by(*(each.desc() for each in columns)).limit(first + 1)
    if after is not None:
        statement = statement.where(sa.tuple_(*columns) < sa.tuple_(*after))
    page = to_page(connection.execute(statement).all(), first, ("at", "read_id"), lambda row: row)
    named = {row.about for row in page.items if not row.about.startswith(PSEUDONYM)}
    refs = connection.execute(
        sa.select(private_profile.c.private_id, private_profile.c.ref).where(
            private_profile.c.private_id == any_of(sorted(named), CreatorUuid), private_profile.c.tenant_id == own
        )
    )
    known: dict[str, str] = {row.private_id: row.ref for row in refs} if named else {}
    return Page(items=tuple(_read(row, known.get(row.about)) for row in page.items), keys=page.keys, more=page.more)


def sealed_contacts(connection: sa.Connection, ids: Sequence[PrivateId]) -> list[SealedContact]:
    """What is kept in full of these private profiles' contacts."""
    c = private_contact.c
    rows = connection.execute(
        sa.select(c.private_id, c.kind, c.ciphertext, c.consent_at)
        .where(c.private_id == any_of(ids, CreatorUuid), c.ciphertext.is_not(None), c.consent)
        .order_by(c.private_id, c.kind, c.value)
    )
    return [
        SealedContact(
            private_id=PrivateId(row.private_id),
            kind=IdentifierKind(row.kind),
            ciphertext=bytes(row.ciphertext),
            consent_at=row.consent_at,
        )
        for row in rows
    ]


def _read(row: AnyRow, ref: str | None) -> ContactRead:
    return ContactRead(
        read_id=row.read_id,
        tenant_id=TenantId(row.tenant_id),
        at=row.at,
        subject=row.subject,
        means=row.means,
        about=row.about,
        ref=ref,
        kind=IdentifierKind(row.kind),
        place=row.place,
        request_id=row.request_id,
    )
