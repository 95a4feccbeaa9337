"""Resolves everything that is stored: profiles to links, clusters, creators, review items, in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from creatorgraph.config import Settings
from creatorgraph.domain.decision import Decision
from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.similarity import similar_pairs
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.identity import IdentityChange
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import Resolution, resolve
from creatorgraph.services.arrival.engine import arrival_model_path, forget_models, serves_arrivals
from creatorgraph.services.bio_vector import limit_warning
from creatorgraph.services.engines import Engines
from creatorgraph.services.finding import Finding, write_finding
from creatorgraph.services.identity_change import lock_alone, turn
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.model_file import options_with, write_model
from creatorgraph.services.posting_index import index_run
from creatorgraph.services.stopwatch import Stopwatch
from creatorgraph.services.stored_profile import encoded_profiles, review_facts, stored_table
from creatorgraph.services.work_checkpoint import WorkCheckpoint
from creatorgraph.services.work_folder import WorkFolder, work_path
from creatorgraph.store.read.arrival import all_row_ids, waiting_arrivals
from creatorgraph.store.read.bulk import content_digest, last_row, profile_digest, read_decisions
from creatorgraph.store.write.arrival import dequeue_seen
from creatorgraph.store.write.posting import disown_postings
from creatorgraph.store.write.resolution_run import add_run, last_run
from creatorgraph.store.write.search import refresh_norms
from creatorgraph.store.write.statistic import refresh_statistics

ATTEMPTS = 2
"""How often a run tries beside others. What it finds is kept by stage, but profiles that changed make it begin anew."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What is stored, at one moment: `profiles` is its profile_digest, `last_row` the highest row number in it, `waiting` who
    was in the queue of arrivals since when."""

    table: pa.Table
    waiting: Sequence[tuple[int, datetime]]
    decisions: Sequence[Decision]
    last_row: int
    profiles: bytes


def resolve_options(settings: Settings) -> ResolveOptions:
    """The resolver's own defaults with what the settings say instead."""
    names = ("match_threshold", "review_threshold", "max_block_size", "memory_limit", "threads")
    return ResolveOptions(**{n: getattr(settings, n) for n in names if getattr(settings, n) is not None})


def model_path(settings: Settings) -> Path:
    """Where the model that was last trained on what is stored lies."""
    return settings.data_dir / "model" / "model.json"


def resolve_all(
    engines: Engines, progress: Progress = Silent(), *, force: bool = False, model: ModelArtefact | None = None
) -> ResolveSummary:
    """Resolves every stored profile. On unchanged profiles, decisions and settings it returns at once (unless `force`, or
    this machine lacks what arrivals are resolved by).

    A model is trained and kept at `model_path`, unless one is given: that is used as it is. Two calls at a time wait for each
    other. A killed run leaves what was before, and below `work_path` the resolver's dear stages: the next one goes on from
    there where the profiles are still the same, and whichever is committed clears them.

    Stewards go on meanwhile (docs/decisions/0021-a-run-locks-what-it-writes.md): their acts wait only while it writes, and what
    they decided since it read is heard. Where profiles that it read have changed or others found their creator, it is done
    again; the last time nobody else may act from the beginning.
    """
    options = resolve_options(engines.settings)
    if model is not None and engines.settings.match_threshold is None:
        options = options_with(model, options)
    clock = Stopwatch()
    with turn(engines.database), ExitStack() as after_commit:
        # whoever had the turn before may still be clearing the folder
        work = WorkFolder(work_path(engines.settings), inputs="stored profiles", wait=True)
        run = _Run(
            engines=engines,
            options=options,
            model=model,
            work=after_commit.enter_context(work),
            checkpoint=WorkCheckpoint(work),
            clock=clock,
            progress=progress,
        )
        attempts = ATTEMPTS
        while (summary := run.attempt(force=force, beside_others=attempts > 0)) is None:
            attempts -= 1
    if not summary.unchanged:
        # what was found is committed: that PostgreSQL has gone since is no failure of the run
        with suppress(UnavailableError), engines.database.transaction() as connection:
            refresh_norms(connection)
            refresh_statistics(connection)
    return summary


