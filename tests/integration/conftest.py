"""A small stored world for the tests that read: 60 creators of three niches with three profiles each, and their past."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from creatorgraph.config import Settings
from creatorgraph.domain.creator import CreatorId, CreatorKind, GoldenField, GoldenRecord
from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.identity_event import IdentityEvent, IdentityEventKind
from creatorgraph.domain.link import Evidence, Link
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.review import ReviewItem, ReviewReason
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.services.engines import Engines
from creatorgraph.store.database import Database
from creatorgraph.store.table import creator, decision
from creatorgraph.store.write.creator import (
    MergedView,
    append_events,
    retire_creators,
    write_creators,
    write_membership,
)
from creatorgraph.store.write.link import replace_links
from creatorgraph.store.write.profile import IncomingProfile, upsert_profiles
from creatorgraph.store.write.resolution_run import add_run
from creatorgraph.store.write.review import replace_open_items
from tests.service_shape import Services, started

CREATORS = 60
START = datetime(2026, 1, 1, tzinfo=UTC)
NICHES = {
    "cooking": "I bake sourdough bread and cakes. New recipes every week. Write to me for fairs.",
    "gaming": "Speedruns of retro video games. Live on weekends. Console collector.",
    "travel": "Backpacking through mountains and villages. Photos of long hikes. Always on the road.",
}
PLATFORMS = {"i": Platform.INSTAGRAM, "x": Platform.X, "y": Platform.YOUTUBE}
OLD, OLDER, GONE, ERASED = (CreatorId(f"0190ffff-0000-7000-8000-{n:012d}") for n in range(4))
"""Retired ids: OLDER leads to OLD, OLD to creator 0; GONE and ERASED lead nowhere."""


def creator_id(number: int) -> CreatorId:
    return CreatorId(f"01910000-0000-7000-8000-{number:012d}")


def profile_id(number: int, platform: str) -> ProfileId:
    return ProfileId(f"p{number:03}{platform}")


def followers_of(number: int, platform: str) -> int | None:
    # the X accounts do not tell; numbers repeat, so that orders have ties
    return None if platform == "x" else (number % 20 + 1) * (100 if platform == "i" else 10)


@pytest.fixture(scope="session")
def world(session_database: Database) -> Database:
    """The database with the world in it, written with the product's own writers. Read it only."""
    write_world(session_database)
    return session_database


@pytest.fixture(scope="session")
def creators() -> tuple[CreatorId, ...]:
    """The ids of the world's living creators, by number."""
    return tuple(creator_id(number) for number in range(CREATORS))


@pytest.fixture(scope="session")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the encoder's converted weights lie, once `encoder` was there."""
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="session")
def encoder(model_dir: Path) -> Encoder:
    # loading the engines costs a second, which suites that do without need not pay
    from creatorgraph.embeddings.ctranslate2_encoder import CTranslate2Encoder

    return CTranslate2Encoder(model_dir, compute_type="float32", threads=2)


