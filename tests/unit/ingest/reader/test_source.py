"""Files of every format, whole and broken."""

import gzip
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.ingest.field import FieldError, read_time
from creatorgraph.ingest.reader.line import read_lines
from creatorgraph.ingest.reader.raw import BadLine, RawRecord
from creatorgraph.ingest.reader.source import Source, read_records
from creatorgraph.ingest.reject import RejectReason

ROWS: list[dict[str, object]] = [
    {"profile_id": "1", "platform": "x", "username": "mara", "bio": 'Food, and\n"more"'},
    {"profile_id": "2", "platform": "github", "username": "nils", "bio": "Jörg 🦊"},
]
CSV = 'profile_id,platform,username,bio\n1,x,mara,"Food, and\n""more"""\n2,github,nils,Jörg 🦊\n'


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def read(path: Path) -> list[RawRecord | BadLine]:
    return list(read_records(path))


def shape(results: list[RawRecord | BadLine]) -> list[tuple[int, str]]:
    return [(r.line, str(r.data["profile_id"]) if isinstance(r, RawRecord) else r.reason.value) for r in results]


def jsonl(*rows: dict[str, object]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.csv", "a.csv.gz", "a.parquet", "a.unknown", "b.unknown", "c"]
)
def test_every_format_gives_the_same_records(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name in ("a.parquet", "c"):
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    else:
        data = CSV.encode() if ".csv" in name or name == "b.unknown" else jsonl(*ROWS)
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    records = read(path)
    assert [dict(r.data) for r in records if isinstance(r, RawRecord)] == ROWS
    assert [r.line for r in records] == ([1, 2] if "csv" not in name and name != "b.unknown" else [2, 4])


def test_jsonl_lines_that_are_no_records_are_numbered(tmp_path: Path) -> None:
    good = orjson.dumps(ROWS[0])
    lines = [
        good,
        b'{"profile_id": "2", ',
        b"[1]",
        b"",
        b'{"profile_id": "\xff"}',
        good,
        b'{"profile_id": "3", "bio": "a\x00b"}',
        b'{"profile_id": "4"',
    ]
    found = read(write(tmp_path / "a.jsonl", b"\n".join(lines)))
    assert shape(found) == [
        (1, "1"),
        (2, "invalid_json"),
        (3, "not_an_object"),
        (5, "invalid_utf8"),
        (6, "1"),
        (7, "3"),
        (8, "torn_line"),
    ]
    assert isinstance(found[5], RawRecord)
    assert found[5].data["bio"] == "a\x00b"


def test_a_last_line_without_its_end_that_is_whole_counts(tmp_path: Path) -> None:
    assert shape(read(write(tmp_path / "a.jsonl", jsonl(ROWS[0]) + orjson.dumps(ROWS[1])))) == [(1, "1"), (2, "2")]


@pytest.mark.parametrize(
    "text",
    [
        b'{"profile_id": "1", "followers": NaN}',
        b'\xef\xbb\xbf{"profile_id": "1"}',
        b'{"profile_id": "1", "a": "\\ud800"}',
    ],
)
def test_what_other_writers_make_is_read(tmp_path: Path, text: bytes) -> None:
    assert shape(read(write(tmp_path / "a.jsonl", text + b"\n"))) == [(1, "1")]


def test_deep_nesting_is_a_bad_line(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.jsonl", b'{"a":' * 100_000 + b"\n" + orjson.dumps(ROWS[0]) + b"\n"))
    assert shape(found) == [(1, "invalid_json"), (2, "1")]


@pytest.mark.parametrize(("levels", "reason"), [(511, "1"), (900, "invalid_json"), (1010, "invalid_json")])
def test_nesting_has_one_limit_however_it_is_read(tmp_path: Path, levels: int, reason: str) -> None:
    deep = b'{"profile_id": "1", "a": ' + b"[" * levels + b"1" + b"]" * levels + b"}\n"
    flat = b'{"profile_id": "2", "a": [' + b"[]," * 2000 + b"{}]}\n"
    assert shape(read(write(tmp_path / "a.jsonl", deep + flat))) == [(1, reason), (2, "2")]


def test_a_line_of_ten_megabytes_is_read_and_its_kept_text_is_bounded(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.jsonl", jsonl({"profile_id": "1", "bio": "b" * (10 << 20)}, ROWS[1])))
    assert shape(found) == [(1, "1"), (2, "2")]
    assert len(found[0].safe_text()) <= 4096


def test_a_longer_line_is_skipped_and_the_next_one_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("creatorgraph.ingest.reader.line.MAX_LINE", 100)
    found = read(write(tmp_path / "a.jsonl", jsonl({"profile_id": "1", "bio": "b" * 5000}, ROWS[1])))
    assert shape(found) == [(1, "line_too_long"), (2, "2")]


def test_csv_rows_that_are_none_are_numbered(tmp_path: Path) -> None:
    data = b'profile_id,platform\n1,x\n2,x,more\n3\n4,"\xff"\n5,x\n6,"x\n7,x\n8,"x"y\n9,x\n10'
    assert shape(read(write(tmp_path / "a.csv", data))) == [
        (2, "1"),
        (3, "wrong_cell_count"),
        (4, "wrong_cell_count"),
        (5, "invalid_utf8"),
        (6, "5"),
        (7, "wrong_cell_count"),
        (8, "7"),
        (9, "wrong_cell_count"),
        (10, "9"),
        (11, "torn_line"),
    ]


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    rows = "".join(f"{n},x\n" for n in range(3, 12_000))
    found = read(write(tmp_path / "a.csv", f'profile_id,platform\n1,x\n2,"x\n{rows}'.encode()))
    assert shape(found)[:3] == [(2, "1"), (3, "wrong_cell_count"), (4, "3")]
    assert len(found) == 12_000 - 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quoted_cell_keeps_its_blank_lines(tmp_path: Path, end: str) -> None:
    lines = ["", "profile_id,platform,bio", "", '1,x,"one', "", "  ", 'two"', " ", "2,x,three", ""]
    found = read(write(tmp_path / "a.csv", end.join(lines).encode()))
    assert [(r.line, r.data["bio"]) for r in found if isinstance(r, RawRecord)] == [(4, "one\n\n  \ntwo"), (9, "three")]
    assert len(found) == 2


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_delimiters_and_header_spellings(tmp_path: Path, mark: str) -> None:
    data = f"\ufeff Profile ID {mark}PLATFORM{mark}Display-Name\r\n1{mark}x{mark}\r\n"
    found = read(write(tmp_path / "a.csv", data.encode()))
    assert [dict(r.data) for r in found if isinstance(r, RawRecord)] == [{"profile_id": "1", "platform": "x"}]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("name,follower", ["platform and profile_id are missing", "found: name, follower", "profile_id and platform"]),
        ("profil_id,platfrom,bio", ["Rename 'platfrom' to 'platform'?", "Rename 'profil_id' to 'profile_id'?"]),
        ("id,network", ["Rename 'network' to 'platform'?", "Rename 'id' to 'profile_id'?"]),
        ("profile_id,platform,platform", ["'platform' is there more than once"]),
    ],
)
def test_wrong_columns_are_named_with_what_to_do(tmp_path: Path, header: str, words: list[str]) -> None:
    path = write(tmp_path / "a.csv", f"{header}\n1,x\n".encode())
    with pytest.raises(InvalidInputError) as error:
        read(path)
    assert all(word in str(error.value) for word in [*words, "a.csv"])


def test_wrong_columns_of_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table({"platfrom": ["x"], "profile_id": ["1"]}), tmp_path / "a.parquet")
    with pytest.raises(InvalidInputError, match="Rename 'platfrom' to 'platform'"):
        read(tmp_path / "a.parquet")


