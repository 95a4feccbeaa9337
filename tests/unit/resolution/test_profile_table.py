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


def test_whom_a_profile_mentions_is_no_account_of_its_own() -> None:
    profile = Profile(
        profile_id=ProfileId("p1"),
        platform=Platform.X,
        identifiers=(
            identifier(IdentifierKind.ACCOUNT, "github:friend", "mentions"),
            identifier(IdentifierKind.MENTION, "x:pal", "mentions"),
            identifier(IdentifierKind.URL, "https://a.example", "mentions"),
            identifier(IdentifierKind.MENTION, "x:other", "bio"),
        ),
    )
    [row] = to_table([profile]).to_pylist()
    assert row["audience"] == ["github:friend", "x:pal"]
    assert row["accounts"] == row["listed_accounts"] == row["urls"] == []
    assert row["mentions"] == ["x:other"]


def test_usernames_are_hashed_where_a_hasher_is_given() -> None:
    def profile(platform: Platform, username: str | None) -> Profile:
        return Profile(profile_id=ProfileId(f"{platform}:{username}"), platform=platform, username=username)

    profiles = [
        profile(Platform.X, "@Jane.Roe"),
        profile(Platform.X, "abc"),
        profile(Platform.YOUTUBE, "UC" + "x" * 22),
        profile(Platform.WEBSITE, None),
    ]
    hashed = to_table(profiles, local_hash=lambda name: f"<{name}>").column("username_local").to_pylist()
    assert hashed == ["<janeroe>", None, None, None]
    assert to_table(profiles).column("username_local").null_count == len(profiles)


def test_no_profiles() -> None:
    assert to_table([]).schema == PROFILE_SCHEMA
