"""A small run, assessed with and without its truth, one of whose people has a hostile name."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.evaluation.assessment import Assessment, Truth, assess, watch_for
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import resolve
from creatorgraph.resolution.profile_table import to_table

HOSTILE = "Zoë <script>alert('x')</script> \"&\x00 Quist"
EMAIL_HASH = "ab" * 32


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedRun:
    profiles: Mapping[str, Profile]
    with_truth: Assessment
    without: Assessment


def _profile(profile_id: str, platform: Platform, username: str, name: str, email: str | None = None) -> Profile:
    own = Identifier(kind=IdentifierKind.USERNAME, value=f"{platform}:{username}", shown=username, field="username")
    contact = Identifier(kind=IdentifierKind.EMAIL, value=email or "", shown="z•••@example.org", field="email")
    return Profile(
        profile_id=ProfileId(profile_id),
        platform=platform,
        username=username,
        display_name=name,
        identifiers=(own, contact) if email else (own,),
    )


@pytest.fixture(scope="session")
def assessed(people: list[dict[str, object]]) -> AssessedRun:
    profiles = {
        str(row["profile_id"]): _profile(
            str(row["profile_id"]),
            Platform(str(row["platform"])),
            str(row["username"]),
            str(row["display_name"] or ""),
        )
        for row in people
    }
    labels = {str(row["profile_id"]): str(row["person"]) for row in people}
    # two people behind one name and email: a false link; and one person who shares nothing: never compared
    for each in (
        _profile("h1", Platform.X, "zoequist", HOSTILE, EMAIL_HASH),
        _profile("h2", Platform.GITHUB, "zoequist", HOSTILE, EMAIL_HASH),
        _profile("n1", Platform.X, "qqwwxx", "Ulla Brandt"),
        _profile("n2", Platform.GITHUB, "kkjjzz", "Milo Vass"),
    ):
        profiles[each.profile_id] = each
    labels |= {"h1": "one", "h2": "other", "n1": "same", "n2": "same", "gone": "absent"}
    table = to_table(profiles.values())
    options = ResolveOptions()
    truth = Truth(labels=labels, columns={"kind": {("n1", "n2"): "apart", ("p0000", "p0001"): "near"}})
    return AssessedRun(
        profiles=profiles,
        with_truth=assess(profiles, resolve(table, watch=watch_for(truth)), options, truth),
        without=assess(profiles, resolve(table, watch=watch_for(None)), options, None),
    )
