"""Exports as jobs: what they hold, what they leave out, and what becomes of them when something goes wrong."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.export import Export, ExportData, ExportFormat, ExportId, ExportState
from creatorgraph.domain.tenant import Plan, Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.folder import folder_of
from creatorgraph.services.export_job.order import (
    ExportGoneError,
    NotReadyError,
    QuotaExceededError,
    cancel_export,
    manifest_of,
    one_export,
    part_of,
)
from creatorgraph.services.export_job.work import sweep_exports, work_on_exports
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.store.table import change_log, export
from creatorgraph.store.write.creator import bump_versions, retire_creators
from creatorgraph.store.write.outbox import announce
from tests.integration.conftest import CREATORS, creator_id, write_world
from tests.integration.services.export_look import change, contents, ids, ordered, settle, with_settings, written


@pytest.fixture
def filled(engines: Engines) -> Engines:
    """The world of 60 creators in slices of 25."""
    write_world(engines.database)
    settle(engines)
    return with_settings(engines, export_part_creators=25)


@pytest.fixture
def acme(engines: Engines) -> Tenant:
    return create_tenant(engines, "acme", Plan.STANDARD)


@pytest.mark.parametrize("file_format", list(ExportFormat))
def test_a_whole_export_holds_everybody_once(filled: Engines, acme: Tenant, file_format: ExportFormat) -> None:
    made = written(filled, acme, file_format)
    assert (made.state, made.total, made.done, made.parts) == (ExportState.READY, CREATORS, CREATORS, 9)
    held = contents(filled, made)
    assert ids(held[ExportData.CREATORS]) == [creator_id(n) for n in range(CREATORS)]
    assert len(held[ExportData.PROFILES]) == 3 * CREATORS
    # links between two creators belong to neither
    assert len(held[ExportData.LINKS]) == 3 * CREATORS
    assert ExportData.RETIRED not in held
    assert "email" not in str(held).lower()


@pytest.mark.parametrize("relayed", [True, False])
def test_what_changed_since_an_export_comes_once(filled: Engines, acme: Tenant, relayed: bool) -> None:
    first = written(filled, acme)
    change(filled, 3, 40, relayed=relayed)
    with filled.database.transaction() as connection:
        retire_creators(connection, {CreatorId(creator_id(50)): creator_id(40)})
        announce(connection, "creator.merged", "creators", [creator_id(50)])
        announce(connection, "profile.changed", "profiles", ["p007i"])
    second = written(filled, acme, since_export=first.export_id)
    held = contents(filled, second)
    assert ids(held[ExportData.CREATORS]) == [creator_id(3), creator_id(7), creator_id(40)]
    assert [str(row["profile_id"]) for row in held[ExportData.PROFILES]][:3] == ["p003i", "p003x", "p003y"]
    [gone] = held[ExportData.RETIRED]
    assert (gone["creator_id"], gone["ending"], gone["successor_id"]) == (creator_id(50), "moved", creator_id(40))
    assert (second.total, second.done) == (4, 4)
    third = written(filled, acme, since_export=second.export_id)
    assert all(rows == [] for rows in contents(filled, third).values())
    change(filled, 9, relayed=relayed)
    fourth = written(filled, acme, since_export=third.export_id)
    assert ids(contents(filled, fourth)[ExportData.CREATORS]) == [creator_id(9)]


def test_a_change_that_commits_late_is_neither_lost_nor_doubled(filled: Engines, acme: Tenant) -> None:
    """It takes its transaction number before the export and commits in the midst of it, after its creator was read."""
    made = ordered(filled, acme)
    with filled.database.engine.connect() as slow, slow.begin() as late:
        bump_versions(slow, [creator_id(3), creator_id(59)])
        announce(slow, "creator.updated", "creators", [creator_id(3), creator_id(59)])
        assert work_on_exports(filled, slices=1) == 1
        late.commit()
    work_on_exports(filled)
    settle(filled)
    # the first slice was read before, the last one after
    versions = {row["creator_id"]: row["version"] for row in contents(filled, made)[ExportData.CREATORS]}
    assert (versions[creator_id(3)], versions[creator_id(59)]) == (1, 2)
    after = contents(filled, written(filled, acme, since_export=made.export_id))
    assert [(row["creator_id"], row["version"]) for row in after[ExportData.CREATORS]] == [(creator_id(3), 2)]


def test_what_changed_since_a_time(filled: Engines, acme: Tenant) -> None:
    before = datetime.now(UTC)
    change(filled, 5)
    change(filled, 6, relayed=False)
    held = contents(filled, written(filled, acme, since=before))
    assert ids(held[ExportData.CREATORS]) == [creator_id(5), creator_id(6)]


def test_times_and_exports_that_cannot_be_gone_on_from(filled: Engines, acme: Tenant) -> None:
    bolt = create_tenant(filled, "bolt", Plan.STANDARD)
    theirs = written(filled, bolt)
    open_one = ordered(filled, acme)
    now = datetime.now(UTC)
    unusable = {
        now + timedelta(hours=1): "ahead",
        now - timedelta(days=90): "known since",
        now.replace(tzinfo=None): "zone",
    }
    for since, said in unusable.items():
        with pytest.raises(InvalidInputError, match=said):
            ordered(filled, acme, since=since)
    with pytest.raises(InvalidInputError, match="never finished"):
        ordered(filled, acme, since_export=open_one.export_id)
    with pytest.raises(InvalidInputError, match="one place"):
        ordered(filled, acme, since=now, since_export=open_one.export_id)
    with pytest.raises(NotFoundError):
        ordered(filled, acme, since_export=theirs.export_id)
    with filled.database.for_operator() as connection:
        connection.execute(export.update().values(finished_at=sa.func.now(), asked_at=now - timedelta(days=31)))
    with pytest.raises(InvalidInputError, match="too old"):
        ordered(filled, acme, since_export=open_one.export_id)


def test_tenants_take_turns_and_see_their_own_alone(filled: Engines, acme: Tenant) -> None:
    bolt = create_tenant(filled, "bolt", Plan.STANDARD)
    large = [ordered(filled, acme) for _ in range(3)]
    small = ordered(filled, bolt)
    turns = []
    for _ in range(6):
        work_on_exports(filled, slices=1)
        now = [one_export(filled, each.tenant_id, each.export_id).parts // 3 for each in (*large, small)]
        turns.append((sum(now[:3]), now[3]))
    assert turns == [(1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3)]
    for look in (one_export, cancel_export, manifest_of):
        with pytest.raises(NotFoundError):
            look(filled, acme.tenant_id, small.export_id)
    with pytest.raises(NotFoundError):
        part_of(filled, acme.tenant_id, small.export_id, 1)


def test_the_quota_counts_what_is_open(filled: Engines, acme: Tenant) -> None:
    made = [ordered(filled, acme) for _ in range(filled.settings.export_open_most)]
    with pytest.raises(QuotaExceededError, match="as many as may be"):
        ordered(filled, acme)
    cancel_export(filled, acme.tenant_id, made[0].export_id)
    ordered(filled, acme)


def test_cancelled_half_way(filled: Engines, acme: Tenant) -> None:
    made = ordered(filled, acme)
    assert work_on_exports(filled, slices=1) == 1
    assert part_of(filled, acme.tenant_id, made.export_id, 1).path.is_file()
    with pytest.raises(NotReadyError):
        manifest_of(filled, acme.tenant_id, made.export_id)
    stages = CancelsWithin(filled, made)
    work_on_exports(filled, stages)
    assert stages.batches == 1, "the job went on after its next batch"
    assert one_export(filled, acme.tenant_id, made.export_id).state is ExportState.CANCELLED
    assert not folder_of(filled.settings, made.export_id).exists()
    with pytest.raises(ExportGoneError, match="cancelled"):
        part_of(filled, acme.tenant_id, made.export_id, 1)
    assert work_on_exports(filled) == 0


class CancelsWithin:
    """Cancels the export after the first batch of a slice."""

    def __init__(self, engines: Engines, made: Export) -> None:
        self._engines, self._made = engines, made
        self.batches = 0

    def stage(self, name: str, total: int | None = None) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        self.batches += 1
        cancel_export(self._engines, self._made.tenant_id, self._made.export_id)


@contextmanager
def no_room(size: int) -> Iterator[None]:
    """No file of this process may grow further; PostgreSQL is another process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("file_format", list(ExportFormat))
