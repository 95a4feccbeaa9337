"""The rejects file: whole lines, for its owner only."""

import stat
from pathlib import Path

import orjson

from creatorgraph.ingest.reject import Reject, RejectReason, RejectWriter

REJECT = Reject(line=7, reason=RejectReason.TORN_LINE, detail="ends early", field=None, payload='{"a": "ü"')


def test_rejects_are_appended_as_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "rejects.jsonl"
    for _ in range(2):
        with RejectWriter(path, source="a.jsonl") as writer:
            assert writer.write([REJECT]) == 1
            assert writer.write([]) == 0
    lines = path.read_bytes().splitlines()
    assert [orjson.loads(line) for line in lines] == [
        {
            "file": "a.jsonl",
            "line": 7,
            "reason": "torn_line",
            "field": None,
            "detail": "ends early",
            "payload": '{"a": "ü"',
        }
    ] * 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_torn_end_does_not_spoil_the_next_line(tmp_path: Path) -> None:
    path = tmp_path / "rejects.jsonl"
    path.write_bytes(b'{"file": "a.jso')
    with RejectWriter(path, source="b.jsonl") as writer:
        writer.write([REJECT])
    assert orjson.loads(path.read_bytes().splitlines()[1])["file"] == "b.jsonl"
