"""How well people are told apart in the sample, beside plain Splink and a simple rule.

`make bench-accuracy` compares more peers, on labelled sets of your own (`benchmarks/accuracy`).
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks.benchmark import Benchmark
from benchmarks.measure import in_child
from benchmarks.measurement import Measurement
from benchmarks.name_rule import PEER as RULE
from benchmarks.name_rule import clusters_by_name
from benchmarks.plain_splink import PEER as SPLINK
from benchmarks.plain_splink import plain_splink
from benchmarks.project import resolve_with_command, warm_up
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.sample import congress

FIGURES = ("f1", "f1_over_rule", "b3_f1", "largest_cluster", "seconds")
MEMORY_LIMIT = "4GB"


def rule_file(path: Path) -> dict[str, str]:
    with gzip.open(path, "rb") as file:
        return clusters_by_name(orjson.loads(line) for line in file)


def measure_sample(folder: Path) -> Iterator[Measurement]:
    """Each side in a process of its own, on the same file."""
    truth = {str(profile): person for profile, person in congress.truth().items()}
    warm_up(folder)
    ours = resolve_with_command(congress.PROFILES, folder)
    rule = in_child(rule_file, congress.PROFILES)
    theirs = in_child(plain_splink, congress.PROFILES, MEMORY_LIMIT)
    our_score, rule_score, their_score = (
        evaluate(clusters, truth) for clusters in (ours.result.clusters, rule.result, theirs.result.clusters)
    )
    largest = our_score.largest_predicted
    for name, value, unit, peer, peer_value, bar in (
        ("f1", our_score.f1, "F1", SPLINK, their_score.f1, ">= 0.95"),
        ("f1_over_rule", our_score.f1, "F1", RULE, rule_score.f1, "ratio > 1"),
        ("b3_f1", our_score.b3_f1, "B-cubed F1", SPLINK, their_score.b3_f1, None),
        ("largest_cluster", largest, "profiles", "largest true one", our_score.largest_true, "ratio <= 3"),
        ("seconds", ours.seconds, "s", SPLINK, theirs.result.seconds, None),
    ):
        yield Measurement(
            name=f"resolution.sample.{name}", value=value, unit=unit, peer=peer, peer_value=peer_value, bar=bar
        )


SAMPLE = Benchmark(run=measure_sample, names=tuple(f"resolution.sample.{figure}" for figure in FIGURES))
