"""Who a profile would be, asked without storing it: what arriving would have made of it, and nothing written."""

from pathlib import Path

import orjson
import pytest
import sqlalchemy as sa

from creatorgraph.domain.error import UnavailableError
from creatorgraph.domain.profile import Profile
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.resolve import resolve_all
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.link import links_of_profiles
from creatorgraph.store.table import profile as profile_table
from creatorgraph.store.write.profile import IncomingProfile

HELD_BACK = 20


def parsed(world: Path) -> list[IncomingProfile]:
    hasher = ContactHasher(b"a key for the tests alone")
    lines = (world / "profiles.jsonl").read_bytes().splitlines()
    found = [parse_record(orjson.loads(line), hasher=hasher, where="line") for line in lines]
    return [IncomingProfile(profile=each.profile, payload=each.redacted) for each in found if isinstance(each, Parsed)]


def written(engines: Engines) -> tuple[object, ...]:
    """What no question may change."""
    with engines.database.transaction() as connection:
        return tuple(
            connection.execute(sa.text(f"SELECT count(*), max(xmin::text::bigint) FROM {table}")).one()  # noqa: S608
            for table in (
                "profile",
                "creator",
                "membership",
                "link",
                "outbox",
                "arrival",
                "scored_pair",
                "near_spelling",
            )
        )


def stored_links(engines: Engines, profile: Profile) -> dict[str, float]:
    with engines.database.transaction() as connection:
        [page] = links_of_profiles(connection, [Part(parent=profile.profile_id, first=100)])
    return {
        each.link.right if each.link.left == profile.profile_id else each.link.left: each.link.probability
        for each in page.items
    }


def test_what_is_told_is_what_arriving_makes_of_it(engines: Engines, world: Path) -> None:
    incoming = parsed(world)
    late, early = incoming[:HELD_BACK], incoming[HELD_BACK:]
    Arrivals(engines).take_in(early, source="test")
    resolve_all(engines)
    matching = Matching(engines)
    before = written(engines)
    told = [matching.match(each.profile, first=20, min_probability=0.0) for each in late]
    assert written(engines) == before
    assert all(each.known is None for each in told)
    compared = 0
    for each, matched in zip(late, told, strict=True):
        Arrivals(engines).take_in([each], source="test")
        links = stored_links(engines, each.profile)
        for candidate in matched.candidates:
            # those that came since are others' rivals too; what is certain stays so
            found = links.get(candidate.matched)
            assert found is not None
            assert abs(found - candidate.probability) < 0.05
            assert candidate.match_weight == pytest.approx(sum(row.match_weight for row in candidate.evidence), abs=0.1)
            compared += 1
    assert compared >= HELD_BACK / 2


def test_an_account_that_is_stored_is_known(engines: Engines, world: Path) -> None:
    incoming = parsed(world)[:80]
    Arrivals(engines).take_in(incoming, source="test")
    resolve_all(engines)
    asked = next(each.profile for each in incoming if each.profile.username)
    matched = Matching(engines).match(asked, first=5, min_probability=0.5)
    assert matched.known == asked.profile_id
    assert (matched.candidates[0].matched, matched.candidates[0].probability) == (asked.profile_id, 1.0)


def test_without_a_run_there_is_nothing_to_match_with(engines: Engines, world: Path) -> None:
    with pytest.raises(UnavailableError, match="creatorgraph resolve"):
        Matching(engines).match(parsed(world)[0].profile, first=5, min_probability=0.5)
    with engines.database.transaction() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(profile_table)) == 0
