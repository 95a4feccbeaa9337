from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.store.database import Database
from creatorgraph.store.read.bulk import content_digest, stream_profiles
from creatorgraph.store.table import contact, identifier, outbox, raw_payload
from creatorgraph.store.table import profile as profile_table
from creatorgraph.store.write.profile import (
    IncomingContact,
    IncomingProfile,
    Upserted,
    delete_profiles,
    expire_payloads,
    upsert_profiles,
)

LATER = datetime.now(UTC) + timedelta(days=90)


def account(number: int, **changes: object) -> Profile:
    name = f"maker{number}"
    fields: dict[str, object] = {
        "profile_id": ProfileId(f"p{number:04}"),
        "platform": Platform.X,
        "username": name.title(),
        "bio": "A bio with 'quotes', a tab\tand a \\ backslash",
        "links": ("https://example.org/a", "with,comma and {brace}"),
        "followers": number * 1000,
        "identifiers": (
            Identifier(kind=IdentifierKind.USERNAME, value=f"x:{name}", shown=f"x:{name}", field="username"),
            Identifier(kind=IdentifierKind.EMAIL, value="ab" * 32, shown="a***@e***.org", field="email"),
        ),
    }
    return Profile(**(fields | changes))  # type: ignore[arg-type]


def write(database: Database, *profiles: Profile) -> Upserted:
    with database.transaction() as connection:
        incoming = [IncomingProfile(profile=p, payload={"profile_id": p.profile_id}) for p in profiles]
        return upsert_profiles(connection, incoming, source="test", payloads_expire_at=LATER)


def messages(database: Database) -> list[tuple[str, list[str]]]:
    with database.transaction() as connection:
        rows = connection.execute(sa.select(outbox.c.topic, outbox.c.payload).order_by(outbox.c.sequence))
        return [(row.topic, row.payload["profiles"]) for row in rows]


def test_what_was_written_is_read_back_equal(database: Database) -> None:
    profiles = [account(number) for number in range(25)]
    assert write(database, *profiles) == Upserted(added=25, changed=0, unchanged=0)
    with database.transaction() as connection:
        read = [p for batch in stream_profiles(connection, batch_size=10) for p in batch]
    by_kind = [
        {**{f: getattr(p, f) for f in ("profile_id", "bio", "links", "followers")}, "ids": set(p.identifiers)}
        for p in read
    ]
    assert by_kind == [
        {**{f: getattr(p, f) for f in ("profile_id", "bio", "links", "followers")}, "ids": set(p.identifiers)}
        for p in profiles
    ]


def test_the_same_profiles_again_change_nothing_and_announce_nothing(database: Database) -> None:
    write(database, account(1), account(2))
    before = messages(database)
    assert write(database, account(1), account(2)) == Upserted(added=0, changed=0, unchanged=2)
    assert messages(database) == before == [("profile.changed", ["p0001", "p0002"])]


def test_a_change_replaces_identifiers_and_moves_the_content_digest(database: Database) -> None:
    write(database, account(1), account(2))
    with database.transaction() as connection:
        before = content_digest(connection)
    assert write(database, account(1, identifiers=()), account(2)) == Upserted(added=0, changed=1, unchanged=1)
    with database.transaction() as connection:
        first = next(stream_profiles(connection))
        assert [len(p.identifiers) for p in first] == [0, 2]
        assert content_digest(connection) != before
    assert messages(database)[-1] == ("profile.changed", ["p0001"])


def test_a_shared_email_is_one_identifier(database: Database) -> None:
    write(database, *(account(number) for number in range(10)))
    with database.transaction() as connection:
        emails = sa.select(sa.func.count()).where(identifier.c.kind == "email")
        assert connection.scalar(emails) == 1


def test_consented_contacts_are_kept_and_go_when_consent_goes(database: Database) -> None:
    kept = IncomingContact(kind=IdentifierKind.EMAIL, value="ab" * 32, ciphertext=b"\x00\x01secret")
    item = IncomingProfile(profile=account(1), payload={}, contacts=(kept,))
    with database.transaction() as connection:
        upsert_profiles(connection, [item], source="test", payloads_expire_at=LATER)
        assert connection.scalars(sa.select(contact.c.ciphertext)).all() == [b"\x00\x01secret"]
    write(database, account(1, bio="new"))
    with database.transaction() as connection:
        assert connection.scalars(sa.select(contact.c.ciphertext)).all() == []


def test_deleting_a_profile_takes_all_that_hangs_on_it(database: Database) -> None:
    write(database, account(1), account(2))
    with database.transaction() as connection:
        assert delete_profiles(connection, [ProfileId("p0001"), ProfileId("unknown")]) == 1
        assert connection.scalars(sa.select(raw_payload.c.profile_id)).all() == ["p0002"]
    assert messages(database)[-1] == ("profile.deleted", ["p0001"])


def test_payloads_past_their_time_are_deleted(database: Database) -> None:
    write(database, account(1))
    with database.transaction() as connection:
        connection.execute(raw_payload.update().values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        assert expire_payloads(connection) == 1


@pytest.mark.parametrize("broken", ["platform"])
def test_a_failed_batch_leaves_nothing_behind(database: Database, broken: str) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.engine.begin() as connection:
        upsert_profiles(
            connection,
            [
                IncomingProfile(profile=account(1), payload={}),
                IncomingProfile(profile=account(2, **{broken: None}), payload={}),
            ],
            source="test",
            payloads_expire_at=LATER,
        )
    with database.transaction() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(profile_table)) == 0
    assert messages(database) == []
