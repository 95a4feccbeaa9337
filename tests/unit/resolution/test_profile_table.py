from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA, to_table


def identifier(kind: IdentifierKind, value: str, field: str) -> Identifier:
    return Identifier(kind=kind, value=value, shown=value, field=field)


def test_identifiers_become_columns_by_kind() -> None:
    profile = Profile(
        profile_id=ProfileId("p1"),
        platform=Platform.X,
        username="Jane",
        links=("https://a.example",),
        followers=7,
        identifiers=(
            identifier(IdentifierKind.USERNAME, "x:jane", "username"),
            identifier(IdentifierKind.ACCOUNT, "github:jane", "website"),
            identifier(IdentifierKind.ACCOUNT, "github:friend", "bio"),
            identifier(IdentifierKind.EMAIL, "hash", "email"),
            identifier(IdentifierKind.MENTION, "pal", "bio"),
        ),
    )
    table = to_table([profile, Profile(profile_id=ProfileId("p2"), platform=Platform.WEBSITE)])
    assert table.schema == PROFILE_SCHEMA
    first, second = table.to_pylist()
    assert first["usernames"] == ["x:jane"]
    assert first["accounts"] == ["github:jane", "github:friend"]
    assert first["listed_accounts"] == ["github:jane"]
    assert first["emails"] == ["hash"]
    assert first["mentions"] == ["pal"]
    assert first["links"] == ["https://a.example"]
    assert second["platform"] == "website"
    assert second["accounts"] == []
    assert second["username"] is None


def test_no_profiles() -> None:
    assert to_table([]).schema == PROFILE_SCHEMA
