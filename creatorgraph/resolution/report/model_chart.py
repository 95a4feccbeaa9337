"""Splink's own charts, filled from the model and from the evidence of links."""

from collections.abc import Mapping
from typing import Any

from splink.internals.charts import MatchWeightsChart, MUParametersChart, WaterfallChart
from splink.internals.html_utils import load_chart_libraries
from splink.internals.settings_creator import SettingsCreator

from creatorgraph.domain.link import Link
from creatorgraph.resolution.evidence import PRIOR

Spec = dict[str, Any]
_MOST_VALUE = 16
"""Characters of a value that fit above a bar; the table beside the chart has it whole."""


def chart_libraries() -> dict[str, str]:
    """The sources of vega, vega-lite and vega-embed, as Splink's package ships them (BSD-3-Clause)."""
    libraries: dict[str, str] = load_chart_libraries()  # type: ignore[no-untyped-call]
    return libraries


def match_weights_chart(settings: Mapping[str, Any]) -> Spec:
    return _still(MatchWeightsChart(_parameters(settings)).chart_dict)


def m_u_chart(settings: Mapping[str, Any]) -> Spec:
    return _still(MUParametersChart(_parameters(settings)).chart_dict)


def waterfall_chart(link: Link) -> Spec:
    """From the prior to the final weight, one bar per signal that had something to say."""
    records = [_record(PRIOR.capitalize(), _of(link, PRIOR), "", "", "how likely two random profiles are one person")]
    records += [
        _record(e.signal, e.match_weight, _short(e.left_value), _short(e.right_value), e.explanation)
        for e in link.evidence
        if e.signal != PRIOR
    ]
    records.append(_record("Final score", link.match_weight, "", "", "the sum"))
    for order, record in enumerate(records):
        record["bar_sort_order"] = order
        record["record_number"] = 0
    spec: Spec = WaterfallChart(records, filter_nulls=False).chart_dict
    spec = _still(spec)
    # one link a chart: no slider between records, no title, as the page has one
    del spec["params"], spec["title"]
    spec["transform"] = [step for step in spec["transform"] if "record_number" not in str(step.get("filter", ""))]
    spec["height"] = 300
    return spec


def _parameters(settings: Mapping[str, Any]) -> Any:
    found = SettingsCreator.from_path_or_dict(dict(settings)).get_settings("duckdb")
    return found._parameters_as_detailed_records


def _record(name: str, weight: float, left: str, right: str, label: str) -> dict[str, Any]:
    return {
        "column_name": name,
        "label_for_charts": label,
        "sql_condition": None,
        "log2_bayes_factor": weight,
        "bayes_factor": 2.0**weight,
        "comparison_vector_value": None,
        "m_probability": None,
        "u_probability": None,
        "bayes_factor_description": None,
        "value_l": left,
        "value_r": right,
        "term_frequency_adjustment": False,
    }


def _of(link: Link, signal: str) -> float:
    return sum(e.match_weight for e in link.evidence if e.signal == signal)


def _short(value: str | None) -> str:
    text = " ".join((value or "").split())
    return text if len(text) <= _MOST_VALUE else text[: _MOST_VALUE - 1] + "…"


def _still(spec: Spec) -> Spec:
    """Without zooming by the wheel: a chart must not hold the page that scrolls past it. And without the version of the
    language, which is later than that of the library beside it."""
    spec.pop("$schema", None)
    for part in (spec, *spec.get("vconcat", ()), *spec.get("hconcat", ())):
        colour = part.get("encoding", {}).get("color", {})
        if "scale" in colour:
            # beyond its ends the scale would go on into colours of no meaning
            colour["scale"]["clamp"] = True
        if "params" in part:
            kept = [p for p in part["params"] if p.get("name") != "mouse_zoom"]
            if kept:
                part["params"] = kept
            else:
                del part["params"]
    if isinstance(spec.get("title"), dict) and "zoom" in str(spec["title"].get("subtitle", "")):
        del spec["title"]["subtitle"]
    return spec
