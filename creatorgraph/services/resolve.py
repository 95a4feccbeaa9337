"""Resolves everything that is stored: profiles to links, clusters, creators, review items, in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from creatorgraph.config import Settings
from creatorgraph.domain.decision import Decision, settled_pairs
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.domain.link import Link
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.domain.review import ReviewItem
from creatorgraph.embeddings.similarity import similar_pairs
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.identity import IdentityChange, assign_identities, new_creator_id
from creatorgraph.resolution.local_index import LocalIndex
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import Resolution, links_of, resolve
from creatorgraph.resolution.result import FAINT_SCHEMA
from creatorgraph.resolution.review import review_items
from creatorgraph.services.arrival.engine import arrival_model_path
from creatorgraph.services.bio_vector import limit_warning
from creatorgraph.services.engines import Engines
from creatorgraph.services.identity_change import lock_alone, write_change
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.model_file import options_with, write_model
from creatorgraph.services.posting_index import index_run
from creatorgraph.services.stopwatch import Stopwatch
from creatorgraph.services.stored_profile import encoded_profiles, review_facts, stored_table
from creatorgraph.services.work_checkpoint import WorkCheckpoint
from creatorgraph.services.work_folder import WorkFolder
from creatorgraph.store.read.arrival import all_row_ids, waiting_arrivals
from creatorgraph.store.read.bulk import content_digest, read_decisions, read_first_seen, read_memberships
from creatorgraph.store.read.posting import stored_posting_model
from creatorgraph.store.write.arrival import dequeue_seen
from creatorgraph.store.write.link import replace_faint_links, replace_links, replace_similarities
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.resolution_run import add_run, changed_since_run, last_run
from creatorgraph.store.write.review import count_open_items, replace_open_items
from creatorgraph.store.write.statistic import refresh_statistics

RETRAIN_SHARE, RETRAIN_DAYS = 0.1, 1
"""Of the profiles so many new or changed, or days with any, after which the schedule trains a model anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSummary:
    """What a run found and what it changed; `seconds` by stage. `unchanged` says that there was nothing to do."""

    unchanged: bool
    profiles: int = 0
    candidate_pairs: int = 0
    links: int = 0
    accepted_links: int = 0
    creators: int = 0
    largest_creator: int = 0
    review_items: int = 0
    created: int = 0
    merged: int = 0
    split: int = 0
    model_version: str = ""
    warnings: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


def resolve_options(settings: Settings) -> ResolveOptions:
    """The resolver's own defaults with what the settings say instead."""
    names = ("match_threshold", "review_threshold", "max_block_size", "memory_limit", "threads")
    return ResolveOptions(**{n: getattr(settings, n) for n in names if getattr(settings, n) is not None})


def model_path(settings: Settings) -> Path:
    """Where the model that was last trained on what is stored lies."""
    return settings.data_dir / "model" / "model.json"


def work_path(settings: Settings) -> Path:
    """Where the stages of a run lie until it is committed."""
    return settings.data_dir / "work"


def run_is_due(connection: sa.Connection) -> bool:
    """Whether it is time for a run over everything: with arrivals resolved as they come, once so many have come that the model
    should learn from them, or a day has passed; without, always (a run on what has not changed returns at once)."""
    if stored_posting_model(connection) is None:
        return True
    return changed_since_run(connection, share=RETRAIN_SHARE, days=RETRAIN_DAYS)


