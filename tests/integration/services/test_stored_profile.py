"""What COPY brings from the database is, to the last value, what the profiles' objects would have become."""

from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.progress import Silent
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA, to_table
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.stored_profile import stored_table
from creatorgraph.store.database import Database
from creatorgraph.store.read.bulk import stream_profiles
from creatorgraph.store.read.profile_copy import copy_profiles
from creatorgraph.store.write.profile import IncomingProfile, upsert_profiles

HASHER = ContactHasher(b"a key for this test alone")
FIELDS = ("username", "url", "account_id", "bio", "website", "links", "email", "phone", "mentions")
# what CSV, COPY and our own lists take for something else
SPELLINGS = (
    "", " ", "plain", "NULL", "\\N", "\\.", "t", "a,b", '"', '""quoted""', "two\nlines", "carriage\rreturn", "\r\n", "tab\t\\",
    "\ufeffmark", "\x1f", "\x1d", "\x1d0", "\x1d1", "a\x1fb\x1dc", "\x1f\x1f", "{brace,}", "Žluťoučký", "王小明", "🎥 video",
    "e\u0301", "'; DROP TABLE profile; --", "%s %(a)s {} :name",
)  # fmt: skip


def texts(random: Random) -> str | None:
    return random.choice((None, *SPELLINGS))


def identifiers(random: Random) -> tuple[Identifier, ...]:
    places = random.sample(list(product(IdentifierKind, FIELDS)), random.choice((0, 1, 9)))
    # values lie in an index of their own, which takes any text but an endless one
    return tuple(
        Identifier(kind=kind, value=f"{kind}:{random.choice(SPELLINGS)}{n % 3}", shown="shown", field=field)
        for n, (kind, field) in enumerate(places)
    )


def odd_profile(number: int, random: Random) -> Profile:
    named = {
        name: texts(random)
        for name in (
            "account_id", "url", "display_name", "bio", "website", "location", "language", "category", "company",
            "job_title", "avatar_hash",
        )
    }  # fmt: skip
    return Profile(
        profile_id=ProfileId(f"{random.choice(SPELLINGS)}-{number:03}"),
        platform=random.choice(list(Platform)),
        username=random.choice((None, *SPELLINGS, "somebody.else", "UC0123456789012345678901")),
        links=tuple(random.choice(SPELLINGS) for _ in range(random.choice((0, 0, 1, 3)))),
        followers=random.choice((None, 0, 7, 2**40)),
        verified=random.choice((None, True, False)),
        identifiers=identifiers(random),
        **named,  # type: ignore[arg-type]
    )


def write(database: Database, profiles: list[Profile]) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    with database.transaction() as connection:
        upsert_profiles(
            connection,
            [IncomingProfile(profile=p, payload={}) for p in profiles],
            source="test",
            payloads_expire_at=later,
        )


@pytest.fixture
def odd(database: Database) -> Database:
    random = Random(5)
    write(database, [odd_profile(number, random) for number in range(300)])
    return database


def by_objects(database: Database) -> pa.Table:
    with database.transaction() as connection:
        profiles = [p for batch in stream_profiles(connection) for p in batch]
    return to_table(profiles, local_hash=HASHER.local_value)


def by_copy(database: Database, target: Path) -> pa.Table:
    with database.transaction() as connection:
        return stored_table(connection, target, local_hash=HASHER.local_value)


def test_every_kind_of_value_is_read_as_it_is(odd: Database, tmp_path: Path) -> None:
    expected, found = by_objects(odd), by_copy(odd, tmp_path / "table.arrow")
    assert found.schema == PROFILE_SCHEMA
    for name in PROFILE_SCHEMA.names:
        assert found.column(name).to_pylist() == expected.column(name).to_pylist(), name
    # it is a test of every column: none is empty throughout
    assert all(any(found.column(name).to_pylist()) for name in PROFILE_SCHEMA.names)
    found.validate(full=True)


def test_a_world_is_read_as_its_objects_would_be(engines: Engines, world: Path, tmp_path: Path) -> None:
    ingest_files(engines, [world / "profiles.jsonl"])
    found = by_copy(engines.database, tmp_path / "table.arrow")
    assert found.num_rows == 300
    assert found.equals(by_objects(engines.database))


@pytest.mark.parametrize("rows", [1, 7, 300])
def test_the_size_of_the_parts_does_not_matter(odd: Database, tmp_path: Path, rows: int) -> None:
    with odd.transaction() as connection:
        parts = list(copy_profiles(connection, rows=rows))
    assert max(part.num_rows for part in parts) == rows
    whole = by_copy(odd, tmp_path / "table.arrow")
    names = [name for name in parts[0].column_names if name != "row_id"]
    assert pa.concat_tables(parts).select(names).to_pylist() == whole.select(names).to_pylist()


def test_no_profiles_are_an_empty_table(database: Database, tmp_path: Path) -> None:
    assert by_copy(database, tmp_path / "table.arrow").equals(PROFILE_SCHEMA.empty_table())


def test_the_table_is_for_its_owner_alone_and_written_over(odd: Database, tmp_path: Path) -> None:
    target = tmp_path / "table.arrow"
    target.write_text("torn")
    target.chmod(0o644)
    hashes = by_copy(odd, target).column("username_local").to_pylist()
    assert target.stat().st_mode & 0o077 == 0
    # whose mailbox is called how is for no disk
    content = target.read_bytes()
    assert not [each for each in hashes if each and each.encode() in content]
    assert any(hashes)


def test_progress_counts_profiles(odd: Database, tmp_path: Path) -> None:
    class Counting(Silent):
        steps = 0

        def advance(self, steps: int = 1) -> None:
            self.steps += steps

    told = Counting()
    with odd.transaction() as connection:
        stored_table(connection, tmp_path / "table.arrow", local_hash=HASHER.local_value, progress=told)
    assert told.steps == 300
