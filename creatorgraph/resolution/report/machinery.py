"""What the resolver is made of: blocking rules, the model's m and u, and the profiles that it cannot link."""

from math import log2
from typing import Any

from creatorgraph.resolution.evaluation.assessment import Assessment
from creatorgraph.resolution.evaluation.blocking import BlockingRecall
from creatorgraph.resolution.report.chart import unlinkable_chart
from creatorgraph.resolution.report.element import Node, Row, bar, element, facts, table
from creatorgraph.resolution.report.model_chart import m_u_chart, match_weights_chart
from creatorgraph.resolution.report.section import Charts, note, section


def blocking_section(found: BlockingRecall) -> Node:
    known = found.found is not None

    def row(each: Any) -> Row:
        report = each.report
        recall = (bar(each.found / found.true_pairs if found.true_pairs else 1.0), each.alone) if known else ()
        return (
            report.rule,
            report.pairs,
            *recall,
            report.largest_block or "",
            report.hubs,
            report.largest_hub or "",
            report.hub_name or "",
        )

    rules = [row(each) for each in found.rules]
    all_recall = (bar(found.recall), "") if known else ()
    return section(
        "blocking",
        "Blocking",
        note(
            "Only candidate pairs are compared. A value that too many profiles share is a hub and brings nobody together.",
            " Recall: the share of true pairs that a rule finds; alone: those that no other rule finds."
            if known
            else "",
        ),
        table(
            (
                "rule",
                "pairs",
                *(("recall", "found alone") if known else ()),
                "largest block",
                "hubs left out",
                "largest hub",
                "its value",
            ),
            [*rules, ("all rules", found.candidate_pairs, *all_recall, "", "", "", "")],
            right=(1, 3, 4, 5, 6) if known else (1, 2, 3, 4),
        ),
    )


def model_section(found: Assessment, charts: Charts) -> Node:
    settings: dict[str, Any] = found.model["settings"]
    prior = float(settings["probability_two_random_records_match"])
    rows: list[Row] = []
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if level.get("is_null_level"):
                continue
            m, u = float(level["m_probability"]), float(level["u_probability"])
            rows.append(
                (
                    comparison["output_column_name"],
                    f"{m:.4g}",
                    f"{u:.4g}",
                    f"{log2(m / u):+.2f}",
                    level["label_for_charts"],
                )
            )
    return section(
        "model",
        "The model: m and u",
        note(
            "m is the share of matching pairs at a level, u that of other pairs; the weight of a level is log2(m / u) bits. A "
            "signal without data on either side weighs nothing."
        ),
        facts(
            (
                (
                    "prior: probability that two random profiles match",
                    f"{prior:.3g} ({log2(prior / (1 - prior)):+.2f} bits)",
                ),
                ("so one pair in", f"{1 / prior:,.0f}"),
            )
        ),
        charts.box(match_weights_chart(settings), "Match weights per signal and level"),
        charts.box(m_u_chart(settings), "m (left) and u (right) per signal and level"),
        element(
            "details",
            element("summary", "All levels as numbers"),
            table(("signal", "m", "u", "weight", "level"), rows, right=(1, 2, 3)),
        ),
    )


def unlinkable_section(found: Assessment, charts: Charts) -> Node:
    threshold = found.options.match_threshold
    return section(
        "unlinkables",
        "Unlinkables",
        charts.box(
            unlinkable_chart(found.unlinkable, log2(threshold / (1 - threshold))),
            "Profiles that could not be linked, over the threshold; the dashed rule is that of this run",
        ),
        note(
            "Each profile is compared with itself by every signal and weighed by the model, without competition. Where even "
            "that stays below a threshold, the profile says too little for any link to reach it. At the threshold of this run "
            f"that is {found.unlinkable.below:.2%} of {found.unlinkable.profiles:,} profiles."
        ),
    )
