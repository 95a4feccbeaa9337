"""The simplest rule: profiles with one name, or one username, are one person."""

from collections.abc import Iterable
from typing import Any


def clusters_by_value(records: Iterable[dict[str, Any]], field: str) -> dict[str, str]:
    """Cluster by profile id: letters' case and outer blanks do not count; a profile without the value is alone."""
    return {
        record["profile_id"]: f"={value}"
        if (value := (record.get(field) or "").strip().lower())
        else record["profile_id"]
        for record in records
    }
