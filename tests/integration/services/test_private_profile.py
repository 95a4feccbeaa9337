"""What a tenant brings of its own: kept apart, matched, matched anew, forgotten and erased."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from creatorgraph.domain.caller import Caller, Means
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.erasure import ErasedFrom
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.private import ErasedAccountError, PrivateState
from creatorgraph.domain.profile import Profile
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import Tenant
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures, one_erasure, request_erasure
from creatorgraph.services.private.contact import contacts_in_full, expire_contact_reads
from creatorgraph.services.private.matching import match_waiting
from creatorgraph.services.private.profile import MOST_AT_ONCE, Kept, forget_private, keep_private
from creatorgraph.services.private.record import PrivateRecord
from creatorgraph.services.relay import relay
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.services.withdraw import withdraw_profiles
from creatorgraph.store.read.bulk import read_memberships, read_profiles
from creatorgraph.store.read.private import private_by_refs, private_of_creators
from creatorgraph.store.table import contact_read, private_contact, private_profile


@pytest.fixture
def owner(resolved: Engines) -> Tenant:
    return create_tenant(resolved, "agency")


@pytest.fixture
def matching(resolved: Engines) -> Matching:
    return Matching(resolved)


@pytest.fixture
def known(resolved: Engines) -> tuple[Profile, CreatorId]:
    """A stored profile with a username whose creator has another profile, and that creator."""
    with resolved.database.transaction() as connection:
        homes = read_memberships(connection)
        shared = sorted(each for each, home in homes.items() if list(homes.values()).count(home) > 1)
        found = next(each for each in read_profiles(connection, shared) if each.username)
    return found, homes[found.profile_id]


def record_of(profile: Profile, ref: str = "crm-1", **more: object) -> PrivateRecord:
    return PrivateRecord(ref=ref, platform=profile.platform, username=profile.username, **more)  # type: ignore[arg-type]


def kept(answers: Sequence[Kept | CreatorgraphError]) -> list[Kept]:
    assert all(isinstance(each, Kept) for each in answers), answers
    return [each for each in answers if isinstance(each, Kept)]


def caller_of(engines: Engines, tenant: Tenant) -> Caller:
    return Caller.of_key(create_key(engines, tenant.name, "backend", role=Role.PARTNER).key, tenant)


def test_the_account_is_found_and_nothing_shared_is_written(
    resolved: Engines, owner: Tenant, matching: Matching, known: tuple[Profile, CreatorId]
) -> None:
    profile, creator = known
    before = shared(resolved)
    [made] = kept(
        keep_private(resolved, owner.tenant_id, [record_of(profile, note="call me: ann@mail.example")], matching)
    )
    assert made.created
    assert made.profile.state is PrivateState.MATCHED
    assert made.profile.match is not None
    assert (made.profile.match.creator_id, made.profile.match.probability) == (creator, 1.0)
    assert made.profile.match.reasons
    assert made.profile.note is not None
    assert "ann@mail" not in made.profile.note
    assert shared(resolved) == before
    [again] = kept(
        keep_private(resolved, owner.tenant_id, [record_of(profile, note="call me: ann@mail.example")], matching)
    )
    assert (again.created, again.changed) == (False, False)
    assert again.profile == made.profile
    [changed] = kept(keep_private(resolved, owner.tenant_id, [record_of(profile, note="another")], matching))
    assert (changed.created, changed.changed, changed.profile.private_id) == (False, True, made.profile.private_id)
    assert forget_private(resolved, owner.tenant_id, "crm-1")
    assert not forget_private(resolved, owner.tenant_id, "crm-1")


def test_bad_records_do_not_take_good_ones_with_them(resolved: Engines, owner: Tenant, matching: Matching) -> None:
    given = [
        PrivateRecord(ref="good", display_name="Somebody Nobody Knows"),
        PrivateRecord(ref="nothing"),
        PrivateRecord(ref="bad mail", username="x", platform=Platform.X, emails=("no address",)),
        PrivateRecord(ref="good", display_name="twice"),
        PrivateRecord(ref="", display_name="no ref"),
        PrivateRecord(ref="long", bio="x" * 1001),
        PrivateRecord(ref="agreed", display_name="When", consent_at=datetime(1, 1, 1, tzinfo=UTC)),
        PrivateRecord(ref="other", display_name="Another Unknown One"),
    ]
    answers = keep_private(resolved, owner.tenant_id, given, matching)
    assert [isinstance(each, Kept) for each in answers] == [True, False, False, False, False, False, False, True]
    assert [each.where for each in answers if isinstance(each, CreatorgraphError)] == [
        None,
        "emails",
        "ref",
        "ref",
        "bio",
        "consent_at",
    ]
    assert {each.profile.state for each in answers if isinstance(each, Kept)} == {PrivateState.UNMATCHED}
    with pytest.raises(InvalidInputError, match="too many"):
        keep_private(resolved, owner.tenant_id, given * MOST_AT_ONCE, matching)


def test_a_plain_contact_needs_consent_and_leaves_a_row(resolved: Engines, owner: Tenant, matching: Matching) -> None:
    given = [
        PrivateRecord(
            ref="yes", display_name="Ann", emails=("Ann@Mail.example",), phones=("+49 30 901820",), consent=True
        ),
        PrivateRecord(ref="no", display_name="Ben", emails=("ben@mail.example",)),
    ]
    yes, no = kept(keep_private(resolved, owner.tenant_id, given, matching))
    assert [(each.kind.value, each.stored) for each in yes.profile.contacts] == [("email", True), ("phone", True)]
    assert [(each.shown, each.stored) for each in no.profile.contacts] == [("b***@m***.example", False)]
    ids = [yes.profile.private_id, no.profile.private_id]
    caller = caller_of(resolved, owner)
    shown = contacts_in_full(resolved, caller, ids, place="a test", request_id="r1")
    assert [each.value for each in shown[ids[0]]] == ["ann@mail.example", "+4930901820"]
    assert shown[ids[1]] == ()
    with resolved.database.for_operator() as connection:
        log = connection.execute(sa.select(contact_read)).all()
        sealed = connection.scalars(sa.select(private_contact.c.ciphertext)).all()
    assert sorted((row.about, row.kind, row.subject, row.means, row.place, row.request_id) for row in log) == [
        (ids[0], kind, "backend", Means.KEY.value, "a test", "r1") for kind in ("email", "phone")
    ]
    assert not any(b"ann@mail.example" in bytes(each) for each in sealed if each)
    # another tenant asks for the same ids: nothing is there, and nothing is logged
    stranger = caller_of(resolved, create_tenant(resolved, "stranger"))
    assert set(contacts_in_full(resolved, stranger, ids, place="x", request_id="r2").values()) == {()}
    for statement in (contact_read.update().values(subject="x"), contact_read.delete()):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), resolved.database.for_operator() as connection:
            connection.execute(statement)
    assert expire_contact_reads(resolved) == 0


def test_what_it_was_matched_to_changes_and_it_is_matched_anew(
    resolved: Engines, owner: Tenant, matching: Matching, known: tuple[Profile, CreatorId]
) -> None:
    profile, creator = known
    [made] = kept(keep_private(resolved, owner.tenant_id, [record_of(profile)], matching))
    relay(resolved)
    assert match_waiting(resolved, matching) <= 1
    withdraw_profiles(resolved, [profile.profile_id])
    relay(resolved)
    with resolved.database.for_tenant(owner.tenant_id) as connection:
        [waiting] = private_by_refs(connection, ["crm-1"])
    assert waiting is not None
    assert (waiting.state, waiting.match) == (PrivateState.WAITING, None)
    assert match_waiting(resolved, matching) == 1
    assert match_waiting(resolved, matching) == 0
    with resolved.database.for_tenant(owner.tenant_id) as connection:
        [after] = private_by_refs(connection, ["crm-1"])
        of_creator = private_of_creators(connection, [(creator, 5)])
    assert after is not None
    assert after.match is None or after.match.profile_id != profile.profile_id
    assert of_creator == [(after,) if after.match is not None and after.match.creator_id == creator else ()]
    assert made.profile.private_id == after.private_id


def test_an_erased_account_is_forgotten_everywhere_and_not_taken_again(
    resolved: Engines, owner: Tenant, matching: Matching, known: tuple[Profile, CreatorId]
) -> None:
    profile, creator = known
    other = PrivateRecord(ref="other", display_name="Somebody Else Entirely")
    mine = record_of(profile, emails=("ann@mail.example",), consent=True)
    made, _ = kept(keep_private(resolved, owner.tenant_id, [mine, other], matching))
    contacts_in_full(resolved, caller_of(resolved, owner), [made.profile.private_id], place="a test", request_id="r1")
    asked = request_erasure(resolved, creator=creator, asked_by="ticket 7")
    carry_out_erasures(resolved)
    receipt = {each.place: each.entries for each in one_erasure(resolved, asked.erasure_id).steps}
    assert (receipt[ErasedFrom.PRIVATE_PROFILES], receipt[ErasedFrom.CONTACT_READS]) == (1, 1)
    with resolved.database.for_operator() as connection:
        assert list(connection.scalars(sa.select(private_profile.c.ref))) == ["other"]
        assert connection.scalar(sa.select(sa.func.count()).select_from(private_contact)) == 0
        [about] = connection.scalars(sa.select(contact_read.c.about))
    assert about.startswith("erased:")
    [refused] = keep_private(resolved, owner.tenant_id, [mine], matching)
    assert isinstance(refused, ErasedAccountError)


def shared(engines: Engines) -> list[tuple[object, ...]]:
    """What no private record may change."""
    tables = (
        "profile",
        "identifier",
        "creator",
        "membership",
        "link",
        "outbox",
        "arrival",
        "search_document",
        "contact",
    )
    with engines.database.transaction() as connection:
        return [
            tuple(connection.execute(sa.text(f"SELECT count(*), max(xmin::text::bigint) FROM {table}")).one())  # noqa: S608
            for table in tables
        ]
