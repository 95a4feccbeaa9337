"""Where the sample lies, and its labels."""

import csv
import gzip
from pathlib import Path

from creatorgraph.domain.profile import ProfileId

PROFILES = Path(__file__).with_name("profiles.jsonl.gz")
"""The sample's records, as `creatorgraph.ingest` reads them."""
_TRUTH = Path(__file__).with_name("truth.csv.gz")


def truth() -> dict[ProfileId, str]:
    """The person (by a label of the source) behind each profile of the sample."""
    with gzip.open(_TRUTH, "rt", encoding="utf-8", newline="") as stream:
        return {ProfileId(row["profile_id"]): row["entity_id"] for row in csv.DictReader(stream)}
