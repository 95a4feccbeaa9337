"""The peer of resolution: Splink alone, set up as somebody who knows it would set it up for profiles, without labels."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from benchmarks.splink_record import read_records

PEER = "plain Splink"
THRESHOLD = 0.5
SAMPLED_PAIRS = 5e6
"""Of random pairs for u, and at most of a training rule's pairs for m."""
SEED = 1
RECALL = 0.3
"""What is guessed of the share of true pairs that the certain rules find."""
NAME_LEVEL, USERNAME_LEVEL, TEXT_LEVEL = 0.92, 0.97, 0.9
"""Jaro-Winkler. Lower levels were tried and lower its F1: names are short, and two of them beside each other add up."""
USERNAME_BY_CHANCE = 1e-5
"""u of an equal username where it is set by hand: that two people have one."""
FEWEST = 20
"""Pairs that a rule must find to learn from."""
CERTAIN = (("username",), ("email",), ("phone",))
PARTS = ("read", "train", "score", "cluster")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainClusters:
    """`clusters` by id, at THRESHOLD; `pairs` of at least the least weight; seconds by PARTS."""

    clusters: dict[str, str]
    pairs: int
    parts: dict[str, float]

    @property
    def seconds(self) -> float:
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainModel:
    """What Splink is told. `certain` and `training` are the columns that must agree; those that find too little are left
    out. `sharing` are columns of keys to block on, `exploded` those whose cells are lists of keys."""

    comparisons: tuple[ComparisonCreator, ...]
    sharing: tuple[str, ...]
    exploded: tuple[str, ...]
    certain: tuple[tuple[str, ...], ...]
    training: tuple[tuple[str, ...], ...]
    recall: float = RECALL


def plain_splink(
    path: Path, memory_limit: str, *, by_hand: bool = False, scores: Path | None = None, least_weight: float = 0.0
) -> PlainClusters:
    """Profiles of a JSONL file. `by_hand`: u of an equal username is set, and its rarity then plays no part.

    `scores` is where the scored pairs of at least `least_weight` bits go (Parquet: unique_id_l, unique_id_r,
    match_weight); memory beyond `memory_limit` (DuckDB's words) goes to disk beside `scores` or in the working folder.
    """
    connection = duckdb.connect(config={"memory_limit": memory_limit})
    start = perf_counter()
    records = read_records(connection, path)
    seconds = perf_counter() - start
    return run_splink(connection, records, profile_model(records, by_hand=by_hand), seconds, scores, least_weight)


def run_splink(
    connection: Any, records: pa.Table, model: PlainModel, read: float, scores: Path | None, least_weight: float
) -> PlainClusters:
    """Trains, scores, clusters by connected components, and closes the connection; `read` is the seconds until now."""
    start = perf_counter()
    rules: list[BlockingRuleCreator | dict[str, Any]] = [block_on(name) for name in model.sharing]
    rules += [block_on(name, arrays_to_explode=[name]) for name in model.exploded]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=list(model.comparisons),
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(DuckDBAPI(connection=connection).register(records), settings, log_level=logging.CRITICAL)
    certain: list[str | BlockingRuleCreator] = [block_on(*key) for key in model.certain if meeting(records, key)]
    if certain:
        linker.training.estimate_probability_two_random_records_match(certain, recall=model.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=SEED)
    for key in model.training:
        pairs = meeting(records, key)
        if pairs >= FEWEST:
            _learn(linker, key, limited=pairs > SAMPLED_PAIRS)
    trained = perf_counter()
    scored = linker.inference.predict(threshold_match_weight=least_weight, warning_mode="never")
    found = connection.table(scored.physical_name)
    ((pairs,),) = found.count("*").fetchall()
    done = perf_counter()
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, THRESHOLD)
    labels = connection.table(clusters.physical_name).select("unique_id", "cluster_id").to_arrow_table()
    clustered = perf_counter()
    if scores is not None:
        pq.write_table(found.select("unique_id_l", "unique_id_r", "match_weight").to_arrow_table(), scores)
    connection.close()
    ids, names = (labels.column(name).to_pylist() for name in ("unique_id", "cluster_id"))
    return PlainClusters(
        clusters=dict(zip(ids, map(str, names), strict=True)),
        pairs=pairs,
        parts={"read": read, "train": trained - start, "score": done - trained, "cluster": clustered - done},
    )


