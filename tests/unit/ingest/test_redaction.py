"""The stored payload holds no plain contact, wherever it stood."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.ingest.redaction import MAX_DEPTH, redact, redact_raw

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)


def test_contacts_are_masked_at_every_depth() -> None:
    payload = {
        "a": ["write mara@studio.example", {"b@c.example": 1}],
        "phone": 4930901820,
        "Mobile": "030 90 18 20",
        "contact": {"phones": ["+49 30 901820"]},
        "links": ["https://wa.me/4930901820", "https://mara:secret@studio.example/x"],
        "followers": 4930901820,
        "account_id": "4930901820",
    }
    safe = redact(payload)
    text = orjson.dumps(safe).decode()
    for plain in ("mara@", "b@c", "90 18 20", "secret", "wa.me/49309"):
        assert plain not in text
    assert isinstance(safe, dict)
    assert (safe["followers"], safe["account_id"]) == (4930901820, "4930901820")
    assert safe["Mobile"] == "*** **20"


def test_nul_bytes_go_and_deep_nesting_ends() -> None:
    deep: object = "x"
    for _ in range(MAX_DEPTH * 3):
        deep = [deep]
    safe = orjson.dumps(redact({"a\x00": "b\x00", "deep": deep, "huge": 1 << 80}))
    assert b"\\u0000" not in safe
    assert safe.count(b"[") < MAX_DEPTH + 2


def test_a_cut_leaves_no_half_address() -> None:
    raw = redact_raw("x" * 4090 + " mara@studio.example")
    assert len(raw) <= 4096
    assert "mara" not in raw


@given(JSON)
def test_every_payload_can_be_stored(payload: object) -> None:
    orjson.dumps(redact(payload))


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_redacting_twice_changes_nothing(payload: dict[str, object]) -> None:
    once = redact(payload)
    assert orjson.dumps(redact(once)) == orjson.dumps(once)
