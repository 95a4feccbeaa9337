"""Charts as Vega-Lite specifications; the colours are names that the page's script replaces by those of its theme."""

from collections.abc import Sequence
from typing import Any

from creatorgraph.resolution.evaluation.calibration import Bin
from creatorgraph.resolution.evaluation.curve import Curve, Point
from creatorgraph.resolution.evaluation.unlinkable import Unlinkable

Spec = dict[str, Any]
# replaced by the page's script
INK, FAINT, GOOD, BAD, ACCENT = "theme-ink", "theme-faint", "theme-good", "theme-bad", "theme-accent"
_HISTOGRAM_BINS = 50


def _chart(layers: Sequence[Spec], *, height: int = 300) -> Spec:
    return {"width": "container", "height": height, "layer": list(layers)}


def _number(field: str, title: str, style: str = ".3f") -> Spec:
    return {"field": field, "type": "quantitative", "title": title, "format": style}


def _axis(field: str, title: str, domain: Sequence[float] | None = None, style: str = ".2f") -> Spec:
    scale: Spec = {"zero": False, "nice": domain is None}
    if domain is not None:
        scale["domain"] = list(domain)
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": {"format": style}}


def precision_recall_chart(curve: Curve, links: Point, clusters: tuple[float, float]) -> Spec:
    """The curve of the links, its point at the threshold of the run, and the clusters' pairs (recall, precision)."""
    rows = [_point(point) for point in curve.points]
    marked: list[dict[str, Any]] = [
        {"what": "links at the threshold", **_point(links)},
        {"what": "pairs in one creator", "recall": clusters[0], "precision": clusters[1]},
    ]
    least = [min([1.0, *(row[name] for row in [*rows, *marked])]) for name in ("recall", "precision")]
    x = _axis("recall", "recall", (max(0.0, least[0] - 0.02), 1))
    y = _axis("precision", "precision", (max(0.0, least[1] - 0.02), 1.005), ".3f")
    tooltip = [_number(name, name) for name in ("threshold", "precision", "recall", "f1")]
    return _chart(
        [
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": ACCENT, "point": {"size": 12, "color": ACCENT}},
                "encoding": {"x": x, "y": y, "order": {"field": "threshold", "sort": "descending"}, "tooltip": tooltip},
            },
            {
                "data": {"values": marked},
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": {
                        "field": "what",
                        "type": "nominal",
                        "title": None,
                        "scale": {"domain": [row["what"] for row in marked], "range": [INK, GOOD]},
                        "legend": {"orient": "bottom"},
                    },
                    "tooltip": [{"field": "what", "type": "nominal"}, *tooltip[1:3]],
                },
            },
        ]
    )


def threshold_chart(curve: Curve, threshold: float) -> Spec:
    """Precision, recall and F1 of the links over the threshold; the rule stands at the one of the run."""
    rows = [
        {"threshold": point.threshold, "figure": name, "value": value}
        for point in curve.points
        for name, value in (("precision", point.precision), ("recall", point.recall), ("F1", point.f1))
    ]
    return _chart(
        [
            {
                "data": {"values": rows},
                "mark": {"type": "line"},
                "encoding": {
                    "x": _axis("threshold", "threshold (probability)", (0, 1)),
                    "y": _axis("value", "share"),
                    "color": {
                        "field": "figure",
                        "type": "nominal",
                        "title": None,
                        "scale": {"domain": ["precision", "recall", "F1"], "range": [ACCENT, GOOD, INK]},
                        "legend": {"orient": "bottom"},
                    },
                    "tooltip": [
                        {"field": "figure", "type": "nominal"},
                        _number("threshold", "threshold"),
                        _number("value", "value"),
                    ],
                },
            },
            _rule(threshold),
        ]
    )


def reliability_chart(bins: Sequence[Bin]) -> Spec:
    """Mean probability against the share that is true, with 95 % intervals; a calibrated model lies on the diagonal."""
    rows = [
        {
            "mean": b.mean,
            "share": b.share,
            "least": b.least,
            "most": b.most,
            "pairs": b.pairs,
            "low": b.low,
            "high": b.high,
        }
        for b in bins
    ]
    x, y = _axis("mean", "mean probability", (0, 1)), _axis("share", "share that is true", (0, 1))
    return _chart(
        [
            {
                "data": {"values": [{"mean": 0, "share": 0}, {"mean": 1, "share": 1}]},
                "mark": {"type": "line", "color": FAINT, "strokeDash": [4, 4]},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "rule", "color": ACCENT, "opacity": 0.6},
                "encoding": {"x": x, "y": {**y, "field": "least"}, "y2": {"field": "most"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": ACCENT, "point": {"size": 50, "color": ACCENT}},
                "encoding": {
                    "x": x,
                    "y": y,
                    "tooltip": [
                        _number("pairs", "pairs", ",d"),
                        _number("low", "from"),
                        _number("high", "to"),
                        _number("mean", "mean probability"),
                        _number("share", "share that is true"),
                    ],
                },
            },
        ],
        height=280,
    )


def probability_chart(probabilities: Sequence[float], threshold: float) -> Spec:
    """How many links there are of each probability; the scale of counts is logarithmic."""
    counts = [0] * _HISTOGRAM_BINS
    for probability in probabilities:
        counts[min(int(probability * _HISTOGRAM_BINS), _HISTOGRAM_BINS - 1)] += 1
    rows = [
        {"from": i / _HISTOGRAM_BINS, "to": (i + 1) / _HISTOGRAM_BINS, "links": n, "base": 0.8}
        for i, n in enumerate(counts)
        if n
    ]
    return _chart(
        [
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "color": ACCENT},
                "encoding": {
                    "x": {**_axis("from", "probability", (0, 1)), "bin": {"binned": True}},
                    "x2": {"field": "to"},
                    "y": {
                        "field": "links",
                        "type": "quantitative",
                        "title": "links",
                        "scale": {"type": "log", "domainMin": 0.8},
                    },
                    "y2": {"field": "base"},
                    "tooltip": [
                        _number("from", "from", ".2f"),
                        _number("to", "to", ".2f"),
                        _number("links", "links", ",d"),
                    ],
                },
            },
            _rule(threshold),
        ],
        height=200,
    )


def unlinkable_chart(found: Unlinkable, threshold: float) -> Spec:
    """The share of profiles that no link can reach, over the threshold in bits of match weight."""
    rows = [{"weight": s.weight, "probability": s.probability, "share": s.share} for s in found.steps]
    return _chart(
        [
            {
                "data": {"values": rows},
                "mark": {"type": "line", "interpolate": "step-after", "color": ACCENT},
                "encoding": {
                    "x": _axis("weight", "threshold match weight (bits)", style="+"),
                    "y": _axis("share", "unlinkable profiles", (0, 1), "%"),
                    "tooltip": [
                        _number("weight", "match weight", "+.2f"),
                        _number("probability", "probability", ".5f"),
                        _number("share", "unlinkable profiles", ".2%"),
                    ],
                },
            },
            _rule(threshold),
        ],
        height=240,
    )


def _point(point: Point) -> dict[str, float]:
    return {
        "threshold": point.threshold,
        "precision": point.precision,
        "recall": point.recall,
        "f1": point.f1,
    }


def _rule(at: float) -> Spec:
    return {
        "data": {"values": [{"at": at}]},
        "mark": {"type": "rule", "color": INK, "strokeDash": [3, 3]},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }
