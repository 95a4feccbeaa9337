"""The figures at the top: how good, how much, how long."""

from collections.abc import Mapping

from creatorgraph.resolution.evaluation.assessment import Assessment, Scores
from creatorgraph.resolution.report.chart import probability_chart
from creatorgraph.resolution.report.element import Node, element, facts, table
from creatorgraph.resolution.report.section import Charts, beside, note, section


def overview(found: Assessment, charts: Charts, seconds: Mapping[str, float], rejected: Mapping[str, int]) -> Node:
    summary = found.summary
    return section(
        "figures",
        "Figures",
        element("div", *_tiles(found), class_="tiles"),
        None if found.scores is None else _agreement(found.scores),
        beside(
            element(
                "div",
                element("h3", "The run"),
                facts(
                    (
                        ("profiles", summary.profiles),
                        ("candidate pairs", summary.candidate_pairs),
                        ("links kept", summary.links),
                        ("links accepted", summary.accepted_links),
                        ("links for review", summary.review_links),
                        ("creators", summary.clusters),
                        ("creators of several profiles", summary.creators_of_several),
                        ("largest component before clustering", summary.largest_component),
                        ("components that clustering split", summary.components_split),
                        ("match threshold", found.options.match_threshold),
                        ("review threshold", found.options.review_threshold),
                        ("kept from", found.options.floor),
                        ("model version", str(found.model["model_version"])),
                    )
                ),
            ),
            element("div", element("h3", "Profiles per creator"), _sizes(found.sizes)),
            element("div", element("h3", "Seconds"), _seconds(seconds, summary.seconds)),
        ),
        charts.box(
            probability_chart(found.probabilities, found.options.match_threshold),
            "Links kept, by probability (logarithmic); the dashed rule is the match threshold",
        )
        if found.probabilities
        else None,
        _warnings(found, rejected),
    )


def _tiles(found: Assessment) -> list[Node]:
    tiles: list[tuple[str, str]] = []
    if found.scores is not None:
        agreement = found.scores.agreement
        tiles += [
            ("pair F1", f"{agreement.f1:.3f}"),
            ("pair precision", f"{agreement.precision:.3f}"),
            ("pair recall", f"{agreement.recall:.3f}"),
            ("B-cubed F1", f"{agreement.b3_f1:.3f}"),
            ("found exactly", "–" if agreement.exact is None else f"{agreement.exact:.1%}"),
            ("ECE of links", "–" if found.scores.all_links is None else f"{found.scores.all_links.ece_width:.3f}"),
        ]
    else:
        tiles.append(("profiles", f"{found.summary.profiles:,}"))
    tiles += [
        ("creators", f"{found.summary.clusters:,}"),
        ("largest creator", f"{found.summary.largest_cluster:,}"),
        ("unlinkable", f"{found.unlinkable.below:.1%}"),
    ]
    return [element("div", element("b", value), element("span", name), class_="tile") for name, value in tiles]


def _agreement(scores: Scores) -> Node:
    a = scores.agreement
    unknown = f" Profiles without a label, which do not count: {scores.unlabelled:,}." if scores.unlabelled else ""
    absent = (
        f" Labelled profiles that were not in the files, each a creator of its own here: {scores.absent:,}."
        if scores.absent
        else ""
    )
    return element(
        "div",
        table(
            ("", "precision", "recall", "F1", "counted over"),
            (
                (
                    "pairs in one creator",
                    a.precision,
                    a.recall,
                    a.f1,
                    f"{a.predicted_pairs:,} found, {a.true_pairs:,} true",
                ),
                ("B-cubed", a.b3_precision, a.b3_recall, a.b3_f1, f"{a.profiles:,} profiles"),
                (
                    "links at the threshold, before clustering",
                    scores.links.precision,
                    scores.links.recall,
                    scores.links.f1,
                    f"{scores.links.pairs:,} links",
                ),
            ),
            right=(1, 2, 3),
        ),
        note(
            f"{a.entities:,} true creators, the largest of {a.largest_true:,} profiles; of those with several, ",
            "–" if a.exact is None else f"{a.exact:.1%}",
            f" were found exactly. The largest that was found has {a.largest_predicted:,} labelled profiles. ",
            f"Wrong pairs that are together only by way of others, without a link of their own: {scores.chained:,}.",
            unknown,
            absent,
        ),
    )


def _sizes(sizes: Mapping[int, int]) -> Node:
    return table(("profiles", "creators"), tuple(sizes.items()), right=(0, 1))


def _seconds(outer: Mapping[str, float], inner: Mapping[str, float]) -> Node:
    rows = [
        *((name, f"{value:.1f}") for name, value in outer.items()),
        *((f"resolve: {name}", f"{value:.1f}") for name, value in inner.items()),
    ]
    return table(("stage", "s"), rows, right=(1,))


def _warnings(found: Assessment, rejected: Mapping[str, int]) -> Node | None:
    lines = list(found.summary.warnings)
    lines += [f"{count:,} records were not used: {reason.replace('_', ' ')}." for reason, count in rejected.items()]
    if not lines:
        return None
    return element(
        "div", element("h3", "Warnings"), element("ul", *(element("li", each) for each in lines)), class_="warnings"
    )