def test_a_full_disk(filled: Engines, acme: Tenant, file_format: ExportFormat) -> None:
    made = ordered(filled, acme, file_format)
    with no_room(2000):
        work_on_exports(filled)
    failed = one_export(filled, acme.tenant_id, made.export_id)
    assert (failed.state, failed.failure) == (ExportState.FAILED, "there is no room left for its files")
    assert not folder_of(filled.settings, made.export_id).exists()
    assert written(filled, acme, file_format).state is ExportState.READY


def test_what_is_over_is_deleted(filled: Engines, acme: Tenant) -> None:
    made = written(filled, acme)
    deleted = written(filled, acme)
    cancel_export(filled, acme.tenant_id, deleted.export_id)
    assert one_export(filled, acme.tenant_id, deleted.export_id).state is ExportState.DELETED
    sweep_exports(filled)
    assert part_of(filled, acme.tenant_id, made.export_id, 1).path.is_file()
    with filled.database.for_operator() as connection:
        connection.execute(export.update().values(expires_at=sa.func.now()))
    assert one_export(filled, acme.tenant_id, made.export_id).state is ExportState.EXPIRED
    with pytest.raises(ExportGoneError, match="over"):
        manifest_of(filled, acme.tenant_id, made.export_id)
    sweep_exports(filled)
    assert list((filled.settings.data_dir / "export").iterdir()) == []
    change(filled, 1)
    # the files are gone, the position is not
    held = contents(filled, written(filled, acme, since_export=made.export_id))
    assert ids(held[ExportData.CREATORS]) == [creator_id(1)]


