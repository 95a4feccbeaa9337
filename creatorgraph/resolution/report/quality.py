"""What needs the truth: slices, precision and recall over thresholds, calibration."""

from creatorgraph.resolution.evaluation.assessment import Assessment, Scores
from creatorgraph.resolution.evaluation.calibration import Bin, Calibration
from creatorgraph.resolution.evaluation.slice import Slice
from creatorgraph.resolution.report.chart import precision_recall_chart, reliability_chart, threshold_chart
from creatorgraph.resolution.report.element import Node, bar, element, table
from creatorgraph.resolution.report.section import Charts, beside, note, section


def slice_section(scores: Scores) -> Node:
    return section(
        "slices",
        "By slice",
        note(
            "Recall: the share of true pairs of this kind that are in one creator. Precision: the share of pairs of this "
            "kind in one creator that are true. Kinds are computed from the profiles: names are partial where each word of "
            "the one stands for a word of the other (an initial, a nickname, a misspelling); bios are alike where half of "
            "their words are common."
        ),
        element("div", *map(_slice, scores.slices), class_="cards"),
        element("h3", "By the columns of the labelled pairs") if scores.labelled_slices else None,
        element("div", *map(_slice, scores.labelled_slices), class_="cards") if scores.labelled_slices else None,
    )


def _slice(found: Slice) -> Node:
    both = any(figure.found_pairs is not None for figure in found.figures)
    columns = ("true pairs", "recall", *(("found pairs", "precision") if both else ()))
    return element(
        "div",
        table(
            (found.dimension.replace("_", " "), *columns),
            (
                (
                    figure.value.replace("_", " "),
                    figure.true_pairs,
                    bar(figure.recall),
                    *((figure.found_pairs or 0, bar(figure.precision)) if both else ()),
                )
                for figure in found.figures
            ),
            right=(1, 3),
        ),
        class_="card",
    )


def curve_section(found: Assessment, scores: Scores, charts: Charts) -> Node:
    best, agreement = scores.curve.best, scores.agreement
    return section(
        "thresholds",
        "Precision and recall",
        beside(
            charts.box(
                precision_recall_chart(scores.curve, scores.links, (agreement.recall, agreement.precision)),
                "Precision against recall of the links, as the threshold falls",
            ),
            charts.box(
                threshold_chart(scores.curve, found.options.match_threshold),
                "Precision, recall and F1 of the links over the threshold",
            ),
        )
        if best is not None
        else note("No link joins two labelled profiles."),
        note(
            f"Links of probability {found.options.floor} or more were kept; true pairs without a link are missed at every "
            f"threshold. Average precision {scores.curve.average_precision:.3f}. At the threshold of this run, "
            f"{found.options.match_threshold}, the links have F1 {scores.links.f1:.3f}, and the pairs in one creator, after "
            f"clustering, {agreement.f1:.3f}. ",
            None
            if best is None
            else f"The best F1 of links alone is {best.f1:.3f}, at {best.threshold:.3f}: picked with the answers, so a "
            "bound and no setting.",
        ),
    )


def calibration_section(scores: Scores, charts: Charts) -> Node:
    found = scores.all_links
    if found is None:
        return section("calibration", "Calibration", note("No link joins two labelled profiles."))
    rows = [("all links kept", found), *((("accepted links", scores.accepted),) if scores.accepted else ())]
    return section(
        "calibration",
        "Calibration",
        table(
            ("", "pairs", "ECE, equal width", "ECE, equal mass", "Brier score"),
            ((name, c.pairs, c.ece_width, c.ece_mass, c.brier) for name, c in rows),
            right=(1, 2, 3, 4),
        ),
        beside(
            charts.box(reliability_chart(found.width), "Reliability of all links, bins of equal width"),
            charts.box(reliability_chart(found.mass), "Reliability of all links, bins of equal mass"),
        ),
        note(
            "Expected calibration error: the sum over bins of (pairs in the bin / all pairs) × |share that is true − mean "
            "probability| (Naeini and others, AAAI 2015; Guo and others, ICML 2017), over at most 10 bins; those of equal mass "
            "hold as many pairs each. Brier score: the mean of (probability − true)². Above the diagonal more of the pairs are "
            "true than the model says, below fewer. Upright lines are 95 % intervals (Wilson)."
        ),
        element("details", element("summary", "The bins as numbers"), _bins(found)),
    )


def _bins(found: Calibration) -> Node:
    def rows(bins: tuple[Bin, ...]) -> Node:
        return table(
            ("from", "to", "pairs", "mean probability", "share true"),
            ((b.low, b.high, b.pairs, b.mean, b.share) for b in bins),
            right=range(5),
        )

    return beside(rows(found.width), rows(found.mass))
