"""Creators for the throughput of GraphQL: each with ten profiles and twelve links of six evidence rows,
stored and as constants."""

import pickle
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.stored import engines_of
from creatorgraph.domain.creator import CreatorId, CreatorKind, GoldenField, GoldenRecord
from creatorgraph.domain.link import Evidence, Link
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.store.read.creator import CreatorSeen, creators_by_ids
from creatorgraph.store.read.keyset import Page, Part
from creatorgraph.store.read.link import LinkSeen, links_of_creators
from creatorgraph.store.read.profile import ProfileSeen, profiles_of_creators
from creatorgraph.store.write.creator import MergedView, write_creators, write_membership
from creatorgraph.store.write.link import replace_links
from creatorgraph.store.write.profile import IncomingProfile, upsert_profiles

CREATORS, PROFILES, LINKS, EVIDENCE = 100, 10, 12, 6
Constant = tuple[CreatorSeen, Page[ProfileSeen], Page[LinkSeen]]
"""A creator, its first page of profiles, its first page of links."""

_PLATFORMS = (Platform.INSTAGRAM, Platform.YOUTUBE, Platform.X, Platform.TIKTOK)
_SIGNALS = ("username", "display_name", "bio", "website", "followers", "location")


def creator_id(number: int) -> CreatorId:
    return CreatorId(f"01930000-0000-7000-8000-{number:012d}")


def write_world(data_dir: Path) -> None:
    later = datetime.now(UTC) + timedelta(days=90)
    incoming = [
        IncomingProfile(profile=_profile(n, place), payload={}) for n in range(CREATORS) for place in range(PROFILES)
    ]
    with engines_of(data_dir) as engines, engines.database.transaction() as connection:
        upsert_profiles(connection, incoming, source="throughput", payloads_expire_at=later)
        write_creators(connection, [_view(number) for number in range(CREATORS)])
        write_membership(
            connection, {_id(n, place): creator_id(n) for n in range(CREATORS) for place in range(PROFILES)}
        )
        replace_links(connection, [each for number in range(CREATORS) for each in _links(number)])


def write_constants(data_dir: Path, file: Path) -> None:
    """The same, as the repositories give it: what an answer is made of once everything was read."""
    ids = [creator_id(number) for number in range(CREATORS)]
    with engines_of(data_dir) as engines, engines.database.transaction() as connection:
        creators = creators_by_ids(connection, ids)
        profiles = profiles_of_creators(connection, [Part(parent=each, first=PROFILES) for each in ids])
        links = links_of_creators(connection, [Part(parent=each, first=LINKS) for each in ids])
    file.write_bytes(pickle.dumps(dict(zip(ids, zip(creators, profiles, links, strict=True), strict=True))))


def read_constants(file: Path) -> dict[CreatorId, Constant]:
    """Only of a file that this process's parent has just written."""
    found: Any = pickle.loads(file.read_bytes())  # noqa: S301  our own
    return dict(found)


def _id(number: int, place: int) -> ProfileId:
    return ProfileId(f"t{number:03}-{place:02}")


def _profile(number: int, place: int) -> Profile:
    platform = _PLATFORMS[place % len(_PLATFORMS)]
    name = f"maker{number:03}x{place}"
    return Profile(
        profile_id=_id(number, place),
        platform=platform,
        username=name,
        url=f"https://{platform.value}.com/{name}",
        display_name=f"Maker {number:03}",
        bio="Bakes sourdough bread, restores old bicycles, and writes about both every week.",
        location="Lyon, France",
        language="en",
        category="food",
        followers=1000 + 17 * place,
        engagement_rate=2.5,
        verified=place == 0,
    )


def _view(number: int) -> MergedView:
    def field(value: str) -> GoldenField:
        return GoldenField(value=value, source=_id(number, 0), confidence=0.9, alternatives=())

    golden = GoldenRecord(
        name=field(f"Maker {number:03}"),
        bio=field("Bakes sourdough bread."),
        category=field("food"),
        language=field("en"),
        location=field("Lyon, France"),
        website=None,
        primary_profile=_id(number, PROFILES - 1),
        platforms=_PLATFORMS,
        total_followers=sum(1000 + 17 * place for place in range(PROFILES)),
        average_engagement_rate=2.5,
        verified_anywhere=True,
    )
    return MergedView(creator_id=creator_id(number), golden=golden, kind=CreatorKind.PERSON, members=PROFILES)


def _links(number: int) -> list[Link]:
    pairs = list(combinations(range(PROFILES), 2))[:LINKS]
    return [
        Link(
            left=_id(number, left),
            right=_id(number, right),
            probability=0.9 + right / 1000,
            match_weight=9.5,
            accepted=True,
            model_version="m1",
            evidence=tuple(
                Evidence(
                    signal=signal,
                    level="same",
                    left_value=f"maker {left}",
                    right_value=f"maker {right}",
                    match_weight=1.5,
                    explanation=f"The {signal} of the two accounts agree.",
                )
                for signal in _SIGNALS
            ),
        )
        for left, right in pairs
    ]