def test_what_none_can_go_on_from_is_forgotten(filled: Engines, acme: Tenant) -> None:
    made = ordered(filled, acme)
    cancel_export(filled, acme.tenant_id, made.export_id)
    change(filled, 1)
    long_ago = datetime.now(UTC) - timedelta(days=39)
    with filled.database.transaction() as connection:
        connection.execute(export.update().values(asked_at=long_ago))
        connection.execute(change_log.update().values(at=long_ago))
    sweep_exports(filled)
    with pytest.raises(NotFoundError):
        one_export(filled, acme.tenant_id, made.export_id)
    with filled.database.transaction() as connection:
        assert connection.scalars(sa.select(change_log.c.sequence)).all() == [0]


def test_nobody_at_all(engines: Engines, acme: Tenant) -> None:
    made = written(engines, acme, ExportFormat.CSV)
    assert (made.state, made.total, made.done) == (ExportState.READY, 0, 0)
    assert contents(engines, made) == {each: [] for each in made.data}


def test_a_folder_that_cannot_be_written(filled: Engines, acme: Tenant, caplog: pytest.LogCaptureFixture) -> None:
    made = ordered(filled, acme)
    (filled.settings.data_dir / "export").write_text("a file where a folder is wanted")
    work_on_exports(filled)
    failed = one_export(filled, acme.tenant_id, made.export_id)
    assert (failed.state, failed.failure) == (ExportState.FAILED, "its files cannot be written")
    assert "EEXIST" in caplog.text or "ENOTDIR" in caplog.text


def test_an_id_that_nobody_has(filled: Engines, acme: Tenant) -> None:
    with pytest.raises(NotFoundError):
        one_export(filled, acme.tenant_id, ExportId("01910000-0000-7000-8000-00000000dead"))
