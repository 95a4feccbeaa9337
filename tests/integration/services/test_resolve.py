from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from creatorgraph.domain.identity_event import IdentityEvent, IdentityEventKind
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.resolution.identity import replay
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.table import creator, identity_event, link, outbox
from creatorgraph.store.write.profile import delete_profiles

Write = Callable[..., Path]


def members(engines: Engines) -> dict[str, str]:
    with engines.database.transaction() as connection:
        return dict(read_memberships(connection))  # type: ignore[arg-type]


def history(engines: Engines) -> list[IdentityEvent]:
    with engines.database.transaction() as connection:
        rows = connection.execute(sa.select(identity_event).order_by(identity_event.c.sequence)).all()
    return [
        IdentityEvent(
            kind=IdentityEventKind(row.kind),
            creator_id=row.creator_id,
            other=row.other_id,
            profiles=tuple(row.profiles),
            cause=row.cause,
            at=row.at,
        )
        for row in rows
    ]


def count(engines: Engines, table: sa.Table) -> int:
    with engines.database.transaction() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def test_a_synthetic_world_is_resolved_well_and_history_replays_to_it(resolved: Engines, world: Path) -> None:
    found = members(resolved)
    truth = dict(line.split(",")[:2] for line in (world / "truth.csv").read_text().splitlines()[1:])
    assert found.keys() == truth.keys()
    scores = evaluate(found, truth)
    assert scores.precision > 0.8
    assert scores.recall > 0.5
    assert dict(replay(history(resolved)).membership) == found


def test_resolving_again_changes_nothing_even_when_forced(resolved: Engines) -> None:
    before = (members(resolved), len(history(resolved)), count(resolved, outbox), count(resolved, link))
    assert resolve_all(resolved).unchanged
    forced = resolve_all(resolved, force=True)
    assert not forced.unchanged
    assert (members(resolved), len(history(resolved)), count(resolved, outbox), count(resolved, link)) == before


def test_every_link_has_evidence_that_adds_up_in_part(resolved: Engines) -> None:
    with resolved.database.transaction() as connection:
        rows = connection.execute(sa.select(link.c.probability, link.c.match_weight, link.c.evidence)).all()
    assert rows
    for row in rows:
        assert row.probability == pytest.approx(2**row.match_weight / (1 + 2**row.match_weight), abs=1e-6)
        assert all(e["signal"] and e["explanation"] for e in row.evidence)


def test_profiles_that_are_gone_retire_their_creator(resolved: Engines) -> None:
    found = members(resolved)
    alone = next(p for p, c in sorted(found.items()) if list(found.values()).count(c) == 1)
    with resolved.database.transaction() as connection:
        delete_profiles(connection, [alone])  # type: ignore[list-item]
    resolve_all(resolved)
    with resolved.database.transaction() as connection:
        row = connection.execute(sa.select(creator).where(creator.c.creator_id == found[alone])).one()
    assert row.retired_at is not None
    assert row.successor_id is None
    assert alone not in members(resolved)


def test_a_new_profile_joins_and_the_old_id_stays(resolved: Engines, write_file: Write) -> None:
    before = members(resolved)
    with resolved.database.transaction() as connection:
        known = connection.execute(
            sa.text(
                "SELECT profile_id, platform, username, display_name, bio FROM profile "
                "WHERE username IS NOT NULL AND display_name LIKE '% %' AND length(username) > 9 ORDER BY profile_id LIMIT 1"
            )
        ).one()
    twin = {
        "profile_id": "zz-twin",
        "platform": "telegram",
        "username": known.username,
        "display_name": known.display_name,
        "bio": known.bio,
        "links": [],
    }
    ingest_files(resolved, [write_file("twin.jsonl", twin)])
    resolve_all(resolved)
    after = members(resolved)
    assert after["zz-twin"] == after[known.profile_id] == before[known.profile_id]
    assert dict(replay(history(resolved)).membership) == after


def test_many_bios_are_compared_by_their_words_and_search_still_finds_them(engines: Engines, world: Path) -> None:
    few = replace(engines, settings=engines.settings.model_copy(update={"encode_limit": 5}))
    ingest_files(few, [world / "profiles.jsonl"])
    by_words = resolve_all(few)
    assert [text for text in by_words.warnings if "CREATORGRAPH_ENCODE_LIMIT (5)" in text]
    assert by_words.accepted_links > 0
    assert len(engines.bio_index().digests()) == 0 < len(engines.profile_index().digests())
    # the limit is part of what a run depends on
    by_meaning = resolve_all(engines)
    assert not by_meaning.unchanged
    assert not by_meaning.warnings
    assert len(engines.bio_index().digests()) > 5


def test_the_model_of_a_run_can_be_used_again(resolved: Engines, write_file: Write) -> None:
    """A newcomer that nobody knows moves nobody, and nothing is trained."""
    path = model_path(resolved.settings)
    trained = read_model(path)
    written = path.stat().st_mtime_ns
    before = members(resolved)
    ingest_files(resolved, [write_file("new.jsonl", {"profile_id": "zz-new", "platform": "vk", "username": "ჟღშჩც"})])
    found = resolve_all(resolved, model=trained)
    assert not found.unchanged
    assert found.model_version == trained.document["model_version"]
    assert path.stat().st_mtime_ns == written
    after = members(resolved)
    assert after.pop("zz-new") not in before.values()
    assert after == before
    assert resolve_all(resolved, model=trained).unchanged
    assert not resolve_all(resolved).unchanged
