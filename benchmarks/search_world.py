"""A stored synthetic world whose creators are the true ones, with what each is about and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

import orjson

from benchmarks.search_query import JudgedQuery
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.golden import creator_kind, golden_record
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.search_document import rebuild_documents
from creatorgraph.store.read.bulk import stream_profiles
from creatorgraph.store.write.creator import MergedView, write_creators, write_membership
from creatorgraph.synth.crowd import Crowd
from creatorgraph.synth.handle import TakenHandles
from creatorgraph.synth.person import Person
from creatorgraph.synth.record import Record
from creatorgraph.synth.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the profiles of a person say that they are about, and which place they name (Latin; None: none)."""

    niche: str
    topics: frozenset[str]
    place: str | None


@dataclass(frozen=True, slots=True)
class KnownWorld(World):
    """The same records as the world of this size and seed, and who is behind them."""

    people: list[tuple[Person, list[Record]]] = field(default_factory=list, compare=False)

    def _creator(self, rng: Random, person: Person, taken: TakenHandles, crowd: Crowd) -> list[Record]:
        records = World._creator(self, rng, person, taken, crowd)
        self.people.append((person, records))
        return records


def subject_of(person: Person, records: Sequence[Record]) -> Subject | None:
    """As somebody judges who reads the profiles and knows every language: what none of them says does not count.

    None where neither a category nor a bio says what the person is about.
    """
    bios = [record["bio"].casefold() for record in records if record["bio"]]
    if not bios and not any(record["category"] for record in records):
        return None
    said = [*bios, *(record["location"].casefold() for record in records if record["location"])]
    placed = any(place.casefold() in text for place in person.place for text in said)
    return Subject(
        niche=person.facts.niche.category,
        topics=frozenset(topic for topic in person.facts.topics if any(topic.casefold() in bio for bio in bios)),
        place=person.place[1] if placed else None,
    )


def niche_relevance(query: JudgedQuery, subject: Subject | None) -> int:
    """Another niche 0, the niche 3; where the query names a place, the niche elsewhere 1. What filters ask for (language,
    size) everybody has who is asked."""
    if subject is None or subject.niche != query.niche:
        return 0
    return 3 if query.place in (None, subject.place) else 1


def topic_relevance(query: JudgedQuery, subject: Subject | None) -> int:
    """Stricter: the niche 2 and the very topic 3; where the query names a place, the niche elsewhere 1, the topic elsewhere 2,
    the niche at the place 3."""
    if subject is None or subject.niche != query.niche:
        return 0
    topical = bool(subject.topics & query.topics)
    if query.place is None:
        return 2 + topical
    return 3 if subject.place == query.place else 1 + topical


def store_world(engines: Engines, folder: Path, profiles: int, seed: int) -> dict[CreatorId, Subject | None]:
    """Ingests the world and makes one creator of each of its entities; what each creator is about (None: it is no person).

    The truth in place of a resolution, so that what is measured is the search alone.
    """
    world = KnownWorld(profiles, seed)
    entities: dict[ProfileId, str] = {}
    file = folder / "profiles.jsonl"
    with file.open("wb") as records:
        for made in world.records():
            records.write(orjson.dumps(made.record, option=orjson.OPT_APPEND_NEWLINE))
            entities[ProfileId(made.record["profile_id"])] = made.entity_id
    ingest_files(engines, [file])
    _write_creators(engines, entities)
    sync_indexes(engines, bios=False)
    rebuild_documents(engines)
    return subjects_of(world, entities)


def subjects_of(world: KnownWorld, entities: Mapping[ProfileId, str]) -> dict[CreatorId, Subject | None]:
    """What each creator is about; None where it is no person, or none that says it."""
    about: dict[CreatorId, Subject | None] = dict.fromkeys(map(creator_id, entities.values()))
    for person, records in world.people:
        kept = [record for record in records if ProfileId(record["profile_id"]) in entities]
        if kept:
            about[creator_id(entities[ProfileId(kept[0]["profile_id"])])] = subject_of(person, kept)
    return about


def creator_id(entity: str) -> CreatorId:
    return CreatorId(str(UUID(int=(0x0190 << 112) | (7 << 76) | (2 << 62) | int(entity[1:]))))


def _write_creators(engines: Engines, entities: dict[ProfileId, str]) -> None:
    with engines.database.transaction() as connection:
        found: dict[CreatorId, list[Profile]] = {}
        for batch in stream_profiles(connection):
            for profile in batch:
                if profile.profile_id in entities:
                    found.setdefault(creator_id(entities[profile.profile_id]), []).append(profile)
        views = (
            MergedView(
                creator_id=each, golden=(golden := golden_record(own)), kind=creator_kind(own, golden), members=len(own)
            )
            for each, own in found.items()
        )
        write_creators(connection, views)
        write_membership(connection, {p.profile_id: each for each, own in found.items() for p in own})
