"""The first thing that people run: labelled profiles in, creators out, and how well that went."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.graph.element import NodeKind
from creatorgraph.resolution.evaluation import Evaluation, evaluate
from creatorgraph.sample import congress
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import FileSummary, ingest_files
from creatorgraph.services.relay import Relayed, rebuild_graph, relay
from creatorgraph.services.resolve import ResolveSummary, resolve_all
from creatorgraph.services.stopwatch import Stopwatch
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.creator import creators_by_ids
from creatorgraph.store.read.stats import Stats, read_stats
from creatorgraph.synth.world import write_world

SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """A file of profiles and who is behind each of them."""

    name: str
    profiles: Path
    truth: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredSet:
    """What became of one set: its file, its agreement with the labels, and its most widespread creator.

    `widest` is, of the creators that hold profiles of this set alone, the one on the most platforms (of equals: the one
    with the most profiles, then with the smallest profile id).
    """

    name: str
    ingested: FileSummary
    evaluation: Evaluation
    widest: CreatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSummary:
    """`seconds` of wall clock by stage, in order."""

    sets: tuple[ScoredSet, ...]
    stats: Stats
    resolved: ResolveSummary
    relayed: Relayed
    seconds: Mapping[str, float]


def run_demo(engines: Engines, *, synthetic_profiles: int, progress: Progress = Silent()) -> DemoSummary:
    """Takes the Congress accounts and a synthetic world in, resolves all, and scores each against its labels.

    The world is written once to `<data_dir>/demo`, its size and seed in the name. A second call finds the same files and
    unchanged profiles, so it only scores.
    """
    clock = Stopwatch()
    with clock.stage("generate"):
        sets = (_congress(), _synthetic(engines.settings.data_dir / "demo", synthetic_profiles, progress))
    with clock.stage("ingest"):
        ingested = [ingest_files(engines, [s.profiles], source=s.name, progress=progress)[0] for s in sets]
    with clock.stage("resolve"):
        resolved = resolve_all(engines, progress)
    if not resolved.unchanged:
        clock.split("resolve", "encode", resolved.seconds["encode"])
    with clock.stage("graph"):
        if _graph_is_behind(engines):
            rebuild_graph(engines, progress)
        progress.stage("Relaying changes")
        relayed = relay(engines)
    with clock.stage("score"), engines.database.transaction() as connection:
        progress.stage("Comparing with the labels")
        membership: dict[str, CreatorId] = dict(read_memberships(connection).items())
        stats = read_stats(connection)
        scored = tuple(_score(connection, s, file, membership) for s, file in zip(sets, ingested, strict=True))
    return DemoSummary(sets=scored, stats=stats, resolved=resolved, relayed=relayed, seconds=clock.seconds)


def _graph_is_behind(engines: Engines) -> bool:
    """So that another graph engine than last time is filled, by a rebuild and not message by message."""
    with engines.database.transaction() as connection:
        stats = read_stats(connection)
    held = engines.graph.counts().nodes
    return (held[NodeKind.PROFILE], held[NodeKind.CREATOR]) != (stats.profiles, stats.creators)


def _congress() -> LabelledSet:
    return LabelledSet(name="congress", profiles=congress.PROFILES, truth=dict(congress.truth().items()))


def _synthetic(folder: Path, profiles: int, progress: Progress) -> LabelledSet:
    name = f"synthetic-{profiles}-seed-{SEED}"
    files = folder / name / "profiles.jsonl", folder / name / "truth.csv"
    if not all(file.exists() for file in files):
        write_world(folder / name, profiles, SEED, progress)
    with files[1].open(encoding="utf-8", newline="") as stream:
        truth = {row["profile_id"]: row["entity_id"] for row in csv.DictReader(stream)}
    return LabelledSet(name="synthetic", profiles=files[0], truth=truth)


def _score(
    connection: sa.Connection, labelled: LabelledSet, file: FileSummary, membership: Mapping[str, CreatorId]
) -> ScoredSet:
    found = {profile: membership[profile] for profile in labelled.truth if profile in membership}
    return ScoredSet(
        name=labelled.name,
        ingested=file,
        evaluation=evaluate({**found}, labelled.truth),
        widest=_widest(connection, found),
    )


def _widest(connection: sa.Connection, membership: Mapping[str, CreatorId]) -> CreatorId:
    # ids are random: the first profile decides among equals, so that the same creator is shown after every fresh start
    first = {creator: profile for profile, creator in sorted(membership.items(), reverse=True)}
    held = Counter(membership.values())
    seen = [each for each in creators_by_ids(connection, list(first)) if each is not None]
    alone = [each for each in seen if each.members == held[each.creator_id]]
    return min(alone or seen, key=lambda c: (-len(c.golden.platforms), -c.members, first[c.creator_id])).creator_id