@dataclass(slots=True, kw_only=True, eq=False)
class _Run:
    """One call of resolve_all."""

    engines: Engines
    options: ResolveOptions
    model: ModelArtefact | None
    work: WorkFolder
    checkpoint: WorkCheckpoint
    clock: Stopwatch
    progress: Progress
    warnings: tuple[str, ...] = ()

    def attempt(self, *, force: bool, beside_others: bool) -> ResolveSummary | None:
        """None where what was read does not stand any more."""
        with ExitStack() as alone:
            if not beside_others:
                connection = alone.enter_context(self.engines.database.transaction())
                lock_alone(connection)
            with self.engines.database.snapshot() as reading:
                digest = self._digest(reading)
                before = last_run(reading)
                done = before is not None and before.input_digest == digest and not force
                if before is not None and done and serves_arrivals(self.engines, reading):
                    return _restored(before.summary)
                # first, so that an engine that is missing costs no work
                scoring = self.engines.scoring()
                read = self._read(reading)
            found = self._resolved(read, scoring)
            if beside_others:
                connection = alone.enter_context(self.engines.database.transaction())
                lock_alone(connection)
                if profile_digest(connection, known=read.last_row) != read.profiles:
                    return None
            change, open_items = write_finding(connection, found, self.clock, self.progress)
            with self.clock.stage("index"):
                self._index(connection, read, found)
            warnings = (*self.warnings, *self.checkpoint.warnings)
            summary = _summary(found.resolution, change, open_items, self.clock.seconds, warnings)
            add_run(
                connection,
                # of what the model was made of: what was decided since, the next run learns from
                input_digest=digest,
                model_version=summary.model_version,
                model=found.resolution.model,
                summary={
                    **asdict(summary),
                    "resolution": asdict(found.resolution.summary),
                    "options": asdict(self.options),
                },
            )
        if self.model is None and found.resolution.artefact is not None:
            path = model_path(self.engines.settings)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_model(path, found.resolution.artefact)
        forget_models(self.engines.settings, but=summary.model_version)
        return summary

    def _digest(self, connection: sa.Connection) -> bytes:
        encoding = f"{self.engines.encoder().name} {self.engines.settings.encode_limit}"
        trained = self.model.document["model_version"] if self.model else ""
        made_of = f"{self.options!r}{encoding}{trained}"
        return sha256(content_digest(connection) + made_of.encode()).digest()

    def _read(self, connection: sa.Connection) -> _Read:
        with self.clock.stage("read"):
            hasher = ContactHasher(self.engines.settings.contact_secret())
            table = stored_table(
                connection, self.work.file("profiles.arrow"), local_hash=hasher.local_value, progress=self.progress
            )
            return _Read(
                table=table,
                waiting=waiting_arrivals(connection),
                decisions=read_decisions(connection),
                last_row=last_row(connection),
                profiles=profile_digest(connection),
            )

    def _resolved(self, read: _Read, scoring: ScoringEngine) -> Finding:
        engines, table = self.engines, read.table
        ids: list[str] = table.column("profile_id").to_pylist()
        with self.clock.stage("encode"):
            different = pc.count_distinct(table.column("bio"), mode="only_valid").as_py()
            too_many = limit_warning(different, engines.settings.encode_limit)
            sync_indexes(engines, self.progress, profiles=lambda: encoded_profiles(table), bios=too_many is None)
            vectors = engines.bio_index().vectors(ids) if too_many is None else None
        with self.clock.stage("resolve"):
            resolution = resolve(
                table,
                bio_vectors=vectors,
                decisions=read.decisions,
                options=self.options,
                scoring=scoring,
                model=self.model,
                index=engines.settings.arrivals,
                checkpoint=self.checkpoint,
                progress=self.progress,
            )
        with self.clock.stage("similarities"):
            self.progress.stage("Finding similar bios")
            similar = [] if vectors is None else list(similar_pairs(ids, np.asarray(vectors)))
        if too_many:
            self.warnings = (f"{too_many}, and no edges of similar bios are drawn",)
        return Finding(
            resolution=resolution,
            decisions=read.decisions,
            options=self.options,
            facts=review_facts(table),
            similar=similar,
            meanings=vectors is not None,
        )

    def _index(self, connection: sa.Connection, read: _Read, found: Finding) -> None:
        """What arrivals are resolved by. The model's file comes first: postings that are committed have theirs."""
        dequeue_seen(connection, read.waiting)
        index, model = found.resolution.index, found.resolution.artefact
        if index is None or model is None:
            disown_postings(connection)
            return
        self.progress.stage("Storing what arrivals are resolved by")
        path = arrival_model_path(self.engines.settings, str(model.document["model_version"]))
        path.parent.mkdir(parents=True, exist_ok=True)
        write_model(path, model)
        row_of = all_row_ids(connection)
        ids = read.table.column("profile_id").to_pylist()
        rows = np.array([row_of[ProfileId(each)] for each in ids], dtype=np.int64)
        index_run(connection, index, rows, model, meanings=found.meanings)


def _summary(
    resolution: Resolution,
    change: IdentityChange,
    open_items: int,
    seconds: dict[str, float],
    warnings: Sequence[str] = (),
) -> ResolveSummary:
    found, sizes = resolution.summary, Counter(change.membership.values())
    kinds = [event.kind for event in change.events]
    return ResolveSummary(
        unchanged=False,
        profiles=found.profiles,
        candidate_pairs=found.candidate_pairs,
        links=found.links,
        accepted_links=found.accepted_links,
        creators=len(sizes),
        largest_creator=max(sizes.values(), default=0),
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
