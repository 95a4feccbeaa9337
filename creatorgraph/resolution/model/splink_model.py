"""The Splink side: settings from the signals and the estimate, and the scoring of level patterns by Splink on DuckDB.

A record carries one column, `pair_levels`: a map from partner id to level code (model/pattern.py). So any table of
profiles with that column can be scored by the saved settings in Splink itself. Here each distinct level pattern is scored
once, as a pair of stand-in records, because pairs of one pattern weigh the same.
"""

import logging
from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.comparison_level_library import CustomLevel, ElseLevel
from splink.comparison_library import CustomComparison
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.model.pattern import Place, places_of
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.signals.signal import Scale

LEVELS_COLUMN = "pair_levels"
PARTNERS_COLUMN = "partners"


def splink_settings(signals: Sequence[Scale], fitted: Estimate) -> dict[str, Any]:
    """Settings as Splink saves them, with our m and u in every level and neither trained by Splink."""
    comparisons: list[ComparisonCreator | dict[str, Any]] = [
        _comparison(signal, place, index, fitted)
        for index, (signal, place) in enumerate(zip(signals, places_of(signals), strict=True))
    ]
    creator = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(PARTNERS_COLUMN, arrays_to_explode=[PARTNERS_COLUMN])],
        probability_two_random_records_match=fitted.prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    settings: dict[str, Any] = creator.create_settings_dict("duckdb")
    return settings


def _comparison(signal: Scale, place: Place, index: int, fitted: Estimate) -> CustomComparison:
    code = f"((map_extract_value({LEVELS_COLUMN}_l, unique_id_r) >> {place.shift}) & {place.mask})"
    levels: list[ComparisonLevelCreator | dict[str, Any]] = [
        CustomLevel(f"coalesce({code}, 0) = 0", label_for_charts="no data").configure(is_null_level=True)
    ]
    weights = fitted.weights(index)
    # Splink wants the likeliest first and a last level that takes the rest
    order = [int(i) for i in np.argsort(-weights, kind="stable") if i != 0] + [0]
    for level in order:
        label = signal.levels[level].text
        creator = ElseLevel() if level == 0 else CustomLevel(f"{code} = {level + 1}", label_for_charts=label)
        levels.append(
            creator.configure(
                label_for_charts=label,
                m_probability=float(fitted.m[index][level]),
                u_probability=float(fitted.u[index][level]),
                fix_m_probability=True,
                fix_u_probability=True,
            )
        )
    return CustomComparison(output_column_name=signal.name, comparison_levels=levels)


def score_patterns(settings: dict[str, Any], codes: Indices, options: ResolveOptions) -> NDArray[np.float64]:
    """The match weight (log2 odds, prior included) that Splink gives to each level code."""
    if not len(codes):
        return np.zeros(0)
    connection = duckdb.connect(config=_engine(options))
    try:
        engine = DuckDBAPI(connection=connection)
        linker = Linker(engine.register(_stand_ins(codes)), settings, log_level=logging.ERROR)
        scored = linker.inference.predict(warning_mode="never")
        table = connection.table(scored.physical_name).select("unique_id_l", "match_weight").to_arrow_table()
    finally:
        connection.close()
    weights = np.full(len(codes), np.nan)
    weights[table.column("unique_id_l").to_numpy() // 2] = table.column("match_weight").to_numpy()
    return weights


def _engine(options: ResolveOptions) -> dict[str, str | bool | int | float | list[str]]:
    engine: dict[str, str | bool | int | float | list[str]] = {"memory_limit": options.memory_limit}
    if options.threads:
        engine["threads"] = options.threads
    return engine


def _stand_ins(codes: Indices) -> pa.Table:
    """Two records per code: 2i, whose levels name its partner 2i + 1, and 2i + 1, which names nobody."""
    ids = np.arange(2 * len(codes), dtype=np.int64)
    offsets = pa.array(np.concatenate([[0], (ids + 2) // 2]), pa.int32())
    levels = pa.MapArray.from_arrays(offsets, pa.array(ids[1::2]), pa.array(codes))
    partners = pa.ListArray.from_arrays(pa.array(np.arange(len(ids) + 1), pa.int32()), pa.array(ids // 2))
    return pa.table({"unique_id": ids, LEVELS_COLUMN: levels, PARTNERS_COLUMN: partners})