def test_parquet_types_and_bad_text(tmp_path: Path) -> None:
    bad = pa.Array.from_buffers(pa.string(), 2, pa.array([b"ok", b"\xff\xfe"]).buffers())
    table = pa.table({"profile_id": [1, 2], "platform": ["x", "x"], "bio": bad, "links": [["https://mara.dev"], None]})
    pq.write_table(table, tmp_path / "a.parquet")
    first, second = read(tmp_path / "a.parquet")
    assert isinstance(first, RawRecord)
    assert first.data == {"profile_id": 1, "platform": "x", "bio": "ok", "links": ["https://mara.dev"]}
    assert isinstance(second, BadLine)
    assert (second.line, second.reason) == (2, RejectReason.INVALID_UTF8)


def test_a_parquet_cell_without_a_value_in_python_is_text_or_lost_alone(tmp_path: Path) -> None:
    table = pa.table(
        {
            "profile_id": ["1", "2", "3"],
            "platform": ["x", "x", "x"],
            "seen": pa.array([1_700_000_000, 1_700_000_000_000, None], pa.timestamp("s")),
            "born": pa.array([0, 10_000_000, 0], pa.int32()).cast(pa.date32()),
            "zoned": pa.array([1, 1, None], pa.timestamp("us", "No/Where")),
            "several": pa.array([[0], [0, 1 << 60], []], pa.list_(pa.timestamp("us"))),
            "bio": pa.Array.from_buffers(pa.string(), 3, pa.array([b"ok", b"ok", b"\xff"]).buffers()),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    first, second, third = read(tmp_path / "a.parquet")
    assert isinstance(first, RawRecord)
    assert first.data == {
        "profile_id": "1",
        "platform": "x",
        "seen": datetime(2023, 11, 14, 22, 13, 20),  # noqa: DTZ001 - the column has no zone
        "born": date(1970, 1, 1),
        "zoned": datetime(1970, 1, 1, microsecond=1),  # noqa: DTZ001 - nobody knows its zone
        "several": [datetime(1970, 1, 1)],  # noqa: DTZ001 - the column has no zone
        "bio": "ok",
    }
    assert isinstance(second, RawRecord)
    assert second.data == {
        "profile_id": "2",
        "platform": "x",
        "seen": "<value out of range: 1700000000000000>",
        "born": "29349-01-26",
        "zoned": datetime(1970, 1, 1, microsecond=1),  # noqa: DTZ001
        "bio": "ok",
    }
    with pytest.raises(FieldError, match="is not a time"):
        read_time(second.data["seen"])
    assert isinstance(third, BadLine)
    assert (third.line, third.reason) == (3, RejectReason.INVALID_UTF8)


def test_parquet_decimals_are_numbers(tmp_path: Path) -> None:
    table = pa.table(
        {
            "profile_id": pa.array([Decimal(12345678901234567), Decimal(7)], pa.decimal128(38, 0)),
            "platform": ["x", "x"],
            "followers": pa.array([Decimal("12300.00"), None], pa.decimal128(12, 2)),
            "engagement_rate": pa.array([Decimal("3.25"), Decimal(10**30)], pa.decimal256(60, 2)),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    first, second = read(tmp_path / "a.parquet")
    assert isinstance(first, RawRecord)
    assert first.data == {
        "profile_id": 12345678901234567,
        "platform": "x",
        "followers": 12300,
        "engagement_rate": 3.25,
    }
    assert isinstance(first.data["followers"], int)
    assert isinstance(second, RawRecord)
    assert second.data["engagement_rate"] == 10**30
    assert second.safe_text().startswith("{")


def _damaged(data: bytes) -> bytes:
    """Compressed, with the middle overwritten."""
    packed = gzip.compress(data, mtime=0)
    half = len(packed) // 2
    return packed[:half] + b"\xff" * 64 + packed[half + 64 :]


def test_damaged_gzip_is_told_in_every_format(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"profile_id": [str(n * 7919) for n in range(2000)], "platform": ["x"] * 2000}), tmp_path / "a"
    )
    whole = (tmp_path / "a").read_bytes()
    for data in (gzip.compress(whole)[:-2000], _damaged(whole)):
        with pytest.raises(InvalidInputError, match="damaged"):
            read(write(tmp_path / "a.parquet.gz", data))
    for name in ("b.jsonl.gz", "b"):
        with pytest.raises(InvalidInputError, match="the compressed data is damaged"):
            Source(write(tmp_path / name, gzip.compress(b"")[:10] + b"\xff" * 64))


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "a"])
def test_an_empty_file_says_so(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(InvalidInputError, match="the file is empty"):
        Source(write(tmp_path / name, data))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.parquet", b"PAR1 and no footer", "damaged"),
        ("a.parquet", b"hello", "not a Parquet file"),
        ("a", b"hello world", "neither CSV, JSON lines nor Parquet"),
        ("a.json", b'[{"profile_id": 1}]', "JSON array"),
        ("a.csv", b"\xff\xfe,b\n1,2\n", "the header cannot be read"),
        ("a.csv", b"profile_id,platform\r1,x\r2,x\r", "the lines end in CR alone"),
        ("a.jsonl.gz", b"\x1f\x8bnot gzip at all", "damaged"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        read(write(tmp_path / name, data))


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InvalidInputError, match="cannot be read"):
            read(path)


def test_compressed_data_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"profile_id": str(n), "platform": "x", "username": f"{n * 7919:x}"} for n in range(20_000)
    ]
    data = gzip.compress(jsonl(*rows))
    found = shape(read(write(tmp_path / "a.jsonl.gz", data[: len(data) // 2])))
    assert found[0] == (1, "0")
    assert len(found) > 1000
    assert found[-1][1] == "torn_line"


def test_blank_lines_count_in_the_numbers(tmp_path: Path) -> None:
    with write(tmp_path / "a", b"\n\na\r\n\nb").open("rb") as stream:
        assert [
            (line.number, line.text, line.ended) for line in read_lines(stream) if not isinstance(line, BadLine)
        ] == [
            (3, b"a", True),
            (5, b"b", False),
        ]
