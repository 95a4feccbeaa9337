"""The peer that needs no set-up: goldenmatch with its defaults, in `.venv-peer` (the Makefile makes it)."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.label import read_labels
from benchmarks.measure import Stage, of_program

PEER = "goldenmatch"
PYTHON = Path(__file__).resolve().parents[1] / ".venv-peer" / "bin" / "python"
_SCRIPT = Path(__file__).parent / "peer" / "goldenmatch_dedupe.py"
PROFILE_FIELDS = (
    "platform", "username", "display_name", "bio", "website", "links", "email", "phone", "location", "language",
    "followers", "category", "company", "job_title",
)  # fmt: skip


def goldenmatch(
    records: Sequence[dict[str, Any]], fields: Sequence[str], name: str, folder: Path
) -> Stage[dict[str, str]]:
    """Clusters by the field `name`, which goldenmatch does not see: an id may be made of the answer.

    Columns without a value are left out (goldenmatch 3.22 fails over them); lists are joined by blanks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given, found = folder / "goldenmatch.csv", folder / "goldenmatch_clusters.csv"
    used = [field for field in fields if any(record.get(field) not in (None, "", []) for record in records)]
    with given.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(used)
        rows.writerows([_cell(record.get(field)) for field in used] for record in records)
    # no memory of earlier runs: each set is met for the first time
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GOLDENMATCH_AUTOCONFIG_MEMORY": "0"}
    done = of_program([str(PYTHON), str(_SCRIPT), str(given), str(found)], environment)
    labels = read_labels(found)
    clusters = {str(records[int(row)][name]): cluster for row, cluster in labels.items()}
    return Stage(result=clusters, seconds=done.seconds, cpu_seconds=done.cpu_seconds, peak_bytes=done.peak_bytes)


def _cell(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value
