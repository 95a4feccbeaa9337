"""The resolver: profiles in, scored links and clusters out. Pure: no files, no database but DuckDB in process."""

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.domain.decision import Decision
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.resolution.blocking.candidate import Candidates, candidate_pairs
from creatorgraph.resolution.clustering.cluster import Clustering, cluster
from creatorgraph.resolution.clustering.constraint import constraints_of
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.evidence import evidence_lists
from creatorgraph.resolution.feature.population import Population, population_of
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.model.competition import competed
from creatorgraph.resolution.model.decided import Trained
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.model.estimate import Estimate, probability_of
from creatorgraph.resolution.model.pattern import patterns_of
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.model.splink_model import splink_settings
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA
from creatorgraph.resolution.result import CLUSTER_SCHEMA, LINK_SCHEMA, Resolution, ResolutionSummary, links_of
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import Levels
from creatorgraph.resolution.training import train
from creatorgraph.resolution.watch import Scored, Watch, watched

__all__ = ["Resolution", "links_of", "resolve"]

_DEFAULTS = ResolveOptions()
_SILENT = Silent()
_NOTHING = Watch()


def resolve(
    profiles: pa.Table,
    *,
    bio_vectors: NDArray[np.float32] | None = None,
    decisions: Sequence[Decision] = (),
    options: ResolveOptions = _DEFAULTS,
    scoring: ScoringEngine | None = None,
    model: ModelArtefact | None = None,
    watch: Watch = _NOTHING,
    progress: Progress = _SILENT,
) -> Resolution:
    """Links and clusters of the profiles (PROFILE_SCHEMA, any order).

    `bio_vectors` (rows, dimensions) float32 of length 1, aligned with `profiles` as given, a row of zeros where there is
    no bio. `watch` asks for pairs to be reported whatever becomes of them. `scoring` is the engine that Splink
    scores pairs on; None is DuckDB in this process. `model` is used as it is, with nothing trained: what is said of two
    profiles then depends on their neighbours alone (docs/decisions/0012-models-that-are-used-again.md); None trains one
    on these profiles and decisions.

    Raises InvalidInputError for columns that do not fit, a profile id that occurs twice, or vectors of another number of
    rows. The result depends on the set of profiles and decisions (and the model) only, not on order, threads or engine.
    """
    clock = _Clock()
    table, vectors = _ordered(profiles, bio_vectors)
    progress.stage("reading profiles")
    population = population_of(table, vectors, None if model is None else model.reference)
    clock.done("features")
    candidates = candidate_pairs(
        population,
        max_block_size=options.max_block_size,
        seed=options.seed,
        progress=progress,
        grams=None if model is None else model.reference.grams,
    )
    clock.done("blocking")
    pairs = Pairs(population=population, left=candidates.left, right=candidates.right)
    levels = _levels(pairs, progress)
    patterns = patterns_of(SIGNALS, levels, pairs.identity.names.apart)
    clock.done("signals")
    progress.stage("training the model")
    ids = table.column("profile_id").to_pylist()
    row_of = {profile_id: row for row, profile_id in enumerate(ids)}
    constraints = constraints_of(decisions, row_of)
    if model is None:
        trained = train(pairs, patterns, constraints, ids, seed=options.seed)
    else:
        trained = Trained(fitted=model.fitted, calibration=model.calibration, report=dict(model.training))
    fitted = trained.fitted
    clock.done("model")
    progress.stage("scoring pairs")
    engine = scoring or DuckDBEngine(memory_limit=options.memory_limit, threads=options.threads)
    settings = splink_settings(SIGNALS, fitted, engine.dialect)
    (scored,) = engine.score(settings, patterns.codes, [patterns.of_pair], progress)
    context = level_scores(SIGNALS, fitted, patterns.levels)[1][patterns.of_pair]
    weight = scored + context
    competing, gain = competed(population, pairs.left, pairs.right, weight, None if model is None else model.gain)
    final = trained.calibration.apply(competing)
    found = Scored(
        pairs=pairs,
        levels=levels,
        context=context,
        competition=competing - weight,
        calibration=final - competing,
        weight=final,
    )
    clock.done("scoring")
    progress.stage("clustering")
    threshold = _bits(options.match_threshold)
    clusters = cluster(
        population.size,
        pairs.left,
        pairs.right,
        final - threshold,
        constraints,
        seed=options.seed,
    )
    clock.done("clustering")
    progress.stage("writing evidence")
    links = _links(fitted, found, options)
    asked = watched(
        watch,
        row_of,
        candidates,
        found,
        fitted,
        trained.calibration,
        floor=_bits(options.floor),
        compare=lambda others: _levels(others, _SILENT),
    )
    clock.done("evidence")
    if model is None:
        model = ModelArtefact(
            signals=SIGNALS,
            fitted=fitted,
            gain=gain,
            reference=replace(population.counts, grams=candidates.grams),
            match_threshold=options.match_threshold,
            calibration=trained.calibration,
            training=trained.report,
        )
    return Resolution(
        links=links,
        clusters=pa.table(
            {"profile_id": table.column("profile_id"), "cluster": clusters.labels}, schema=CLUSTER_SCHEMA
        ),
        model=model.document,
        artefact=model,
        summary=_summary(population, candidates, links, clusters, clock.seconds, options),
        watched=asked,
    )


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def done(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now


def _ordered(profiles: pa.Table, vectors: NDArray[np.float32] | None) -> tuple[pa.Table, NDArray[np.float32] | None]:
    """The table with PROFILE_SCHEMA's columns, by profile id, and the vectors in the same order."""
    missing = [name for name in PROFILE_SCHEMA.names if name not in profiles.column_names]
    if missing:
        raise InvalidInputError(
            f"columns are missing: {', '.join(missing)}", where="profiles", mend="Build the table with to_table()."
        )
    try:
        table = profiles.select(PROFILE_SCHEMA.names).cast(PROFILE_SCHEMA)
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
        raise InvalidInputError(
            f"columns do not fit: {error}", where="profiles", mend="Build the table with to_table()."
        ) from None
    if vectors is not None and len(vectors) != table.num_rows:
        raise InvalidInputError(
            f"{len(vectors)} vectors for {table.num_rows} profiles",
            where="bio_vectors",
            mend="Give one row per profile.",
        )
    ids = np.array(table.column("profile_id").to_pylist(), dtype=object)
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    twice = np.flatnonzero(ids[1:] == ids[:-1])
    if len(twice):
        raise InvalidInputError(
            f"profile id {ids[twice[0]]!r} occurs twice", where="profiles", mend="Keep one row per profile id."
        )
    return table.take(pa.array(order)), None if vectors is None else vectors[order]


def _levels(pairs: Pairs, progress: Progress) -> Levels:
    progress.stage("comparing pairs", len(SIGNALS))
    levels = np.empty((len(pairs), len(SIGNALS)), dtype=np.int8)
    for index, signal in enumerate(SIGNALS):
        levels[:, index] = signal.compare(pairs)
        progress.advance()
    return levels


def _bits(probability: float) -> float:
    return float(np.log2(probability / (1 - probability)))


def _links(fitted: Estimate, found: Scored, options: ResolveOptions) -> pa.Table:
    kept = found.subset(np.flatnonzero(found.weight >= _bits(options.floor)))
    ids = kept.pairs.population.table.column("profile_id").combine_chunks()
    return pa.table(
        {
            "left": ids.take(pa.array(kept.pairs.left)),
            "right": ids.take(pa.array(kept.pairs.right)),
            "probability": probability_of(kept.weight),
            "match_weight": kept.weight,
            "accepted": kept.weight >= _bits(options.match_threshold),
            "evidence": evidence_lists(
                SIGNALS, fitted, kept.pairs, kept.levels, kept.context, kept.competition, kept.calibration
            ),
        },
        schema=LINK_SCHEMA,
    )


def _summary(
    population: Population,
    candidates: Candidates,
    links: pa.Table,
    clusters: Clustering,
    seconds: dict[str, float],
    options: ResolveOptions,
) -> ResolutionSummary:
    sizes = np.bincount(clusters.labels)
    probability = links.column("probability").to_numpy()
    accepted = int(pa.compute.sum(links.column("accepted")).as_py() or 0)
    return ResolutionSummary(
        profiles=population.size,
        candidate_pairs=len(candidates.left),
        rules=candidates.reports,
        links=links.num_rows,
        accepted_links=accepted,
        review_links=int((probability >= options.review_threshold).sum()) - accepted,
        clusters=len(sizes),
        creators_of_several=int((sizes > 1).sum()),
        largest_cluster=int(sizes.max(initial=0)),
        largest_component=clusters.largest_component,
        components_split=clusters.components_split,
        seconds=seconds,
        warnings=candidates.warnings,
    )
