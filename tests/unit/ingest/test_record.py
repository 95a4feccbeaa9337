"""A record of any kind becomes a profile or a rejection, and never an exception."""

from collections.abc import Callable

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import FIELDS, Parsed, parse_record
from creatorgraph.ingest.reject import Rejected, RejectReason

Parse = Callable[..., Parsed]
K = IdentifierKind


def values(profile: Profile, kind: IdentifierKind) -> list[str]:
    return list(profile.identifier_values(kind))


def test_a_full_record(parsed: Parse) -> None:
    result = parsed(
        username="@Mara.Lind",
        display_name=" Mara Lind ",
        bio="Food. mara@studio.example, yt: maratalks",
        website="mara.dev",
        links=["https://twitter.com/MaraL", {"url": "https://www.instagram.com/mara.lind/"}, "https://mara.github.io"],
        location="Berlin, Germany",
        followers="12,300",
        phone="030 901820",
        engagement_rate="3.5%",
        verified="yes",
        mentions=["@Studio.Nord", "youtube:nordkanal"],
        observed_at="2026-03-01",
        shoe_size=39,
    )
    profile = result.profile
    assert (profile.username, profile.display_name, profile.followers) == ("Mara.Lind", "Mara Lind", 12300)
    assert profile.url == "https://www.instagram.com/mara.lind/"
    assert values(profile, K.USERNAME) == ["instagram:mara.lind"]
    assert values(profile, K.ACCOUNT) == ["x:maral", "github:mara", "youtube:maratalks", "youtube:nordkanal"]
    assert values(profile, K.HOST) == ["mara.dev", "mara.github.io"]
    assert values(profile, K.MENTION) == ["instagram:studio.nord"]
    assert [i.shown for i in profile.identifiers if i.kind in (K.EMAIL, K.PHONE)] == [
        "+49 *** **20",
        "m***@s***.example",
    ]
    assert profile.bio == "Food. m***@s***.example, yt: maratalks"
    assert result.redacted["shoe_size"] == 39
    assert result.notes == ()
    assert result.contacts == ()


def test_no_plain_contact_is_left_anywhere(parsed: Parse) -> None:
    result = parsed(
        display_name="Mara mara@studio.example",
        bio="+49 30 901820",
        email="mara@studio.example",
        website="https://studio.example/?mail=mara@studio.example",
        links="mailto:mara@studio.example tel:+4930901820 https://wa.me/4930901820",
        company="Call +49 30 901820",
        extra=["mara@studio.example"],
    )
    everything = repr(result)
    assert "mara@studio" not in everything
    assert "901820" not in everything.replace(" ", "")
    assert len(values(result.profile, K.PHONE)) == len(values(result.profile, K.EMAIL)) == 1


def test_consent_hands_the_plain_contacts_over(parsed: Parse) -> None:
    contacts = parsed(email="Mara@Studio.example", phone="+49 30 901820", consent=True).contacts
    assert [(contact.kind, contact.plain, contact.field) for contact in contacts] == [
        (K.EMAIL, "mara@studio.example", "email"),
        (K.PHONE, "+4930901820", "phone"),
    ]
    assert "mara@studio" not in repr(parsed(email="Mara@Studio.example", consent="no"))


@pytest.mark.parametrize(
    ("fields", "platform", "username"),
    [
        ({"platform": "Twitter", "username": "mara"}, Platform.X, "x:mara"),
        ({"platform": "X (Twitter)", "username": "mara"}, Platform.X, "x:mara"),
        ({"platform": "yt", "username": "https://youtube.com/@Mara"}, Platform.YOUTUBE, "youtube:mara"),
        ({"platform": None, "username": "https://tiktok.com/@mara"}, Platform.TIKTOK, "tiktok:mara"),
        ({"platform": None, "username": None, "url": "https://x.com/mara"}, Platform.X, "x:mara"),
        ({"platform": "Ko-fi", "username": "mara"}, Platform.KOFI, "kofi:mara"),
        ({"platform": "Myspace", "username": "Mara"}, Platform.OTHER, "other:myspace/mara"),
        ({"platform": "linkedin", "username": "company/Lind-Media"}, Platform.LINKEDIN, "linkedin:company/lind-media"),
    ],
)
def test_platforms_and_usernames_are_understood(
    parsed: Parse, fields: dict[str, str], platform: Platform, username: str
) -> None:
    profile = parsed(**fields).profile
    assert profile.platform is platform
    assert values(profile, K.USERNAME) == [username]


def test_a_website_has_its_url_and_no_username(parsed: Parse) -> None:
    profile = parsed(platform="website", username=None, website="https://www.mara.dev/").profile
    assert (profile.platform, profile.url, values(profile, K.USERNAME)) == (Platform.WEBSITE, "https://mara.dev", [])
    assert values(profile, K.HOST) == ["mara.dev"]


def test_an_id_is_made_from_platform_and_username(parsed: Parse) -> None:
    assert parsed(profile_id=None, platform="twitter", username="@Mara").profile.profile_id == "x:mara"
    assert parsed(
        profile_id=None, platform="youtube", username=None, url=f"youtube.com/channel/UC{'a' * 22}"
    ).profile.account_id


