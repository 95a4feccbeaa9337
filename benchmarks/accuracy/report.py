"""The part of docs/benchmarks.md that compares accuracy."""

from collections.abc import Sequence

from benchmarks.accuracy.contender import BEST, BY_HAND, RULE, SAME_NAME, SAME_USERNAME
from benchmarks.accuracy.result import HardScore, Score, Scores
from benchmarks.goldenmatch_peer import PEER as GOLDENMATCH
from benchmarks.plain_splink import PEER as SPLINK
from benchmarks.project import PROJECT

ORDER = (PROJECT, SPLINK, BY_HAND, BEST, GOLDENMATCH, RULE, SAME_USERNAME, SAME_NAME)
HEAD = """\
## Accuracy, beside the peers

`make bench-accuracy` (with `DATA=folder` for labelled sets of your own, laid out as `benchmarks/accuracy/labelled.py` says)
runs all of these on one machine, each in a process of its own, and writes this part of the page and
`benchmarks/results/accuracy.json`. F1 is over pairs of profiles; of records in the sets that are no profiles.

- **creatorgraph**: `creatorgraph resolve FILE --out FOLDER` with its defaults, the same for every set; seconds from the start
  of the program to its end, with reading and encoding of bios.
- **plain Splink**: Splink 5 without labels as somebody who knows it would set it up: folded columns, nine blocking rules with
  a cap on a key's records, term frequencies, Jaro-Winkler levels, u from 5 million random pairs, m by expectation
  maximisation under two rules, links from 0.5, connected components. Seconds without the start of Python.
- **u by hand**: the same, with u of an equal username set to 1 in 100,000; random sampling takes it from pairs that are
  nearly all true matches.
- **best threshold**: the same again at the threshold that is best *by the answers*, which nobody has.
- **goldenmatch**: its defaults, on the same columns.
- **rule**: username or name equal, or alike to 0.95, on another platform. The last two: equal username, equal name.
"""
HARD = """\
### Pairs that are hard

Recall of the true pairs whose names are alike in part only, are in different scripts, or whose bios differ, at equal
precision: plain Splink at the threshold of most recall among those with at least the project's precision, or at its most
precise where none has it. Then the known namesakes that were joined.
"""


def render(kept: Scores) -> str:
    parts = [HEAD, _grid(kept.scores)]
    if kept.hard:
        parts += [HARD, _hard(kept.hard)]
    return "\n".join([*parts, "### All figures\n", _figures(kept.scores)])


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _grid(scores: Sequence[Score]) -> str:
    found = {(score.set_name, score.contender): score.f1 for score in scores}
    contenders = [name for name in ORDER if any(score.contender == name for score in scores)]
    rows = []
    for set_name in dict.fromkeys(score.set_name for score in scores):
        values = [found.get((set_name, contender)) for contender in contenders]
        rows.append([set_name, *("" if value is None else f"{value:.3f}" for value in values)])
    return _table(["pair F1", *contenders], rows)


def _figures(scores: Sequence[Score]) -> str:
    header = [
        "set",
        "contender",
        "precision",
        "recall",
        "F1",
        "B-cubed F1",
        "exact",
        "largest (true)",
        "s",
        "MB",
        "day",
    ]
    rows = [
        [
            score.set_name,
            score.contender + ("" if score.threshold_bits is None else f" ({score.threshold_bits:+.1f} bits)"),
            *(f"{value:.3f}" for value in (score.precision, score.recall, score.f1, score.b3_f1)),
            "" if score.exact is None else f"{score.exact:.3f}",
            f"{score.largest_predicted} ({score.largest_true})",
            "" if score.seconds is None else f"{score.seconds:.1f}",
            "" if score.peak_mb is None else f"{score.peak_mb:,.0f}",
            score.when[:10],
        ]
        for score in sorted(scores, key=lambda score: (score.set_name, ORDER.index(score.contender)))
    ]
    return _table(header, rows)


def _hard(hard: Sequence[HardScore]) -> str:
    slices = list(dict.fromkeys(name for score in hard for name in score.slices))
    rows = [
        [
            score.set_name,
            score.contender + ("" if score.threshold_bits is None else f" ({score.threshold_bits:+.1f} bits)"),
            f"{score.precision:.3f}",
            *(_share(score.slices.get(name)) for name in slices),
            "" if score.namesakes is None else f"{score.namesakes[0]} of {score.namesakes[1]}",
        ]
        for score in hard
    ]
    return _table(["set", "contender", "precision", *(f"recall {name}" for name in slices), "namesakes joined"], rows)


def _share(pair: tuple[int, int] | None) -> str:
    return "" if pair is None or not pair[1] else f"{pair[0] / pair[1]:.3f} of {pair[1]}"
