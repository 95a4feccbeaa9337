"""`python -m benchmarks.stream [--data FOLDER] [--only REGEX] [--orders N]`: F1 of each order, and how many clusters differ."""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy.command import DATA_VARIABLE
from benchmarks.accuracy.labelled import labelled_sets
from benchmarks.stream.order import orders

ORDERS = 10
MOST = 0.002
"""By how much the F1 of an order may differ from that of the run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every order of every set ended in the same clusters, with the F1 of the run to MOST; else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stream", description="Streams sets in random orders.")
    parser.add_argument(
        "--data", type=Path, default=os.environ.get(DATA_VARIABLE) or None, metavar="FOLDER", help="labelled sets"
    )
    parser.add_argument("--only", default=".", metavar="REGEX", help="sets with a name in which this is found")
    parser.add_argument("--orders", type=int, default=ORDERS, metavar="N", help="how many orders")
    options = parser.parse_args(arguments)
    failed = False
    with tempfile.TemporaryDirectory(prefix="creatorgraph-stream-") as work:
        for labelled in labelled_sets(options.data, Path(work)):
            if not re.search(options.only, labelled.name):
                continue
            run, first = None, None
            for each in orders(labelled, Path(work) / "data" / labelled.name, times=options.orders):
                run, first = run or each, first or (each if each.order else None)
                beside_run = len(run.clusters ^ each.clusters)
                beside_first = len(first.clusters ^ each.clusters) if first else 0
                failed |= abs(each.score.f1 - run.score.f1) > MOST or beside_first > 0
                name = f"order {each.order}, {each.at_once} at once" if each.order else "run over everything"
                sys.stdout.write(
                    f"{labelled.name:<40} {name:<24} F1 {each.score.f1:.4f}  clusters unlike the run's {beside_run},"
                    f" the first order's {beside_first}\n"
                )
                sys.stdout.flush()
    return int(failed)
