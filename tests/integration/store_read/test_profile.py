from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.database import Database
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.profile import (
    creators_of_profiles,
    identifiers_of_profiles,
    members_of_creators,
    profiles_by_account_ids,
    profiles_by_accounts,
    profiles_by_ids,
    profiles_of_creators,
)

NOBODY = ProfileId("nobody")


def test_by_ids_and_accounts_keep_order_and_leave_gaps(world: Database) -> None:
    with world.transaction() as connection:
        by_ids = profiles_by_ids(connection, [ProfileId("p002y"), NOBODY, ProfileId("p001x")])
        by_accounts = profiles_by_accounts(
            connection, [(Platform.X, "maker09"), (Platform.TIKTOK, "maker09"), (Platform.INSTAGRAM, "maker03")]
        )
        by_account_ids = profiles_by_account_ids(
            connection, [(Platform.YOUTUBE, f"UC{4:022}"), (Platform.X, f"UC{4:022}")]
        )
    ids = [
        [each.profile.profile_id if each else None for each in found] for found in (by_ids, by_accounts, by_account_ids)
    ]
    assert ids == [["p002y", None, "p001x"], ["p009x", None, "p003i"], ["p004y", None]]
    assert by_ids[0] is not None
    assert by_ids[0].source == "world.jsonl"


def test_one_statement_pages_the_members_of_many_creators(world: Database, creators: tuple[CreatorId, ...]) -> None:
    def ids(parts: list[Part]) -> list[tuple[list[str], bool]]:
        with world.transaction() as connection:
            return [
                ([each.profile.profile_id for each in page.items], page.more)
                for page in profiles_of_creators(connection, parts)
            ]

    zero, one = creators[0], creators[1]
    parts = [Part(parent=zero, first=2), Part(parent=one, first=1), Part(parent=zero, first=3)]
    assert ids(parts) == [(["p000i", "p000y"], True), (["p001i"], True), (["p000i", "p000y", "p000x"], False)]
    with world.transaction() as connection:
        page = profiles_of_creators(connection, parts[:1])[0]
    # goes on behind a known count to the account whose count is unknown
    assert ids([Part(parent=zero, first=2, after=page.keys[-1])]) == [(["p000x"], False)]
    assert ids([Part(parent=CreatorId("01919999-0000-7000-8000-000000000000"), first=2)]) == [([], False)]


def test_members_and_owners(world: Database, creators: tuple[CreatorId, ...]) -> None:
    with world.transaction() as connection:
        assert creators_of_profiles(connection, [ProfileId("p005x"), NOBODY]) == [creators[5], None]
        assert members_of_creators(connection, [creators[5]]) == [("p005i", "p005x", "p005y")]


def test_identifiers_of_several_profiles(world: Database) -> None:
    with world.transaction() as connection:
        of_i, of_nobody, of_x = identifiers_of_profiles(connection, [ProfileId("p003i"), NOBODY, ProfileId("p003x")])
    assert [each.kind for each in of_i] == [IdentifierKind.EMAIL, IdentifierKind.USERNAME]
    assert of_i[0].shown == "m***@m***.example"
    assert of_nobody == ()
    assert [each.shown for each in of_x] == ["x:maker03"]
