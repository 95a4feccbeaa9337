"""The resolver: profiles in, scored links and clusters out. Pure: no files, no database but DuckDB in process."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creatorgraph.domain.decision import Decision
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.resolution.blocking.candidate import Candidates, candidate_pairs
from creatorgraph.resolution.checkpoint import Checkpoint, Stages
from creatorgraph.resolution.clock import Clock
from creatorgraph.resolution.clustering.cluster import FORGOTTEN, Clustering, cluster
from creatorgraph.resolution.clustering.constraint import constraints_of
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.evidence import evidence_lists
from creatorgraph.resolution.feature.population import Population, population_of
from creatorgraph.resolution.local_index import LocalIndex, found_by_index, pair_weights, with_indexed
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.model.decided import Trained
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.model.estimate import Estimate, probability_of
from creatorgraph.resolution.observation import observed, observed_levels
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.resolution.parallel import in_order
from creatorgraph.resolution.profile_table import ordered
from creatorgraph.resolution.result import (
    CLUSTER_SCHEMA,
    FAINT_SCHEMA,
    LINK_SCHEMA,
    Resolution,
    ResolutionSummary,
    links_of,
)
from creatorgraph.resolution.scoring import Scored, Wanted, scored_pairs
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.training import train
from creatorgraph.resolution.watch import Watch, sought, watched

__all__ = ["Resolution", "links_of", "resolve"]

_DEFAULTS = ResolveOptions()
_SILENT = Silent()
_NOTHING = Watch()
_LINKS_AT_ONCE = 50_000


def resolve(
    profiles: pa.Table,
    *,
    bio_vectors: NDArray[np.float32] | None = None,
    decisions: Sequence[Decision] = (),
    options: ResolveOptions = _DEFAULTS,
    scoring: ScoringEngine | None = None,
    model: ModelArtefact | None = None,
    watch: Watch = _NOTHING,
    index: bool = False,
    checkpoint: Checkpoint | None = None,
    progress: Progress = _SILENT,
) -> Resolution:
    """Links and clusters of the profiles (PROFILE_SCHEMA, any order).

    `bio_vectors` (rows, dimensions) float32 of length 1, aligned with `profiles` as given, a row of zeros where there is
    no bio. `watch` asks for pairs to be reported whatever becomes of them. `scoring` is the engine that Splink
    scores pairs on; None is DuckDB in this process. `model` is used as it is, with nothing trained: what is said of two
    profiles then depends on their neighbours alone (docs/decisions/0013-models-that-are-used-again.md); None trains one
    on these profiles and decisions. `index` makes what arrivals need (`Resolution.index`), and what it finds is compared too.
    `checkpoint` keeps the dear stages, so that the same call goes on after a kill and
    ends the same to the last bit; None keeps nothing.

    Raises InvalidInputError for columns that do not fit, a profile id that occurs twice, or vectors of another number of
    rows. The result depends on the set of profiles and decisions (and the model) only, not on order, threads or engine.
    """
    clock = Clock()
    table, vectors = ordered(profiles, bio_vectors)
    progress.stage("reading profiles")
    population = population_of(table, vectors, None if model is None else model.reference)
    clock.done("features")
    stages = Stages(checkpoint=checkpoint, table=table, vectors=vectors, options=options, model=model)
    candidates = stages.candidates(
        lambda: candidate_pairs(
            population,
            max_block_size=options.max_block_size,
            seed=options.seed,
            progress=progress,
            threads=options.threads,
            grams=None if model is None else model.reference.grams,
        )
    )
    clock.done("blocking")
    pairs = Pairs(population=population, left=candidates.left, right=candidates.right)
    patterns = stages.patterns(lambda: observed(pairs, threads=options.threads, progress=progress))
    clock.done("signals")
    progress.stage("training the model")
    ids = table.column("profile_id").to_pylist()
    # of a million names nobody asks for, none is looked up
    row_of = {profile_id: row for row, profile_id in enumerate(ids)} if decisions or watch.pairs else {}
    constraints = constraints_of(decisions, row_of)
    if model is None:
        trained = train(pairs, patterns, constraints, ids, threshold=bits(options.match_threshold), seed=options.seed)
    else:
        trained = Trained(fitted=model.fitted, calibration=model.calibration, report=dict(model.training))
    fitted = trained.fitted
    clock.done("model")
    reference = replace(population.counts, grams=candidates.grams) if model is None else model.reference
    indexed = None
    if index:
        progress.stage("indexing for arrivals")
        indexed = found_by_index(table, reference, max_block_size=options.max_block_size)
        candidates, patterns = with_indexed(candidates, patterns, indexed, population, options.threads, progress)
        pairs = Pairs(population=population, left=candidates.left, right=candidates.right)
        clock.done("index")
    progress.stage("scoring pairs")
    engine = scoring or DuckDBEngine(memory_limit=options.memory_limit, threads=options.threads)
    asked = sought(watch, row_of, candidates, population.size)
    floor, threshold = bits(options.floor), bits(options.match_threshold)
    found, gain = scored_pairs(
        pairs,
        patterns,
        fitted,
        trained.calibration,
        engine,
        wanted=Wanted(floor=floor, threshold=threshold, rows=asked.candidates),
        gain=None if model is None else model.gain,
        progress=progress,
    )
    clock.done("scoring")
    progress.stage("clustering")
    clusters = cluster(
        population.size,
        found.pairs.left,
        found.pairs.right,
        found.weight - threshold,
        constraints,
        seed=options.seed,
    )
    clock.done("clustering")
    links = _links(fitted, found, options, progress)
    faint = _faint(found, least=threshold + FORGOTTEN, floor=floor)
    weights = None if indexed is None else pair_weights(found, fitted, indexed, least=min(floor, threshold + FORGOTTEN))
    seen = watched(
        asked,
        candidates,
        found,
        fitted,
        trained.calibration,
        selves=watch.selves,
        floor=floor,
        compare=lambda others: observed_levels(others, threads=options.threads),
    )
    clock.done("evidence")
    if model is None:
        model = ModelArtefact(
            signals=SIGNALS,
            fitted=fitted,
            gain=gain,
            reference=reference,
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
        summary=_summary(population, candidates, links, clusters, clock, options),
        watched=seen,
        faint=faint,
        index=None
        if indexed is None or weights is None
        else LocalIndex(postings=indexed.postings, grams=indexed.grams, near=indexed.near, pairs=weights),
    )


def _links(fitted: Estimate, found: Scored, options: ResolveOptions, progress: Progress) -> pa.Table:
    kept = np.flatnonzero(found.weight >= bits(options.floor))
    progress.stage("writing evidence", len(kept))
    ids = found.pairs.population.table.column("profile_id").combine_chunks()

    def part(rows: slice) -> pa.Table:
        some = found.subset(kept[rows])
        return pa.table(
            {
                "left": ids.take(pa.array(some.pairs.left)),
                "right": ids.take(pa.array(some.pairs.right)),
                "probability": probability_of(some.weight),
                "match_weight": some.weight,
                "accepted": some.weight >= bits(options.match_threshold),
                "evidence": evidence_lists(
                    SIGNALS, fitted, some.pairs, some.levels, some.context, some.competition, some.calibration
                ),
            },
            schema=LINK_SCHEMA,
        )

    parts = []
    for table in in_order(part, len(kept), _LINKS_AT_ONCE, options.threads):
        parts.append(table)
        progress.advance(len(table))
    return pa.concat_tables(parts)


def _faint(found: Scored, *, least: float, floor: float) -> pa.Table:
    kept = np.flatnonzero((found.weight > least) & (found.weight < floor))
    ids = found.pairs.population.table.column("profile_id").combine_chunks()
    some = found.subset(kept)
    return pa.table(
        {
            "left": ids.take(pa.array(some.pairs.left)),
            "right": ids.take(pa.array(some.pairs.right)),
            "match_weight": some.weight,
        },
        schema=FAINT_SCHEMA,
    )


def _summary(
    population: Population,
    candidates: Candidates,
    links: pa.Table,
    clusters: Clustering,
    clock: Clock,
    options: ResolveOptions,
) -> ResolutionSummary:
    sizes = np.bincount(clusters.labels)
    probability = links.column("probability").to_numpy()
    accepted = int(pc.sum(links.column("accepted")).as_py() or 0)
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
        seconds=clock.seconds,
        cpu_seconds=clock.cpu_seconds,
        warnings=candidates.warnings,
    )