@pytest.mark.parametrize(
    ("record", "reason", "field"),
    [
        ({"username": "mara"}, RejectReason.MISSING_PLATFORM, "platform"),
        ({}, RejectReason.MISSING_PLATFORM, "platform"),
        ({"platform": "x"}, RejectReason.MISSING_PROFILE_ID, "profile_id"),
        ({"platform": "x", "username": "🦊"}, RejectReason.MISSING_PROFILE_ID, "profile_id"),
        ({"profile_id": "1", "platform": "x", "bio": "b" * (10 << 20)}, RejectReason.FIELD_TOO_LARGE, "bio"),
        ({"profile_id": "1", "platform": "x", "links": ["l" * 600_000] * 2}, RejectReason.FIELD_TOO_LARGE, "links"),
    ],
)
def test_rejections_have_a_reason(
    hasher: ContactHasher, record: dict[str, object], reason: RejectReason, field: str
) -> None:
    result = parse_record(record, hasher=hasher, where="f:1")
    assert isinstance(result, Rejected)
    assert (result.reason, result.field) == (reason, field)


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"followers": -5}, "f.jsonl:1: followers is negative; it was dropped"),
        ({"followers": "lots"}, "f.jsonl:1: followers is not a number; it was dropped"),
        ({"observed_at": "then"}, "f.jsonl:1: observed_at is not a time; it was dropped"),
        ({"bio": "a\x00b"}, "f.jsonl:1: bio had NUL bytes; they were taken out"),
        ({"bio": "b" * 70_000}, "f.jsonl:1: bio was cut to 65536 characters"),
        (
            {"username": "🦊🦊"},
            "f.jsonl:1: username is not a name that instagram gives; it is kept as text and identifies nothing",
        ),
        ({"username": "mara@studio.example"}, "f.jsonl:1: username is an email address; it was kept as one"),
        (
            {"website": "https://mara:secret@mara.dev"},
            "f.jsonl:1: website: credentials: has a user name or password before the host; they were taken off",
        ),
        ({"links": ["https://bit.ly/x"]}, "f.jsonl:1: links: shortener: a link shortener hides the address"),
        ({"email": "nobody"}, "f.jsonl:1: email is not a valid address"),
        ({"links": [7]}, "f.jsonl:1: links has an entry that is not text; it was dropped"),
    ],
)
def test_what_is_dropped_or_changed_is_noted(parsed: Parse, fields: dict[str, object], note: str) -> None:
    result = parsed(**fields)
    assert result.notes == (note,)
    assert "\x00" not in repr(result.profile)
    assert "secret" not in repr(result)


def test_an_emoji_username_is_kept_as_text(parsed: Parse) -> None:
    profile = parsed(username="🦊🦊").profile
    assert (profile.username, profile.url, values(profile, K.USERNAME)) == ("🦊🦊", None, [])
    assert values(parsed(platform="other", username="🦊").profile, K.USERNAME) == ["other:other/🦊"]


def test_a_domain_handle_on_bluesky_is_a_site_of_the_owner(parsed: Parse) -> None:
    assert values(parsed(platform="bluesky", username="mara.dev").profile, K.HOST) == ["mara.dev"]
    assert values(parsed(platform="bluesky", username="mara.bsky.social").profile, K.HOST) == []


def test_a_mention_on_a_website_is_for_any_platform(parsed: Parse) -> None:
    assert values(parsed(platform="website", username=None, bio="with @Nils").profile, K.MENTION) == ["*:nils"]


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=40),
        st.sampled_from(
            [
                "x",
                "instagram",
                "https://x.com/mara",
                "a@b.example",
                "@mara",
                "\x00",
                "🦊",
                "1.2M",
                "+4930901820",
                "\ud800",
            ]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["url", "a"]), inner, max_size=2)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.one_of(st.sampled_from(sorted(FIELDS)), st.text(max_size=6)), JSON, max_size=12))
def test_no_record_makes_it_raise(record: dict[str, object]) -> None:
    hasher = ContactHasher(b"a key that is only for tests 0123")
    first = parse_record(record, hasher=hasher, where="f:1")
    assert first == parse_record(record, hasher=hasher, where="f:1")
    if isinstance(first, Parsed):
        orjson.dumps(first.redacted)
        assert first.profile.profile_id
        keys = [(i.kind, i.value) for i in first.profile.identifiers]
        assert len(keys) == len(set(keys))


def test_several_emails_and_a_number_with_dots_and_spaces_are_all_found(parsed: Parse) -> None:
    result = parsed(email="ab@studio.example,cd@studio.example", phone="+1 212.555.0123", consent=True)
    assert [each.plain for each in result.contacts] == ["ab@studio.example", "cd@studio.example", "+12125550123"]
    assert result.notes == ()


@pytest.mark.parametrize("text", ["b" * 1025, "\u4f60" * 342])
def test_an_id_that_no_index_takes_is_refused_and_never_cut(text: str, hasher: ContactHasher) -> None:
    for record in ({"profile_id": text, "platform": "x"}, {"platform": "x", "username": "a", "profile_id": text}):
        refused = parse_record(record, hasher=hasher, where="f:1")
        assert isinstance(refused, Rejected)
        assert (refused.reason, refused.field) == (RejectReason.FIELD_TOO_LARGE, "profile_id")
    kept = parse_record({"profile_id": text[:341], "platform": "x"}, hasher=hasher, where="f:1")
    assert isinstance(kept, Parsed)


def test_an_identifier_that_no_index_takes_is_left_out(parsed: Parse) -> None:
    result = parsed(website="https://mara.example/" + "\u4f60" * 700, display_name="\u4f60" * 1024)
    assert values(result.profile, K.URL) == []
    assert values(result.profile, K.HOST) == ["mara.example"]
    assert result.profile.website is not None
    assert result.notes == (
        "f.jsonl:1: display_name was cut to 512 characters",
        "f.jsonl:1: website: longer than 2000 bytes; it ties nothing",
    )
    assert len((result.profile.display_name or "").encode()) < 2000
