"""The Splink side: settings from the signals and the estimate.

A record carries one column, `pair_levels`: a map from partner id to level code (model/pattern.py). So any table of
profiles with that column can be scored by the saved settings in Splink itself; model/engine/ does it for a run.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from splink import SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel, ElseLevel
from splink.comparison_library import CustomComparison
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from creatorgraph.resolution.model.engine.port import Dialect
from creatorgraph.resolution.model.estimate import Estimate
from creatorgraph.resolution.model.pattern import places_of
from creatorgraph.resolution.signals.signal import Scale

LEVELS_COLUMN = "pair_levels"
PARTNERS_COLUMN = "partners"
_SHIFTED: dict[Dialect, str] = {
    "duckdb": f"(map_extract_value({LEVELS_COLUMN}_l, unique_id_r) >> {{shift}})",
    "spark": f"shiftright({LEVELS_COLUMN}_l[unique_id_r], {{shift}})",
}
"""The level code of a pair less the signals below, in each engine's SQL."""


def splink_settings(signals: Sequence[Scale], fitted: Estimate, dialect: Dialect = "duckdb") -> dict[str, Any]:
    """Settings as Splink saves them, with our m and u in every level and neither trained by Splink."""
    comparisons: list[ComparisonCreator | dict[str, Any]] = [
        _comparison(signal, f"({_SHIFTED[dialect].format(shift=place.shift)} & {place.mask})", index, fitted)
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
    settings: dict[str, Any] = creator.create_settings_dict(dialect)
    return settings


def _comparison(signal: Scale, code: str, index: int, fitted: Estimate) -> CustomComparison:
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
