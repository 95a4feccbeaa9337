"""goldenmatch with its defaults: CSV in, CSV out. Runs in an environment of its own, which has nothing of the project.

python goldenmatch_dedupe.py RECORDS.csv CLUSTERS.csv    the clusters are lines of `row` (from 0) and `cluster`
"""

import csv
import sys

import goldenmatch  # type: ignore[import-not-found,unused-ignore]


def main(records: str, clusters: str) -> None:
    found = goldenmatch.dedupe(records)
    with open(clusters, "w", newline="", encoding="utf-8") as file:  # noqa: PTH123 - as short as the peer's own example
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("row", "cluster"))
        rows.writerows(
            sorted((row, number) for number, cluster in found.clusters.items() for row in cluster["members"])
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