def _learn(linker: Linker, key: Sequence[str], *, limited: bool) -> None:
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*key), max_pairs=SAMPLED_PAIRS if limited else None
        )
    except ValueError:
        # where a rule finds matches only, or none, Splink 5 takes the log of nought; the rule teaches nothing then
        return


def meeting(records: pa.Table, key: Sequence[str]) -> int:
    """How many pairs agree in every column of `key`; 0 where one of them is lacking or holds nothing."""
    if not {*key} <= {*said(records)}:
        return 0
    sizes = records.select(key).drop_null().group_by(list(key)).aggregate([([], "count_all")]).column("count_all")
    return sum(size * (size - 1) // 2 for size in sizes.to_pylist())


def said(records: pa.Table) -> list[str]:
    """The columns that hold anything."""
    return [name for name in records.column_names if records.column(name).null_count < records.num_rows]


def profile_model(records: pa.Table, *, by_hand: bool) -> PlainModel:
    columns = said(records)
    keys = [name for name in columns if name.startswith("key_")]
    lists = {name for name in keys if pa.types.is_list(records.schema.field(name).type)}
    return PlainModel(
        comparisons=tuple(made for name, made in _comparisons(by_hand).items() if name in columns),
        sharing=tuple(name for name in keys if name not in lists),
        exploded=tuple(name for name in keys if name in lists),
        certain=CERTAIN if "username" in columns else (("forename", "surname"),),
        training=(("username",), ("forename", "surname")) if "username" in columns else (("surname",), ("forename",)),
    )


def _comparisons(by_hand: bool) -> dict[str, ComparisonCreator]:
    """Term frequencies wherever a value may be common."""
    return {
        "forename": alike("forename", NAME_LEVEL),
        "surname": alike("surname", NAME_LEVEL),
        "username": _username(by_hand),
        "url": _levels("website", cll.NullLevel("url"), _equal("url"), _equal("host"), cll.ElseLevel()),
        "company": alike("company", TEXT_LEVEL),
        "location": alike("location", TEXT_LEVEL),
        "bio": cl.JaroWinklerAtThresholds("bio", TEXT_LEVEL),
        "email": cl.ExactMatch("email").configure(term_frequency_adjustments=True),
        "phone": cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
    }


def alike(column: str, level: float) -> ComparisonCreator:
    return cl.JaroWinklerAtThresholds(column, level).configure(term_frequency_adjustments=True)


def _equal(column: str) -> ComparisonLevelCreator:
    return cll.ExactMatchLevel(column, term_frequency_adjustments=True)


def _username(by_hand: bool) -> ComparisonCreator:
    """Equal, equal but for an added number, alike.

    Most pairs of equal usernames among random pairs are true matches, which spoils u as Splink estimates it; `by_hand`
    is what somebody does who has noticed.
    """
    equal: ComparisonLevelCreator = _equal("username")
    stem: ComparisonLevelCreator = cll.ExactMatchLevel("stem")
    if by_hand:
        equal, stem = (
            cll.ExactMatchLevel(name).configure(u_probability=USERNAME_BY_CHANCE, fix_u_probability=True)
            for name in ("username", "stem")
        )
    near = cll.JaroWinklerLevel("username", USERNAME_LEVEL)
    return _levels("username", cll.NullLevel("username"), equal, stem, near, cll.ElseLevel())


def _levels(name: str, *levels: ComparisonLevelCreator) -> ComparisonCreator:
    return cl.CustomComparison(output_column_name=name, comparison_levels=list(levels))
