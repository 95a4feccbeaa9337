"""A file as batches: duplicates found, bad lines in their place, and the same end wherever it was cut."""

from dataclasses import asdict
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.batch import Batch, parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.reject import RejectReason

KEY = b"a key that is only for tests 0123"


class Listener:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None]] = []
        self.steps = 0

    def stage(self, name: str, total: int | None = None) -> None:
        self.stages.append((name, total))

    def advance(self, steps: int = 1) -> None:
        self.steps += steps


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path


def ids(batches: list[Batch]) -> list[tuple[int, str]]:
    return [(line, parsed.profile.profile_id) for batch in batches for line, parsed in batch.parsed]


def rejects(batches: list[Batch]) -> list[tuple[int, RejectReason]]:
    return [(reject.line, reject.reason) for batch in batches for reject in batch.rejects]


def test_batches_with_progress_in_bytes(tmp_path: Path, hasher: ContactHasher) -> None:
    path = write(tmp_path / "a.jsonl", [{"profile_id": str(n), "platform": "x"} for n in range(25)])
    listener = Listener()
    batches = list(parse_file(path, hasher=hasher, batch_size=10, progress=listener))
    assert [len(batch.parsed) for batch in batches] == [10, 10, 5]
    assert [batch.next_line for batch in batches] == [11, 21, 26]
    assert listener.stages == [("Reading a.jsonl", path.stat().st_size)]
    assert listener.steps == batches[-1].bytes_read == path.stat().st_size


def test_the_second_record_of_an_id_is_rejected_and_a_repeat_left_out(tmp_path: Path, hasher: ContactHasher) -> None:
    rows: list[dict[str, object]] = [
        {"profile_id": "1", "platform": "x", "bio": "a"},
        {"platform": "x", "bio": "a", "profile_id": "1"},
        {"profile_id": "1", "platform": "x", "bio": "mara@studio.example"},
        {"profile_id": "2", "platform": "x"},
        {"platform": "X", "username": "mara"},
        {"platform": "twitter", "username": "@Mara"},
    ]
    batches = list(parse_file(write(tmp_path / "a.jsonl", rows), hasher=hasher))
    assert ids(batches) == [(1, "1"), (4, "2"), (5, "x:mara")]
    assert batches[0].repeated == 1
    first, second = batches[0].rejects
    assert (first.line, first.reason, first.field) == (3, RejectReason.DUPLICATE_PROFILE_ID, "profile_id")
    assert first.detail == "line 1 has the same profile_id with other content"
    assert "mara@studio" not in first.payload
    assert second.line == 6


def test_bad_lines_do_not_stop_the_rest(tmp_path: Path, hasher: ContactHasher) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"profile_id": "1", "platform": "x"}\n{"torn": \n{"bio": "mara@studio.example"}\n\xff\n'
        + orjson.dumps({"profile_id": "5", "platform": "x", "bio": "b" * (10 << 20)})
        + b'\n{"profile_id": "6", "platform": "x", "bio": "a\\u0000b"}\n{"profile_id": "7", "pl'
    )
    batches = list(parse_file(path, hasher=hasher))
    assert ids(batches) == [(1, "1"), (6, "6")]
    assert rejects(batches) == [
        (2, RejectReason.INVALID_JSON),
        (3, RejectReason.MISSING_PLATFORM),
        (4, RejectReason.INVALID_UTF8),
        (5, RejectReason.FIELD_TOO_LARGE),
        (7, RejectReason.TORN_LINE),
    ]
    assert all(len(reject.payload) <= 4096 and "mara@" not in reject.payload for reject in batches[0].rejects)
    assert all(reject.payload for reject in batches[0].rejects)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(b'"display_name": "\\ud83d x", "\\udc00": "\\ud83d"', id="half an emoji"),
        pytest.param(b'"e": ' + b"[" * 300 + b"]" * 300, id="deeply nested"),
        pytest.param(b'"e": NaN, "n": 999999999999999999999999999999', id="a number over 64 bits"),
        pytest.param(b'"url": "https://x.com/al\\ud83d", "avatar": "data:,\\udc00"', id="half an emoji in a URL"),
    ],
)
def test_what_only_a_lenient_reader_takes_goes_in(tmp_path: Path, hasher: ContactHasher, odd: bytes) -> None:
    good = orjson.dumps({"profile_id": "a", "platform": "x", "username": "ann"}) + b"\n"
    line = b'{"profile_id": "b", "platform": "x", "username": "al", ' + odd + b"}\n"
    changed = line.replace(b'"al"', b'"bo"')
    path = tmp_path / "a.jsonl"
    path.write_bytes(good + line + line + changed)
    [batch] = parse_file(path, hasher=hasher)
    assert ids([batch]) == [(1, "a"), (2, "b")]
    assert (batch.repeated, rejects([batch])) == (1, [(4, RejectReason.DUPLICATE_PROFILE_ID)])
    # what is stored can be written as JSON, so as UTF-8
    assert all(orjson.dumps([asdict(parsed.profile), parsed.redacted]) for _, parsed in batch.parsed)


def test_an_empty_file_is_an_error_not_nothing(tmp_path: Path, hasher: ContactHasher) -> None:
    with pytest.raises(InvalidInputError, match="the file is empty"):
        list(parse_file(write(tmp_path / "a.jsonl", []), hasher=hasher))


@settings(max_examples=25, deadline=None)
@given(
    numbers=st.lists(st.integers(0, 12), min_size=1, max_size=30),
    cut=st.integers(1, 31),
    size=st.integers(1, 7),
)
def test_going_on_after_a_kill_gives_the_same_end(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], cut: int, size: int
) -> None:
    rows: list[dict[str, object]] = [
        {"profile_id": str(n // 2), "platform": "x", "bio": str(n)} if n else {} for n in numbers
    ]
    path = write(tmp_path_factory.mktemp("kill") / "a.jsonl", rows)
    hasher = ContactHasher(KEY)
    whole = list(parse_file(path, hasher=hasher, batch_size=1000))
    before: list[Batch] = []
    line = 1
    for batch in parse_file(path, hasher=hasher, batch_size=size):
        if len(before) >= cut:
            break
        before.append(batch)
        line = batch.next_line
    after = list(parse_file(path, hasher=hasher, batch_size=size, resume_from_line=line))
    assert ids(before + after) == ids(whole)
    assert rejects(before + after) == rejects(whole)
