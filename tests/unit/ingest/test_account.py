"""Canonical names and URLs of accounts lead to each other, on every platform."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.account import PlatformAccount, account_url, canonical_username
from creatorgraph.ingest.platform_table import RULES
from creatorgraph.ingest.platform_url import parse_url

NAMED = [platform for platform in Platform if platform in RULES or platform is Platform.MASTODON]
SAMPLE = {
    Platform.MASTODON: "mara@social.example",
    Platform.ORCID: "0000-0002-1825-0097",
    Platform.WIKIDATA: "Q42",
    Platform.IMDB: "ur123456",
    Platform.WHATSAPP: "0029VaAbCdEfGhIjKlMnOp",
}


@pytest.mark.parametrize("platform", [platform for platform in NAMED if platform is not Platform.APPLE_PODCASTS])
def test_the_url_of_a_name_gives_the_name_back(platform: Platform) -> None:
    name = canonical_username(platform, f" @{SAMPLE.get(platform, 'mara12')} ")
    assert name is not None
    parsed = parse_url(account_url(platform, name) or "")
    assert isinstance(parsed, PlatformAccount)
    assert (parsed.platform, parsed.username) == (platform, name)


@given(
    platform=st.sampled_from(NAMED),
    text=st.one_of(
        st.text(alphabet=string.ascii_letters + string.digits + "._-@/", min_size=1, max_size=24),
        st.sampled_from(
            ["about", "login", "www", "m", "company/x", "c/x", "people/about", "users", "watch", "in", "a.b@c.example"]
        ),
        st.text(max_size=20),
    ),
)
def test_every_canonical_name_survives_its_url(platform: Platform, text: str) -> None:
    name = canonical_username(platform, text)
    if name is not None:
        assert canonical_username(platform, name) == name
        parsed = parse_url(account_url(platform, name) or "")
        assert isinstance(parsed, PlatformAccount)
        assert (parsed.platform, parsed.username) == (platform, name)


@pytest.mark.parametrize(
    ("platform", "text", "name"),
    [
        (Platform.X, "@Mara_Lind", "mara_lind"),
        (Platform.X, "mara-lind", None),
        (Platform.X, "🦊🦊", None),
        (Platform.FACEBOOK, "Mara.Lind", "maralind"),
        (Platform.INSTAGRAM, "mara.lind...", "mara.lind"),
        (Platform.BLUESKY, "mara", "mara.bsky.social"),
        (Platform.BLUESKY, "mara.example", "mara.example"),
        (Platform.MASTODON, "@Mara@Social.example", "mara@social.example"),
        (Platform.MASTODON, "mara", None),
        (Platform.MASTODON, "mara@localhost", None),
        (Platform.HACKERNEWS, "Mara", "Mara"),
        (Platform.GITHUB, "login", None),
        (Platform.LINKEDIN, "Jörg-Müller", "jörg-müller"),
        (Platform.OTHER, "🦊 fox", None),
        (Platform.OTHER, "🦊fox", "🦊fox"),
    ],
)
def test_names_are_spelled_as_the_platform_does(platform: Platform, text: str, name: str | None) -> None:
    assert canonical_username(platform, text) == name
