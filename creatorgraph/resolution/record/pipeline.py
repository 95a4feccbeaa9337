"""The resolver of records: a table and its mapping in, scored links and clusters out."""

import hashlib
import json
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.resolution.clustering.cluster import Clustering, cluster
from creatorgraph.resolution.evidence import evidence_lists
from creatorgraph.resolution.model.engine.duckdb_engine import DuckDBEngine
from creatorgraph.resolution.model.engine.port import ScoringEngine
from creatorgraph.resolution.model.estimate import Estimate, probability_of
from creatorgraph.resolution.model.pattern import patterns_of
from creatorgraph.resolution.model.splink_model import splink_settings
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.record.blocking import RecordCandidates, record_candidates
from creatorgraph.resolution.record.comparison import Comparison, RecordPairs
from creatorgraph.resolution.record.mapping import RecordMapping
from creatorgraph.resolution.record.non_match import Observed, random_pairs
from creatorgraph.resolution.record.registry import comparisons_of
from creatorgraph.resolution.record.source import apart_in_lists, competed_by_list
from creatorgraph.resolution.record.table import RecordTable, record_table
from creatorgraph.resolution.record.training import trained
from creatorgraph.resolution.result import CLUSTER_SCHEMA, LINK_SCHEMA, Resolution, ResolutionSummary
from creatorgraph.resolution.signals.signal import Levels

_DEFAULTS = ResolveOptions()


def resolve_records(
    texts: pa.Table,
    mapping: RecordMapping,
    *,
    options: ResolveOptions = _DEFAULTS,
    scoring: ScoringEngine | None = None,
    progress: Progress = Silent(),
) -> Resolution:
    """Links and clusters of records; the ids stand where those of profiles do.

    `texts` has the columns that the mapping names, as strings. Raises InvalidInputError for an id that occurs
    twice. The result depends on the set of records only, not on their order or on threads.
    """
    begun = perf_counter()
    seconds: dict[str, float] = {}

    def done(stage: str) -> None:
        seconds[stage] = round(perf_counter() - begun - sum(seconds.values()), 3)

    progress.stage("reading records")
    table = record_table(texts, mapping)
    comparisons = comparisons_of(table)
    done("features")
    candidates = record_candidates(table, cap=options.max_block_size, progress=progress)
    done("blocking")
    pairs = candidates.pairs
    levels = _levels(comparisons, pairs, progress)
    found = patterns_of(comparisons, levels, np.zeros(len(pairs), dtype=bool))
    chance = _levels(comparisons, random_pairs(table.size, options.seed).apart(table.source), progress)
    drawn = patterns_of(comparisons, chance, np.zeros(len(chance), dtype=bool))
    done("signals")
    progress.stage("training the model")
    fitted = trained(comparisons, Observed(found=found, drawn=drawn, pairs=table.pairs), table.size)
    settings = splink_settings(comparisons, fitted)
    engine = scoring or DuckDBEngine(memory_limit=options.memory_limit, threads=options.threads)
    spoken = settings if engine.dialect == "duckdb" else splink_settings(comparisons, fitted, engine.dialect)
    done("model")
    progress.stage("scoring pairs")
    (scored,) = engine.score(spoken, found.codes, [found.of_pair.astype(np.int64)], progress)
    weight = competed_by_list(table.source, pairs, scored)
    done("scoring")
    progress.stage("clustering")
    over = weight - _bits(options.match_threshold)
    clusters = cluster(
        table.size,
        pairs.left,
        pairs.right,
        over,
        apart_in_lists(table, pairs, over),
        seed=options.seed,
    )
    done("clustering")
    links = _links(table, comparisons, fitted, pairs, levels, weight, weight - scored, options)
    done("evidence")
    return Resolution(
        links=links,
        clusters=pa.table({"profile_id": table.ids, "cluster": clusters.labels}, schema=CLUSTER_SCHEMA),
        model=_model(settings, fitted, mapping, options),
        summary=_summary(table, candidates, links, clusters, seconds, options),
    )


def _levels(comparisons: Sequence[Comparison], pairs: RecordPairs, progress: Progress) -> Levels:
    progress.stage("comparing pairs", len(comparisons))
    levels = np.empty((len(pairs), len(comparisons)), dtype=np.int8)
    for index, comparison in enumerate(comparisons):
        levels[:, index] = comparison.compare(pairs)
        progress.advance()
    return levels


def _bits(probability: float) -> float:
    return float(np.log2(probability / (1 - probability)))


def _links(
    table: RecordTable,
    comparisons: Sequence[Comparison],
    fitted: Estimate,
    pairs: RecordPairs,
    levels: Levels,
    weight: NDArray[np.float64],
    competition: NDArray[np.float64],
    options: ResolveOptions,
) -> pa.Table:
    kept = np.flatnonzero(weight >= _bits(options.floor))
    chosen = RecordPairs(left=pairs.left[kept], right=pairs.right[kept])
    nothing = np.zeros(len(kept))
    return pa.table(
        {
            "left": table.ids.take(pa.array(chosen.left)),
            "right": table.ids.take(pa.array(chosen.right)),
            "probability": probability_of(weight[kept]),
            "match_weight": weight[kept],
            "accepted": weight[kept] >= _bits(options.match_threshold),
            "evidence": evidence_lists(comparisons, fitted, chosen, levels[kept], nothing, competition[kept]),
        },
        schema=LINK_SCHEMA,
    )


def _model(
    settings: dict[str, Any], fitted: Estimate, mapping: RecordMapping, options: ResolveOptions
) -> dict[str, Any]:
    model = {
        "settings": settings,
        "columns": {rule.column: rule.kind.value for rule in mapping.columns},
        "match_threshold": options.match_threshold,
        "expected_matches": round(fitted.matches, 3),
    }
    return {"model_version": hashlib.sha256(json.dumps(model, sort_keys=True).encode()).hexdigest()[:16], **model}


def _summary(
    table: RecordTable,
    candidates: RecordCandidates,
    links: pa.Table,
    clusters: Clustering,
    seconds: dict[str, float],
    options: ResolveOptions,
) -> ResolutionSummary:
    sizes = np.bincount(clusters.labels)
    accepted = int(links.column("accepted").to_numpy().sum())
    unread = tuple(
        f"{count} value{'' if count == 1 else 's'} of column '{name}' could not be read and "
        f"{'was' if count == 1 else 'were'} ignored."
        for name, count in table.unread
    )
    return ResolutionSummary(
        profiles=table.size,
        candidate_pairs=len(candidates.pairs),
        rules=candidates.reports,
        links=links.num_rows,
        accepted_links=accepted,
        review_links=int((links.column("probability").to_numpy() >= options.review_threshold).sum()) - accepted,
        clusters=len(sizes),
        creators_of_several=int((sizes > 1).sum()),
        largest_cluster=int(sizes.max(initial=0)),
        largest_component=clusters.largest_component,
        components_split=clusters.components_split,
        seconds=seconds,
        warnings=(*unread, *candidates.warnings),
    )
