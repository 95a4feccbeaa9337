"""What plain Splink compares, and what it blocks on."""

from pathlib import Path
from typing import Any

import duckdb
import orjson

from benchmarks.splink_record import MOST_PER_KEY, read_records


def read(folder: Path, *records: dict[str, Any]) -> dict[str, dict[str, Any]]:
    path = folder / "profiles.jsonl"
    path.write_bytes(b"".join(orjson.dumps({"platform": "x", **record}) + b"\n" for record in records))
    with duckdb.connect() as connection:
        return {row["unique_id"]: row for row in read_records(connection, path).to_pylist()}


def test_fields_are_folded(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "profile_id": "a",
            "username": "Nóra-Vale-4f31a2",
            "display_name": " Dr. Nóra  VALE ",
            "website": "https://www.Nora.test/",
            "bio": "Write to Nora@Vale.test!",
            "email": None,
        },
    )["a"]
    assert (found["username"], found["stem"]) == ("noravale4f31a2", "noravale")
    assert (found["forename"], found["surname"]) == ("dr", "vale")
    assert (found["url"], found["host"]) == ("nora.test", "nora.test")
    assert found["email"] == "nora@vale.test"


def test_one_word_is_no_surname_and_nothing_is_null(tmp_path: Path) -> None:
    found = read(tmp_path, {"profile_id": "a", "display_name": "Nora", "username": "", "links": []})["a"]
    assert (found["forename"], found["surname"]) == ("nora", None)
    assert [found[name] for name in ("username", "stem", "url", "host", "email", "bio")] == [None] * 6


def test_keys_are_those_that_two_share(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {"profile_id": "a", "display_name": "Nora Vale", "links": ["http://one.test/a", "two.test"]},
        {"profile_id": "b", "display_name": "Nora Kant", "website": "https://two.test"},
        {"profile_id": "c", "username": "alone"},
    )
    assert found["a"]["key_words"] == found["b"]["key_words"] == ["nora"]
    assert found["a"]["key_urls"] == found["b"]["key_urls"] == ["two.test"]
    assert found["c"]["key_username"] is None
    assert found["c"]["key_words"] is None


def test_a_key_of_too_many_is_none(tmp_path: Path) -> None:
    crowd = [{"profile_id": f"{n:04}", "username": "official", "display_name": "The Fans"} for n in range(MOST_PER_KEY)]
    assert read(tmp_path, *crowd)["0000"]["key_username"] == "official"
    found = read(tmp_path, *crowd, {"profile_id": "one more", "username": "official", "display_name": "fans"})["0000"]
    assert found["key_username"] is None
    assert found["key_words"] == ["the"]
    assert found["username"] == "official"