def resolve_all(
    engines: Engines, progress: Progress = Silent(), *, force: bool = False, model: ModelArtefact | None = None
) -> ResolveSummary:
    """Resolves every stored profile. On unchanged profiles, decisions and settings it returns at once (unless `force`).

    A model is trained and kept at `model_path`, unless one is given: that is used as it is. Two calls at a time wait for each
    other. A killed run leaves what was before, and below `work_path` the resolver's dear stages: the next one goes on from
    there where the profiles are still the same, and whichever is committed clears them.
    """
    options = resolve_options(engines.settings)
    if model is not None and engines.settings.match_threshold is None:
        options = options_with(model, options)
    clock = Stopwatch()
    with ExitStack() as after_commit, engines.database.transaction() as connection:
        lock_alone(connection)
        # whoever had the lock before may still be clearing the folder
        work = WorkFolder(work_path(engines.settings), inputs="stored profiles", wait=True)
        checkpoint = WorkCheckpoint(after_commit.enter_context(work))
        encoding = f"{engines.encoder().name} {engines.settings.encode_limit}"
        trained = model.document["model_version"] if model else ""
        made_of = f"{options!r}{encoding}{trained}"
        digest = sha256(content_digest(connection) + made_of.encode()).digest()
        waiting = waiting_arrivals(connection)
        before = last_run(connection)
        if before is not None and before.input_digest == digest and not force:
            return _restored(before.summary)
        # first, so that an engine that is missing costs no work
        scoring = engines.scoring()

        with clock.stage("read"):
            hasher = ContactHasher(engines.settings.contact_secret())
            table = stored_table(
                connection, work.file("profiles.arrow"), local_hash=hasher.local_value, progress=progress
            )
            ids: list[str] = table.column("profile_id").to_pylist()
            decisions = read_decisions(connection)
        with clock.stage("encode"):
            different = pc.count_distinct(table.column("bio"), mode="only_valid").as_py()
            too_many = limit_warning(different, engines.settings.encode_limit)
            sync_indexes(engines, progress, profiles=lambda: encoded_profiles(table), bios=too_many is None)
            vectors = engines.bio_index().vectors(ids) if too_many is None else None
        with clock.stage("resolve"):
            resolution = resolve(
                table,
                bio_vectors=vectors,
                decisions=decisions,
                options=options,
                scoring=scoring,
                model=model,
                index=engines.settings.arrivals,
                checkpoint=checkpoint,
                progress=progress,
            )
        with clock.stage("identities"):
            progress.stage("Giving identities")
            change = _identities(connection, resolution, cause=resolution.model["model_version"])
        with clock.stage("review"):
            items = _review(table, resolution, change, decisions, options)
        with clock.stage("similarities"):
            progress.stage("Finding similar bios")
            similar = [] if vectors is None else list(similar_pairs(ids, np.asarray(vectors)))
        with clock.stage("write"):
            progress.stage("Writing creators")
            links = links_of(resolution.links, model_version=resolution.model["model_version"])
            faint = zip(*(resolution.faint.column(n).to_pylist() for n in FAINT_SCHEMA.names), strict=True)
            open_items = _write(connection, change=change, links=links, faint=faint, similar=similar, items=items)
        if resolution.index is not None and resolution.artefact is not None:
            with clock.stage("index"):
                progress.stage("Storing what arrivals are resolved by")
                _index(engines.settings, connection, resolution.index, ids, resolution.artefact, vectors is not None)
                dequeue_seen(connection, waiting)
        warnings = [f"{too_many}, and no edges of similar bios are drawn"] if too_many else []
        warnings += checkpoint.warnings
        summary = _summary(resolution, change, open_items, clock.seconds, warnings)
        add_run(
            connection,
            input_digest=digest,
            model_version=summary.model_version,
            model=resolution.model,
            summary={**asdict(summary), "resolution": asdict(resolution.summary), "options": asdict(options)},
        )
    if model is None and resolution.artefact is not None:
        path = model_path(engines.settings)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_model(path, resolution.artefact)
    with engines.database.transaction() as connection:
        refresh_statistics(connection)
    return summary


def _index(
    settings: Settings,
    connection: sa.Connection,
    index: LocalIndex,
    ids: Sequence[str],
    model: ModelArtefact,
    meanings: bool,
) -> None:
    """The model's file comes first: postings that are committed have theirs."""
    path = arrival_model_path(settings, str(model.document["model_version"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_model(path, model)
    row_of = all_row_ids(connection)
    index_run(
        connection, index, np.array([row_of[ProfileId(each)] for each in ids], dtype=np.int64), model, meanings=meanings
    )


def _identities(connection: sa.Connection, resolution: Resolution, *, cause: str) -> IdentityChange:
    groups: dict[int, list[ProfileId]] = defaultdict(list)
    ids, clusters = (resolution.clusters.column(n).to_pylist() for n in ("profile_id", "cluster"))
    for profile_id, cluster in zip(ids, clusters, strict=True):
        groups[cluster].append(ProfileId(profile_id))
    return assign_identities(
        groups.values(),
        current=read_memberships(connection),
        first_seen=read_first_seen(connection),
        cause=f"resolution {cause}",
        at=datetime.now(UTC),
        new_id=new_creator_id,
    )


def _review(
    table: pa.Table,
    resolution: Resolution,
    change: IdentityChange,
    decisions: Sequence[Decision],
    options: ResolveOptions,
) -> list[ReviewItem]:
    return review_items(
        links_of(resolution.links, evidence=False),
        change.membership,
        profiles=review_facts(table),
        review_threshold=options.review_threshold,
        match_threshold=options.match_threshold,
        settled=settled_pairs(decisions),
    )


def _write(
    connection: sa.Connection,
    *,
    change: IdentityChange,
    links: Iterable[Link],
    faint: Iterable[tuple[str, str, float]],
    similar: Iterable[tuple[str, str, float]],
    items: Sequence[ReviewItem],
) -> int:
    written = write_change(connection, change)
    replace_faint_links(connection, faint)
    touched = written.moved | replace_links(connection, links) | replace_similarities(connection, similar)
    replace_open_items(connection, items)
    announce(connection, "profile.relinked", "profiles", touched)
    return count_open_items(connection)


def _summary(
    resolution: Resolution,
    change: IdentityChange,
    open_items: int,
    seconds: dict[str, float],
    warnings: Sequence[str] = (),
) -> ResolveSummary:
    found = resolution.summary
    kinds = [event.kind for event in change.events]
    return ResolveSummary(
        unchanged=False,
        profiles=found.profiles,
        candidate_pairs=found.candidate_pairs,
        links=found.links,
        accepted_links=found.accepted_links,
        creators=found.clusters,
        largest_creator=found.largest_cluster,
        review_items=open_items,
        created=len(change.created),
        merged=kinds.count(IdentityEventKind.MERGED),
        split=kinds.count(IdentityEventKind.SPLIT),
        model_version=str(resolution.model["model_version"]),
        warnings=(*warnings, *found.warnings),
        seconds=seconds,
    )


def _restored(stored: dict[str, Any]) -> ResolveSummary:
    known = {name: stored[name] for name in ResolveSummary.__dataclass_fields__ if name in stored}
    return ResolveSummary(**{**known, "unchanged": True, "warnings": tuple(stored["warnings"])})
