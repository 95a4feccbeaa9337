import pytest

from creatorgraph.resolution.text.handle import handle_of, handles_of_name, stem_of, written_handle
from creatorgraph.resolution.text.nickname import are_forms, formal_and_short


@pytest.mark.parametrize(
    ("platform", "username", "handle"),
    [
        ("x", "@Jane_Roe", "janeroe"),
        ("mastodon", "jane@social.example", "jane"),
        ("bluesky", "janeroe.bsky.social", "janeroe"),
        ("bluesky", "janeroe.com", "janeroe"),
        ("linkedin", "jane-roe-4b314a9a1", "janeroe"),
        ("github", "jane-roe", "janeroe"),
        ("youtube", "UCabcdefghijklmnopqrstuv", None),
        ("youtube", "UCabcdefghijklmnopqrstuv0", "ucabcdefghijklmnopqrstuv0"),
        ("facebook", "100012345", None),
        ("x", "ab", None),
        ("x", "🌻", None),
        ("x", None, None),
    ],
)
def test_the_handle_that_a_person_chose(platform: str, username: str | None, handle: str | None) -> None:
    assert handle_of(platform, username) == handle


@pytest.mark.parametrize(
    ("platform", "username", "written"),
    [
        ("x", "@Jane_Roe", "jane.roe"),
        ("github", "jane--roe-", "jane.roe"),
        ("x", "JaneRoe", "janeroe"),
        ("bluesky", "jane-roe.bsky.social", "jane.roe"),
        ("linkedin", "jane-roe-4b314a9a1", "jane.roe"),
        ("youtube", "UCabcdefghijklmnopqrstuv", None),
        ("x", "_a_", None),
        ("x", None, None),
    ],
)
def test_a_handle_as_it_is_spelled(platform: str, username: str | None, written: str | None) -> None:
    assert written_handle(platform, username) == written


def test_stems_lose_end_digits_only_when_enough_is_left() -> None:
    assert stem_of("janeroe42") == "janeroe"
    assert stem_of("ana42") is None
    assert stem_of("janeroe") is None


def test_usual_handles_of_a_name() -> None:
    made = handles_of_name(("jane", "mary", "roe"))
    assert {"janeroe", "roejane", "jroe", "janemaryroe", "jmroe", "janemroe"} <= set(made)
    assert handles_of_name(("jane",)) == ()
    assert len(set(made)) == len(made)


def test_nicknames_go_both_ways() -> None:
    assert "robert" in formal_and_short("bob")
    assert "bob" in formal_and_short("robert")
    assert are_forms("bob", "robert")
    assert are_forms("robert", "bob")
    assert not are_forms("bob", "jane")
