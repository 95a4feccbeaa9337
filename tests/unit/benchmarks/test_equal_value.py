"""Equal names and equal usernames."""

from typing import Any

from benchmarks.equal_value import clusters_by_value


def test_case_and_blanks_do_not_count_and_nothing_equals_nothing() -> None:
    records: list[dict[str, Any]] = [
        {"profile_id": "a", "username": "Same "},
        {"profile_id": "b", "username": "same"},
        {"profile_id": "c", "username": None},
        {"profile_id": "d"},
        {"profile_id": "same", "username": " "},
    ]
    found = clusters_by_value(records, "username")
    assert found["a"] == found["b"]
    assert len(set(found.values())) == 4