@pytest.fixture(scope="session")
def engines(world: Database, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """All engines over the world: embedded graph, real encoder, filled indexes."""
    from creatorgraph.services.index import sync_indexes
    from creatorgraph.services.search_document import rebuild_documents

    folder = tmp_path_factory.mktemp("data")
    opened = embedded_engines(world, encoder, folder)
    sync_indexes(opened)
    rebuild_documents(opened)
    yield opened
    opened.graph.close()


def embedded_engines(database: Database, encoder: Encoder, folder: Path) -> Engines:
    from creatorgraph.embeddings.index import VectorIndex
    from creatorgraph.graph.embedded.graph import EmbeddedGraph

    profiles, bios = (
        VectorIndex.open(folder / "index" / name, encoder_name=encoder.name, dimensions=encoder.dimensions)
        for name in ("profile", "bio")
    )
    return Engines(
        settings=Settings(data_dir=folder),
        database=database,
        graph=EmbeddedGraph(database.engine),
        encoder=lambda: encoder,
        profile_index=lambda: profiles,
        bio_index=lambda: bios,
    )


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A real Neo4j and a real Redis of this module's own."""
    with started(tmp_path_factory.mktemp("services")) as running:
        yield running


def write_world(database: Database) -> None:
    incoming = [
        IncomingProfile(profile=made_profile(number, letter), payload={"made": True})
        for number in range(CREATORS)
        for letter in PLATFORMS
    ]
    with database.transaction() as connection:
        upsert_profiles(connection, incoming, source="world.jsonl", payloads_expire_at=START + timedelta(days=900))
        write_creators(connection, [_view(number) for number in range(CREATORS)])
        write_membership(
            connection, {profile_id(n, letter): creator_id(n) for n in range(CREATORS) for letter in PLATFORMS}
        )
        _write_past(connection)
        replace_links(connection, made_links())
        replace_open_items(connection, made_items())
        _write_decisions(connection)
        options = asdict(ResolveOptions())
        add_run(
            connection,
            input_digest=b"world",
            model_version="m1",
            model={"model_version": "m1"},
            summary={"options": options},
        )


def made_profile(number: int, letter: str) -> Profile:
    platform, name = PLATFORMS[letter], f"maker{number:02}"
    niche = list(NICHES)[number % 3]
    identifiers = [
        Identifier(
            kind=IdentifierKind.USERNAME, value=f"{platform}:{name}", shown=f"{platform}:{name}", field="username"
        )
    ]
    if letter != "x":
        identifiers.append(
            Identifier(kind=IdentifierKind.EMAIL, value=f"{number:064x}", shown="m***@m***.example", field="email")
        )
    if letter == "y":
        lasting = f"{platform}:UC{number:022}"
        identifiers.append(Identifier(kind=IdentifierKind.ACCOUNT_ID, value=lasting, shown=lasting, field="account_id"))
    return Profile(
        profile_id=profile_id(number, letter),
        platform=platform,
        username=name.title(),
        account_id=f"UC{number:022}" if letter == "y" else None,
        url=f"https://{platform}.com/{name}",
        display_name=f"Maker {number:02}",
        bio=NICHES[niche] if letter != "x" else None,
        location="Lyon, France" if number % 2 else None,
        language="en",
        category=niche,
        followers=followers_of(number, letter),
        engagement_rate=2.5 if letter == "i" else None,
        verified=letter == "i" and number % 5 == 0,
        identifiers=tuple(identifiers),
    )


def made_links() -> list[Link]:
    links = []
    for n in range(CREATORS):
        i, x, y = (profile_id(n, letter) for letter in "ixy")
        links += [_link(i, y, 0.99), _link(x, y, 0.8), _link(i, x, 0.1)]
    links.append(_link(profile_id(1, "x"), profile_id(2, "i"), 0.45))
    return links


def made_items() -> list[ReviewItem]:
    pairs = {
        (profile_id(1, "x"), profile_id(2, "i")): (ReviewReason.UNCERTAIN_LINK, 0.45, 9.0),
        (profile_id(3, "x"), profile_id(3, "y")): (ReviewReason.BRIDGE, 0.8, 3.0),
        (profile_id(4, "i"), profile_id(4, "x")): (ReviewReason.CONFLICT, 0.1, 3.0),
    }
    return [
        ReviewItem(left=left, right=right, reason=reason, probability=probability, priority=priority)
        for (left, right), (reason, probability, priority) in pairs.items()
    ]


def _link(left: ProfileId, right: ProfileId, probability: float) -> Link:
    evidence = (
        Evidence(
            signal="username",
            level="same",
            left_value="maker",
            right_value="maker",
            match_weight=6.5,
            explanation="The usernames are the same.",
        ),
        Evidence(
            signal="bio",
            level="missing",
            left_value=None,
            right_value=None,
            match_weight=0.0,
            explanation="One of the two has no bio.",
        ),
    )
    return Link(
        left=left,
        right=right,
        probability=probability,
        match_weight=4.0,
        evidence=evidence,
        accepted=probability >= 0.5,
        model_version="m1",
    )


def _view(number: int) -> MergedView:
    first, niche = profile_id(number, "i"), list(NICHES)[number % 3]

    def field(value: str) -> GoldenField:
        return GoldenField(value=value, source=first, confidence=0.9, alternatives=("Maker",))

    golden = GoldenRecord(
        name=field(f"Maker {number:02}"),
        bio=field(NICHES[niche]),
        category=field(niche),
        language=field("en"),
        location=field("Lyon, France") if number % 2 else None,
        website=None,
        primary_profile=first,
        platforms=tuple(PLATFORMS.values()),
        total_followers=sum(followers_of(number, letter) or 0 for letter in PLATFORMS),
        average_engagement_rate=2.5,
        verified_anywhere=number % 5 == 0,
    )
    return MergedView(creator_id=creator_id(number), golden=golden, kind=CreatorKind.PERSON, members=3)


def _write_past(connection: sa.Connection) -> None:
    former = [
        MergedView(creator_id=each, golden=_view(0).golden, kind=CreatorKind.PERSON, members=1)
        for each in (OLD, OLDER, GONE)
    ]
    write_creators(connection, former)
    retire_creators(connection, {OLD: creator_id(0), OLDER: OLD, GONE: None})
    i = profile_id(0, "i")
    steps: list[tuple[IdentityEventKind, CreatorId, CreatorId | None]] = [
        (IdentityEventKind.CREATED, creator_id(0), None),
        (IdentityEventKind.LEFT, OLDER, OLD),
        (IdentityEventKind.JOINED, OLD, OLDER),
        (IdentityEventKind.RETIRED, OLDER, OLD),
        (IdentityEventKind.MERGED, creator_id(0), OLD),
        (IdentityEventKind.RETIRED, OLD, creator_id(0)),
        (IdentityEventKind.RETIRED, GONE, None),
        (IdentityEventKind.ERASED, ERASED, None),
    ]
    append_events(
        connection,
        [
            IdentityEvent(
                kind=kind, creator_id=one, other=other, profiles=(i,), cause="run 1", at=START + timedelta(days=n)
            )
            for n, (kind, one, other) in enumerate(steps)
        ],
    )
    # creators share the moment of their last update in pairs, so that the order by it has ties
    connection.execute(
        creator.update().where(creator.c.creator_id == sa.bindparam("which")).values(updated_at=sa.bindparam("moment")),
        [{"which": creator_id(n), "moment": START + timedelta(hours=n // 2)} for n in range(CREATORS)],
    )


def _write_decisions(connection: sa.Connection) -> None:
    left, right = profile_id(1, "i"), profile_id(3, "i")
    made = [
        ("0192aaaa-0000-7000-8000-000000000001", left, right, "same", None),
        ("0192aaaa-0000-7000-8000-000000000002", left, right, "different", None),
        ("0192aaaa-0000-7000-8000-000000000003", left, profile_id(5, "i"), "different", None),
        (
            "0192aaaa-0000-7000-8000-000000000004",
            left,
            profile_id(5, "i"),
            "unsure",
            "0192aaaa-0000-7000-8000-000000000003",
        ),
    ]
    connection.execute(
        decision.insert(),
        [
            {
                "decision_id": id_,
                "left_id": one,
                "right_id": other,
                "verdict": verdict,
                "actor": "steward",
                "undoes": undoes,
                "at": START + timedelta(hours=n),
            }
            for n, (id_, one, other, verdict, undoes) in enumerate(made)
        ],
    )
