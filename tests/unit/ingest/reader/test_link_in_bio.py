"""A link-in-bio page becomes a profile of its platform with the listed accounts."""

import pytest

from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.reader.link_in_bio import page_record
from creatorgraph.ingest.record import Parsed, parse_record

PAGE = {
    "biodrop_username": "mara-l",
    "name": "Mara Lind",
    "bio": "Makes **things**",
    "tags": ["food", "travel", 3],
    "links": [
        {"name": "X", "url": "https://twitter.com/mara", "icon": "FaX"},
        {"name": "Mail", "url": "mailto:mara@studio.example"},
        {"name": "empty", "url": ""},
        {"name": "none"},
        "https://github.com/mara-l",
    ],
    "Socials": [{"url": "https://twitter.com/mara"}, {"url": "https://www.linkedin.com/in/mara"}],
    "testimonials": [{"name": "Nils", "url": "https://twitter.com/nils"}],
}


def test_a_page_with_its_accounts(hasher: ContactHasher) -> None:
    record = page_record(PAGE)
    assert record is not None
    parsed = parse_record(record, hasher=hasher, where="f:1")
    assert isinstance(parsed, Parsed)
    profile = parsed.profile
    assert (profile.profile_id, profile.display_name, profile.category) == (
        "biodrop:mara-l",
        "Mara Lind",
        "food, travel",
    )
    assert profile.identifier_values(IdentifierKind.ACCOUNT) == ("x:mara", "github:mara-l", "linkedin:mara")
    assert len(profile.identifier_values(IdentifierKind.EMAIL)) == 1
    assert "testimonials" in parsed.redacted


@pytest.mark.parametrize(
    ("page", "profile_id"),
    [
        ({"linktree_username": "mara", "links": []}, "linktree:mara"),
        ({"platform": "Linktree", "username": "mara", "links": [{"url": "https://x.com/mara"}]}, "linktree:mara"),
        ({"page_url": "https://beacons.ai/mara", "links": [{"url": "https://x.com/mara"}]}, "beacons:mara"),
    ],
)
def test_other_exports_of_the_shape(hasher: ContactHasher, page: dict[str, object], profile_id: str) -> None:
    record = page_record(page)
    assert record is not None
    parsed = parse_record(record, hasher=hasher, where="f:1")
    assert isinstance(parsed, Parsed)
    assert parsed.profile.profile_id == profile_id


@pytest.mark.parametrize(
    "record",
    [
        {"profile_id": "1", "platform": "x", "links": [{"url": "https://x.com/mara"}]},
        {"profile_id": "1", "platform": "linktree", "links": ["https://x.com/mara"]},
        {"name": "Mara", "links": [{"url": "https://x.com/mara"}]},
        {},
    ],
)
def test_ordinary_records_are_left_alone(record: dict[str, object]) -> None:
    assert page_record(record) is None
