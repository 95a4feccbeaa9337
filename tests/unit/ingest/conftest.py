"""A hasher with a fixed key, and records of made-up people."""

from collections.abc import Callable
from typing import Any

import pytest

from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record


@pytest.fixture(scope="session")
def hasher() -> ContactHasher:
    return ContactHasher(b"a key that is only for tests 0123")


@pytest.fixture
def parsed(hasher: ContactHasher) -> Callable[..., Parsed]:
    """Parses a record that must not be rejected; the arguments are its fields."""

    def parse(**fields: Any) -> Parsed:
        record = {"profile_id": "p1", "platform": "instagram", "username": "mara.lind"} | fields
        result = parse_record(record, hasher=hasher, where="f.jsonl:1")
        assert isinstance(result, Parsed), result
        return result

    return parse
