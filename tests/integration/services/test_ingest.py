from collections.abc import Callable
from pathlib import Path
from random import Random

import orjson
import pytest
import sqlalchemy as sa

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.store.cipher import ContactCipher
from creatorgraph.store.table import contact, identifier, ingest_run, outbox, profile, raw_payload, reject

Write = Callable[..., Path]
EMAIL = "someone.private@example.org"
ODD = (
    '{"profile_id":"b","platform":"x","username":"al","display_name":"\\ud83d x","\\udc00":"\\ud83d"}\n'
    + f'{{"profile_id":"c","platform":"x","username":"bo","e":{"[" * 300 + "]" * 300}}}\n'
    + '{"profile_id":"d","platform":"x","username":"cy","e":NaN,"n":999999999999999999999999999999}\n'
)
"""What some writers of JSON make and few readers take: half an emoji, deep nesting, NaN, a number over 64 bits."""
ACCOUNT = {"profile_id": "a", "platform": "x", "username": "ann_maker", "bio": f"Mail {EMAIL}", "email": EMAIL}


def dump(engines: Engines, table: sa.Table) -> list[tuple[object, ...]]:
    with engines.database.transaction() as connection:
        return [tuple(row) for row in connection.execute(sa.select(table))]


def test_no_plain_contact_reaches_the_database(engines: Engines, write_file: Write) -> None:
    bad = {"platform": "x", "note": EMAIL}
    [summary] = ingest_files(engines, [write_file("in.jsonl", ACCOUNT, bad)])
    assert (summary.added, summary.rejected) == (1, 1)
    for table in (profile, identifier, raw_payload, reject, outbox, contact):
        assert EMAIL not in repr(dump(engines, table)), table.name
    kinds = {row[1] for row in dump(engines, identifier)}
    assert {"email", "username"} <= kinds


def test_consented_contacts_are_encrypted_and_can_be_read_with_the_key(engines: Engines, write_file: Write) -> None:
    ingest_files(engines, [write_file("in.jsonl", ACCOUNT | {"consent": True})])
    rows = dump(engines, contact)
    assert rows
    assert EMAIL not in repr(rows)
    cipher = ContactCipher(engines.settings.contact_secret())
    assert {cipher.decrypt(row[3], context=row[0]) for row in rows} == {EMAIL}  # type: ignore[arg-type]


def test_the_same_file_again_changes_nothing(engines: Engines, world: Path) -> None:
    tables = (profile, raw_payload, outbox, ingest_run)
    ingest_files(engines, [world / "profiles.jsonl"])
    before = [dump(engines, table) for table in tables]
    [again] = ingest_files(engines, [world / "profiles.jsonl"])
    assert again.skipped
    assert [dump(engines, table) for table in tables] == before


def test_a_changed_record_in_a_new_file_changes_that_profile_alone(engines: Engines, write_file: Write) -> None:
    other = {"profile_id": "b", "platform": "youtube", "username": "@ann.films"}
    ingest_files(engines, [write_file("one.jsonl", ACCOUNT, other)], source="feed")
    [second] = ingest_files(engines, [write_file("two.jsonl", ACCOUNT | {"followers": 12}, other)], source="feed")
    assert (second.added, second.changed, second.unchanged) == (0, 1, 1)


def test_rejects_are_in_the_table_and_in_a_private_file(engines: Engines, write_file: Write) -> None:
    path = write_file("in.jsonl", ACCOUNT)
    path.write_text(path.read_text() + '{"profile_id": "torn", "platfo')
    [summary] = ingest_files(engines, [path])
    assert summary.rejects_file is not None
    assert summary.rejects_file.stat().st_mode & 0o777 == 0o600
    [line] = summary.rejects_file.read_bytes().splitlines()
    assert orjson.loads(line)["line"] == 2
    assert [row[2] for row in dump(engines, reject)] == [2]


def test_records_that_few_readers_take_go_in_beside_the_others(engines: Engines, write_file: Write) -> None:
    path = write_file("in.jsonl", ACCOUNT)
    path.write_text(ODD + path.read_text())
    [summary] = ingest_files(engines, [path])
    assert (summary.added, summary.rejected) == (4, 0)
    [half] = [row for row in dump(engines, raw_payload) if row[0] == "b"]
    assert half[1] == {"profile_id": "b", "platform": "x", "username": "al", "display_name": "? x", "?": "?"}


def test_no_record_is_too_long_for_an_index(engines: Engines, write_file: Write) -> None:
    """Of characters that PostgreSQL cannot compress: it does before it looks how long a row of an index is."""
    draw = Random(3)

    def long(length: int) -> str:
        return "".join(chr(draw.randint(0x4E00, 0x9FFF)) for _ in range(length))

    record = {"platform": "other", "username": long(255), "account_id": long(255), "display_name": long(1024)}
    pages = [f"https://{name}.example/{long(700)}" for name in ("ann", "bo")]
    path = write_file(
        "in.jsonl",
        *(record | {"profile_id": f"{name}{long(340)}", "website": pages[0], "links": pages} for name in "ab"),
        {"platform": "x", "profile_id": long(950)},
    )
    [summary] = ingest_files(engines, [path])
    assert (summary.added, summary.rejected) == (2, 1)
    assert resolve_all(engines).creators == 1


def test_a_missing_file_is_named(engines: Engines, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"nowhere\.jsonl"):
        ingest_files(engines, [tmp_path / "nowhere.jsonl"])


def test_a_run_that_stopped_half_way_goes_on_where_it_was(engines: Engines, world: Path, tmp_path: Path) -> None:
    """As after kill -9: the first batches are committed, the run is not done."""
    path = world / "profiles.jsonl"
    ingest_files(engines, [path])
    whole = sorted(str(row[0]) for row in dump(engines, profile))
    with engines.database.transaction() as connection:
        connection.execute(profile.delete().where(profile.c.profile_id > whole[150]))
        connection.execute(ingest_run.update().values(state="running", last_line=0))
    [summary] = ingest_files(engines, [path])
    assert not summary.skipped
    assert sorted(str(row[0]) for row in dump(engines, profile)) == whole
