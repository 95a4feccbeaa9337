"""Private profiles as their tenant sees them: redirects of merged creators are followed, contacts come masked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.private import (
    MaskedContact,
    MatchReason,
    PrivateId,
    PrivateMatch,
    PrivateProfile,
    PrivateState,
)
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.history import retirements
from creatorgraph.store.read.keyset import AnyRow, CreatorUuid, Id, Key, Page, any_of, to_page
from creatorgraph.store.table import private_contact, private_profile

_P = private_profile.c
# a creator, and whoever leads to it: records that were matched before a merge name those
_LED_TO = sa.text(
    """
    WITH RECURSIVE led (root, id) AS (
        SELECT each, each FROM unnest(CAST(:ids AS uuid[])) AS each
        UNION
        SELECT led.root, former.creator_id FROM creator AS former JOIN led ON former.successor_id = led.id
    )
    SELECT root::text AS root, id::text AS id FROM led
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateFilter:
    """All that is set must hold; `creator` is by id, and finds what was matched to a creator that was merged into it."""

    state: PrivateState | None = None
    creator: CreatorId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """What matching needs of a record."""

    private_id: PrivateId
    digest: bytes
    columns: dict[str, Any]


def private_by_refs(connection: sa.Connection, refs: Sequence[str]) -> list[PrivateProfile | None]:
    """One for each ref, None where the tenant of this transaction has none."""
    rows = connection.execute(sa.select(private_profile).where(_P.ref == any_of(refs, Id))).all()
    found = {each.ref: each for each in _complete(connection, rows)}
    return [found.get(ref) for ref in refs]


def page_of_private(
    connection: sa.Connection, wanted: PrivateFilter, *, first: int, after: Key | None = None
) -> Page[PrivateProfile]:
    """The tenant's private profiles in the order of their refs. The key of a row is (ref,)."""
    statement = sa.select(private_profile).order_by(_P.ref).limit(first + 1)
    match wanted.state:
        case PrivateState.WAITING:
            statement = statement.where(_P.matched_at.is_(None))
        case PrivateState.MATCHED:
            statement = statement.where(_P.matched_at.is_not(None), _P.creator_id.is_not(None))
        case PrivateState.UNMATCHED:
            statement = statement.where(_P.matched_at.is_not(None), _P.creator_id.is_(None))
    if wanted.creator is not None:
        led = sorted(leading_to(connection, wanted.creator))
        statement = statement.where(_P.creator_id == any_of(led, CreatorUuid), _P.matched_at.is_not(None))
    if after is not None:
        statement = statement.where(_P.ref > after[0])
    page = to_page(connection.execute(statement).all(), first, ("ref",), lambda row: row)
    return Page(items=tuple(_complete(connection, page.items)), keys=page.keys, more=page.more)


def private_of_creators(
    connection: sa.Connection, keys: Sequence[tuple[CreatorId, int]]
) -> list[tuple[PrivateProfile, ...]]:
    """For each creator and number the first so many of the tenant's private profiles that are matched to it, by ref."""
    led: dict[str, str] = {}
    for row in connection.execute(_LED_TO, {"ids": list({creator for creator, _ in keys})}):
        led[row.id] = row.root
    place = sa.func.row_number().over(partition_by=_P.creator_id, order_by=_P.ref)
    numbered = (
        sa.select(private_profile, place.label("place"))
        .where(_P.creator_id == any_of(list(led), CreatorUuid), _P.matched_at.is_not(None))
        .subquery()
    )
    most = max(number for _, number in keys)
    rows = connection.execute(sa.select(numbered).where(numbered.c.place <= most).order_by(numbered.c.ref)).all()
    owners = {row.private_id: led[row.creator_id] for row in rows}
    found: dict[str, list[PrivateProfile]] = {}
    for each in _complete(connection, rows):
        found.setdefault(owners[each.private_id], []).append(each)
    return [tuple(found.get(creator, ())[:number]) for creator, number in keys]


def leading_to(connection: sa.Connection, creator: CreatorId) -> set[CreatorId]:
    """The creator, and the retired ones whose redirects lead to it."""
    return {CreatorId(row.id) for row in connection.execute(_LED_TO, {"ids": [creator]})}


def waiting_private(connection: sa.Connection, *, limit: int, retry_seconds: float) -> list[WaitingRow]:
    """Records of all tenants that wait to be matched, the longest first; then those that matched nobody so long ago."""
    again = sa.and_(
        _P.creator_id.is_(None), _P.matched_at < sa.func.now() - sa.func.make_interval(0, 0, 0, 0, 0, 0, retry_seconds)
    )
    rows = connection.execute(
        sa.select(private_profile)
        .where(sa.or_(_P.matched_at.is_(None), again))
        .order_by(_P.matched_at.asc().nulls_first(), _P.updated_at)
        .limit(limit)
    )
    return [_waiting(row) for row in rows]


def waiting_by_ids(connection: sa.Connection, ids: Sequence[PrivateId]) -> list[WaitingRow]:
    """Those of these records that wait to be matched."""
    rows = connection.execute(
        sa.select(private_profile).where(_P.private_id == any_of(ids, CreatorUuid), _P.matched_at.is_(None))
    )
    return [_waiting(row) for row in rows]


def _waiting(row: AnyRow) -> WaitingRow:
    return WaitingRow(private_id=PrivateId(row.private_id), digest=bytes(row.digest), columns=dict(row._mapping))


def _complete(connection: sa.Connection, rows: Sequence[AnyRow]) -> list[PrivateProfile]:
    """The rows with their contacts, and their matches with redirects followed; one that leads nowhere waits again."""
    if not rows:
        return []
    contacts: dict[str, list[MaskedContact]] = {}
    c = private_contact.c
    held = connection.execute(
        sa.select(c.private_id, c.kind, c.shown, c.ciphertext.is_not(None).label("stored"), c.consent_at)
        .where(c.private_id == any_of([row.private_id for row in rows], CreatorUuid))
        .order_by(c.private_id, c.kind, c.value)
    )
    for row in held:
        contacts.setdefault(row.private_id, []).append(
            MaskedContact(kind=IdentifierKind(row.kind), shown=row.shown, stored=row.stored, consent_at=row.consent_at)
        )
    named = sorted({CreatorId(row.creator_id) for row in rows if row.creator_id is not None and row.matched_at})
    leads = {
        each: each if gone is None else gone.successor
        for each, gone in zip(named, retirements(connection, named) if named else (), strict=True)
    }
    return [_profile(row, leads, tuple(contacts.get(row.private_id, ()))) for row in rows]


def _profile(
    row: AnyRow, leads: dict[CreatorId, CreatorId | None], contacts: tuple[MaskedContact, ...]
) -> PrivateProfile:
    found = PrivateProfile(
        private_id=PrivateId(row.private_id),
        ref=row.ref,
        platform=Platform(row.platform),
        username=row.username,
        url=row.url,
        display_name=row.display_name,
        bio=row.bio,
        location=row.location,
        website=row.website,
        note=row.note,
        state=PrivateState.WAITING if row.matched_at is None else PrivateState.UNMATCHED,
        match=None,
        contacts=contacts,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
    if row.matched_at is None or row.creator_id is None:
        return found
    living = leads[row.creator_id]
    if living is None:
        return replace(found, state=PrivateState.WAITING)
    match = PrivateMatch(
        creator_id=living,
        profile_id=ProfileId(row.matched_profile_id),
        probability=row.probability,
        reasons=tuple(MatchReason(**each) for each in row.reasons),
        model_version=row.model_version,
        at=row.matched_at,
    )
    return replace(found, state=PrivateState.MATCHED, match=match)
