"""The peer of resolution: Splink as its own documentation sets it up, on the pairs that our blocking finds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_creator import ComparisonCreator

from creatorgraph.domain.progress import Silent
from creatorgraph.embeddings.encoder import Vectors
from creatorgraph.resolution.blocking.candidate import candidate_pairs
from creatorgraph.resolution.feature.population import population_of
from creatorgraph.resolution.option import ResolveOptions

PEER = "plain Splink, same pairs"
THRESHOLD = 0.5
SAMPLED_PAIRS = 2e6
SEED = 1
NAME_LEVELS = (0.92, 0.88, 0.7)
"""Jaro-Winkler, from Splink's own NameComparison."""
PAIR_ID = "pid"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainClusters:
    """`clusters` by profile id; the seconds are those of training, scoring and clustering together."""

    clusters: dict[str, str]
    pairs: int
    seconds: float


def write_records(path: Path, table: pa.Table, vectors: Vectors | None, options: ResolveOptions) -> int:
    """Writes what Splink gets of a table of PROFILE_SCHEMA, and returns the number of candidate pairs.

    Each record lists the numbers of its pairs in PAIR_ID, so that two records share a number where they are a candidate.
    """
    order = np.argsort(np.array(table.column("profile_id").to_pylist(), dtype=object), kind="stable")
    table = table.take(pa.array(order))
    population = population_of(table, None if vectors is None else vectors[order])
    found = candidate_pairs(population, max_block_size=options.max_block_size, seed=options.seed, progress=Silent())
    owner = np.concatenate([found.left, found.right])
    number = np.tile(np.arange(len(found.left)), 2)[np.argsort(owner, kind="stable")]
    offsets = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=table.num_rows))])
    records = {"unique_id": table.column("profile_id")}
    for name, source in (("display_name", "display_name"), ("username", "username"), ("location", "location")):
        records[name] = _folded(table.column(source))
    records["bio"] = _folded(table.column("bio"))
    for name, source in (("host", "hosts"), ("email", "emails"), ("phone", "phones")):
        records[name] = pa.array([values[0] if values else None for values in table.column(source).to_pylist()])
    records[PAIR_ID] = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(number, pa.int64()))
    pq.write_table(pa.table(records), path)
    return len(found.left)


def _folded(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lower case without outer blanks; nothing for an empty text, which Splink would take for a value."""
    folded = pc.utf8_trim_whitespace(pc.utf8_lower(texts))
    return pc.if_else(pc.equal(folded, ""), pa.scalar(None, pa.string()), folded)


def plain_splink(path: Path, memory_limit: str) -> PlainClusters:
    """Term frequencies, Jaro-Winkler levels, u by random pairs, m by expectation maximisation; clusters at THRESHOLD."""
    records = pq.read_table(path)
    said = [n for n in records.column_names if records.column(n).null_count < records.num_rows]
    start = perf_counter()
    connection = duckdb.connect(config={"memory_limit": memory_limit})
    engine = DuckDBAPI(connection=connection)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[made for name, made in _comparisons().items() if name in said],
        blocking_rules_to_generate_predictions=[block_on(PAIR_ID, arrays_to_explode=[PAIR_ID])],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(engine.register(records), settings, log_level=logging.ERROR)
    keys = (("display_name", "username"), ("email",), ("phone",))
    certain: list[str | BlockingRuleCreator] = [
        block_on(*key) for key in keys if {*key} <= {*said} and _meet(records, key)
    ]
    linker.training.estimate_probability_two_random_records_match(certain or [block_on("username")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=SEED)
    for rule in _training_rules(said):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    scored = linker.inference.predict(warning_mode="never")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, THRESHOLD)
    found = connection.table(clusters.physical_name).select("unique_id", "cluster_id").to_arrow_table()
    ((pairs,),) = connection.table(scored.physical_name).count("*").fetchall()
    seconds = perf_counter() - start
    connection.close()
    names, labels = (found.column(name).to_pylist() for name in ("unique_id", "cluster_id"))
    return PlainClusters(clusters=dict(zip(names, labels, strict=True)), pairs=pairs, seconds=seconds)


def _meet(records: pa.Table, key: Sequence[str]) -> bool:
    """Whether two records agree in every column of `key`; a rule that finds none makes Splink take the log of nought."""
    full = records.select(key).drop_null()
    return bool(full.num_rows > full.group_by(list(key)).aggregate([]).num_rows)


def _comparisons() -> dict[str, ComparisonCreator]:
    def alike(column: str, *, common: bool) -> ComparisonCreator:
        made = cl.JaroWinklerAtThresholds(column, NAME_LEVELS)
        return made.configure(term_frequency_adjustments=common)

    def equal(column: str) -> ComparisonCreator:
        return cl.ExactMatch(column).configure(term_frequency_adjustments=True)

    return {
        "display_name": alike("display_name", common=True),
        "username": alike("username", common=False),
        "host": equal("host"),
        "location": equal("location"),
        "email": cl.ExactMatch("email"),
        "phone": cl.ExactMatch("phone"),
        "bio": cl.ExactMatch("bio"),
    }


def _training_rules(said: list[str]) -> list[BlockingRuleCreator]:
    """Two rules, so that what one holds equal is learned under the other; beginnings where a column is lacking."""
    if "display_name" in said and "username" in said:
        return [block_on("username"), block_on("display_name")]
    only = "username" if "username" in said else "display_name"
    return [block_on(only), block_on(f"substr({only}, 1, 5)")]
