"""The golden record: which value wins, where it came from, how sure, and that order does not matter."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.creator import CreatorKind
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.golden import creator_kind, golden_record


def profile(number: int, platform: Platform = Platform.X, **fields: object) -> Profile:
    return Profile(profile_id=ProfileId(f"p{number}"), platform=platform, **fields)  # type: ignore[arg-type]


def page(url: str, field: str = "website", host: str | None = None) -> tuple[Identifier, ...]:
    found = [Identifier(kind=IdentifierKind.URL, value=url, shown=url, field=field)]
    if host:
        found.append(Identifier(kind=IdentifierKind.HOST, value=host, shown=host, field=field))
    return tuple(found)


def test_a_creator_without_members_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        golden_record([])


def test_a_single_profile_is_its_own_record() -> None:
    golden = golden_record([profile(1, display_name=" Jane Roe ", bio="Paints.", followers=5, engagement_rate=2.0)])
    assert (golden.name.value, golden.name.source, golden.name.confidence) == ("Jane Roe", "p1", 1.0)
    assert golden.bio is not None
    assert golden.bio.value == "Paints."
    assert golden.location is None
    assert golden.website is None
    assert (golden.total_followers, golden.average_engagement_rate, golden.verified_anywhere) == (5, 2.0, False)


def test_the_best_supported_name_wins_whatever_its_order_and_decoration() -> None:
    golden = golden_record(
        [
            profile(1, display_name="JANE ROE", username="jane", followers=3),
            profile(2, display_name="Roe, Jane"),
            profile(3, display_name="Jane Roe 🎥"),
            profile(4, display_name="Studio Nine", followers=9),
        ]
    )
    assert golden.name.value == "Roe, Jane"
    assert golden.name.source == "p2"
    # three of one against the primary's one and a half
    assert golden.name.confidence == pytest.approx(3 / 4.5)
    assert golden.name.alternatives == ("Studio Nine",)


def test_a_real_name_beats_handles() -> None:
    golden = golden_record(
        [
            profile(1, username="janeroe", display_name="janeroe", followers=90),
            profile(2, username="janeroe", display_name="janeroe"),
            profile(3, username="jr", display_name="Jane Roe"),
        ]
    )
    assert golden.name.value == "Jane Roe"


def test_a_verified_profile_counts_double() -> None:
    rest = [profile(1, location="Leeds", followers=1), profile(2, location="York", verified=True)]
    location = golden_record(rest).location
    assert location is not None
    assert (location.value, location.alternatives) == ("York", ("Leeds",))
    assert location.confidence == pytest.approx(2 / 3.5)


def test_an_unsure_member_counts_less() -> None:
    members = [profile(1, category="Music"), profile(2, category="Chess"), profile(3, category="chess")]
    unsure = {ProfileId("p2"): 0.2, ProfileId("p3"): 0.2}
    plain, weighed = golden_record(members).category, golden_record(members, confidence=unsure).category
    assert plain is not None
    assert weighed is not None
    assert (plain.value, weighed.value) == ("Chess", "Music")


def test_without_names_the_chosen_handle_and_then_the_id_stand_in() -> None:
    channel = profile(1, Platform.YOUTUBE, username="UC" + "a1" * 11, followers=10)
    assert golden_record([channel, profile(2, username="janeroe")]).name.value == "janeroe"
    assert golden_record([channel]).name.value == channel.username
    bare = golden_record([profile(7)]).name
    assert (bare.value, bare.confidence) == ("p7", 0.0)


def test_the_bio_is_the_one_that_says_most_among_equals() -> None:
    short, long = "Hello!", "Oil painter in Leeds, teaching every Tuesday and selling prints"
    bio = golden_record([profile(1, bio=short, followers=2), profile(2, bio=long)]).bio
    assert bio is not None
    assert (bio.value, bio.source, bio.alternatives) == (long, "p2", (short,))


def test_language_tags_agree_by_their_primary_subtag() -> None:
    language = golden_record(
        [profile(1, language="pt-BR"), profile(2, language="pt"), profile(3, language="en")]
    ).language
    assert language is not None
    assert language.alternatives == ("en",)


def test_the_website_is_a_page_of_ones_own() -> None:
    raw_only = profile(1, website="https://www.instagram.com/janeroe", followers=10)
    shared = profile(2, identifiers=page("https://sho.rt/abc"))
    own = profile(3, identifiers=page("https://www.roe.example/", "bio", host="roe.example"))
    assert golden_record([raw_only]).website is None
    website = golden_record([raw_only, shared, own]).website
    assert website is not None
    assert (website.value, website.source) == ("https://www.roe.example/", "p3")
    assert website.alternatives == ("https://sho.rt/abc",)


def test_the_primary_profile_is_by_followers_then_verified_then_complete_then_id() -> None:
    assert golden_record([profile(1, verified=True), profile(2, followers=1)]).primary_profile == "p2"
    assert golden_record([profile(1, bio="b"), profile(2, verified=True)]).primary_profile == "p2"
    assert golden_record([profile(1), profile(2, bio="b")]).primary_profile == "p2"
    assert golden_record([profile(2), profile(1)]).primary_profile == "p1"


def test_totals() -> None:
    golden = golden_record(
        [
            profile(1, Platform.YOUTUBE, followers=10, engagement_rate=1.0),
            profile(2, Platform.X, followers=None, engagement_rate=4.0, verified=True),
            profile(3, Platform.X, followers=5),
        ]
    )
    assert golden.total_followers == 15
    assert golden.average_engagement_rate == 2.5
    assert golden.verified_anywhere
    assert golden.platforms == (Platform.X, Platform.YOUTUBE)


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ([profile(1, display_name="Jane Roe fan page")], CreatorKind.FAN_PAGE),
        ([profile(1, bio="Unofficial account about Jane Roe")], CreatorKind.FAN_PAGE),
        ([profile(1, bio="I love my fan club"), profile(2, bio="Singer"), profile(3, bio="S")], CreatorKind.UNKNOWN),
        ([profile(1, category="Talent management agency")], CreatorKind.AGENCY),
        ([profile(1, category="Product/service")], CreatorKind.BRAND),
        ([profile(1, category="Musician/band")], CreatorKind.PERSON),
        ([profile(1, job_title="Engineer")], CreatorKind.PERSON),
        ([profile(1, Platform.ORCID)], CreatorKind.PERSON),
        ([profile(1, category="Brand"), profile(2, job_title="Engineer")], CreatorKind.UNKNOWN),
        ([profile(1, display_name="Jane Roe", bio="Hello there")], CreatorKind.UNKNOWN),
    ],
)
def test_kind_is_what_the_profiles_say(members: list[Profile], kind: CreatorKind) -> None:
    assert creator_kind(members, golden_record(members)) is kind


WORDS = st.sampled_from(["Jane Roe", "jane roe", "ROE Jane", "J. Roe", "janeroe", "Яна Роу", "", "  ", "🎥"])
PROFILES = st.builds(
    profile,
    st.just(0),
    st.sampled_from([Platform.X, Platform.YOUTUBE, Platform.WEBSITE]),
    display_name=st.none() | WORDS,
    username=st.none() | WORDS,
    bio=st.none() | WORDS,
    location=st.none() | WORDS,
    category=st.none() | st.sampled_from(["Music", "music", "Brand"]),
    language=st.none() | st.sampled_from(["en", "en-GB", "pt"]),
    followers=st.none() | st.integers(0, 3),
    engagement_rate=st.none() | st.floats(0, 100),
    verified=st.none() | st.booleans(),
    identifiers=st.sampled_from([(), page("https://a.example/x", host="a.example"), page("https://b.example", "bio")]),
)


@given(fields=st.lists(PROFILES, min_size=1, max_size=6), order=st.randoms(use_true_random=False), sure=st.floats(0, 1))
def test_any_order_of_members_gives_the_same_record(fields: list[Profile], order: Random, sure: float) -> None:
    members = [
        Profile(
            **{name: getattr(p, name) for name in p.__slots__ if name != "profile_id"}, profile_id=ProfileId(f"p{i}")
        )
        for i, p in enumerate(fields)
    ]
    confidence = {ProfileId("p1"): sure}
    golden = golden_record(members, confidence=confidence)
    shuffled = order.sample(members, len(members))
    assert golden == golden_record(shuffled, confidence=confidence)
    assert creator_kind(members, golden) is creator_kind(shuffled, golden)

    held = {p.profile_id: p for p in members}
    for name in ("name", "bio", "category", "language", "location"):
        field = getattr(golden, name)
        if field is None:
            continue
        assert 0 <= field.confidence <= 1
        assert field.value not in field.alternatives
        source = held[field.source]
        said = (source.display_name, source.username, source.profile_id) if name == "name" else (getattr(source, name),)
        assert field.value in {text.strip() for text in said if text}
    assert golden.total_followers == sum(p.followers or 0 for p in members)
