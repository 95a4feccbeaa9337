"""What a run over everything found, written onto what stands by then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa
import sqlalchemy as sa

from creatorgraph.domain.decision import Decision, settled_pairs
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.progress import Progress
from creatorgraph.domain.review import ReviewItem
from creatorgraph.resolution.identity import IdentityChange, assign_identities, new_creator_id
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import Resolution, links_of
from creatorgraph.resolution.reclustering import reclustered
from creatorgraph.resolution.result import FAINT_SCHEMA
from creatorgraph.resolution.review import ReviewFacts, review_items
from creatorgraph.services.identity_change import write_change
from creatorgraph.services.stopwatch import Stopwatch
from creatorgraph.store.read.bulk import read_decisions, read_first_seen, read_memberships
from creatorgraph.store.write.link import replace_faint_links, replace_links, replace_similarities
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.review import count_open_items, replace_open_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`decisions` are those that the run knew, `facts` what the review looks at, `similar` pairs of bios with their cosine,
    `meanings` whether bios were compared by what they mean."""

    resolution: Resolution
    decisions: Sequence[Decision]
    options: ResolveOptions
    facts: Mapping[ProfileId, ReviewFacts]
    similar: Sequence[tuple[str, str, float]]
    meanings: bool


def write_finding(
    connection: sa.Connection, found: Finding, clock: Stopwatch, progress: Progress
) -> tuple[IdentityChange, int]:
    """The change of identities, and how many review items wait. Decisions that the run did not know are heard.

    The caller holds the run's lock: nobody acts meanwhile.
    """
    resolution = found.resolution
    with clock.stage("identities"):
        progress.stage("Giving identities")
        decisions, clusters = read_decisions(connection), resolution.clusters
        if [each.decision_id for each in decisions] != [each.decision_id for each in found.decisions]:
            clusters = reclustered(resolution, decisions, found.options)
        change = _identities(connection, clusters, cause=resolution.model["model_version"])
    with clock.stage("review"):
        items = _review(found, change, decisions)
    with clock.stage("write"):
        progress.stage("Writing creators")
        return change, _write(connection, found, change, items)


def _identities(connection: sa.Connection, clusters: pa.Table, *, cause: str) -> IdentityChange:
    groups: dict[int, list[ProfileId]] = defaultdict(list)
    ids, labels = (clusters.column(n).to_pylist() for n in ("profile_id", "cluster"))
    for profile_id, label in zip(ids, labels, strict=True):
        groups[label].append(profile_id)
    return assign_identities(
        groups.values(),
        current=read_memberships(connection),
        first_seen=read_first_seen(connection),
        cause=f"resolution {cause}",
        at=datetime.now(UTC),
        new_id=new_creator_id,
    )


def _review(found: Finding, change: IdentityChange, decisions: Sequence[Decision]) -> list[ReviewItem]:
    return review_items(
        links_of(found.resolution.links, evidence=False),
        change.membership,
        profiles=found.facts,
        review_threshold=found.options.review_threshold,
        match_threshold=found.options.match_threshold,
        settled=settled_pairs(decisions),
    )


def _write(connection: sa.Connection, found: Finding, change: IdentityChange, items: Sequence[ReviewItem]) -> int:
    resolution = found.resolution
    links = links_of(resolution.links, model_version=resolution.model["model_version"])
    faint = zip(*(resolution.faint.column(n).to_pylist() for n in FAINT_SCHEMA.names), strict=True)
    written = write_change(connection, change)
    replace_faint_links(connection, faint)
    touched = written.moved | replace_links(connection, links) | replace_similarities(connection, found.similar)
    replace_open_items(connection, items)
    announce(connection, "profile.relinked", "profiles", touched)
    return count_open_items(connection)
