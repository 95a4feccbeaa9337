"""What is stored, for a resolution: one Arrow table, and objects for a few thousand profiles at a time only."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.resolution.golden import creator_kind, golden_record
from creatorgraph.resolution.profile_table import PROFILE_SCHEMA, username_local
from creatorgraph.resolution.review import ReviewFacts
from creatorgraph.store.read.bulk import read_profiles
from creatorgraph.store.read.profile_copy import copy_profiles
from creatorgraph.store.write.creator import MergedView

_PROFILES = 10_000
"""Profiles that exist as objects at a time."""
_HASHED = PROFILE_SCHEMA.field("username_local")
_ON_DISK = pa.schema([field for field in PROFILE_SCHEMA if field != _HASHED])


def stored_table(
    connection: sa.Connection, target: Path, *, local_hash: Callable[[str], str], progress: Progress = Silent()
) -> pa.Table:
    """Every stored profile (PROFILE_SCHEMA) by ascending id, written to `target` (Arrow IPC, for the owner alone) and read from
    there as it is looked at. `local_hash` hashes usernames as to_table() says: those hashes alone are in memory, 64 bytes
    each, because no disk may hold them beside the names.
    """
    progress.stage("Reading profiles")
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    hashed: list[pa.Array] = []
    with pa.ipc.new_file(str(target), _ON_DISK) as writer:
        for part in copy_profiles(connection):
            hashed.append(_local_names(part, local_hash))
            writer.write_table(pa.table({name: part.column(name) for name in _ON_DISK.names}, _ON_DISK))
            progress.advance(part.num_rows)
    written = pa.ipc.open_file(pa.memory_map(str(target))).read_all()
    return written.append_column(_HASHED, pa.chunked_array(hashed, pa.string()))


def _local_names(table: pa.Table, local_hash: Callable[[str], str]) -> pa.Array:
    accounts = zip(*(table.column(name).to_pylist() for name in ("platform", "username")), strict=True)
    return pa.array([username_local(platform, username, local_hash) for platform, username in accounts], pa.string())


def stored_part(
    connection: sa.Connection, row_ids: NDArray[np.int64], *, local_hash: Callable[[str], str]
) -> tuple[pa.Table, NDArray[np.int64]]:
    """Some stored profiles (PROFILE_SCHEMA) by ascending id, in memory, and the row id of each."""
    parts = list(copy_profiles(connection, row_ids=row_ids))
    tables = [part.select(_ON_DISK.names).cast(_ON_DISK) for part in parts]
    table = pa.concat_tables(tables or [_ON_DISK.empty_table()]).combine_chunks()
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *(part.column("row_id").to_numpy() for part in parts)])
    return table.append_column(_HASHED, _local_names(table, local_hash)), rows


def encoded_profiles(table: pa.Table) -> Iterator[Profile]:
    """The rows as profiles of those fields alone that are encoded."""
    names = ["profile_id", "platform", "username", "display_name", "bio", "category", "location"]
    for batch in table.select(names).to_batches(max_chunksize=_PROFILES):
        for row in batch.to_pylist():
            yield Profile(**{**row, "platform": Platform(row["platform"])})


def review_facts(table: pa.Table) -> dict[ProfileId, ReviewFacts]:
    """What the review of a pair looks at in its profiles."""
    names = ["profile_id", "platform", "username", "followers"]
    return {
        ProfileId(profile_id): ReviewFacts(platform=Platform(platform), username=username, followers=followers)
        for batch in table.select(names).to_batches(max_chunksize=_PROFILES)
        for profile_id, platform, username, followers in zip(*(c.to_pylist() for c in batch.columns), strict=True)
    }


def merged_views(connection: sa.Connection, membership: Mapping[ProfileId, CreatorId]) -> Iterator[list[MergedView]]:
    """The merged view of every creator, in batches of about so many profiles, whose members are read for it."""
    members: dict[CreatorId, list[ProfileId]] = defaultdict(list)
    for profile_id, creator_id in membership.items():
        members[creator_id].append(profile_id)
    for creators in _batches(iter(members.items())):
        wanted = [profile_id for _, ids in creators for profile_id in ids]
        found = {profile.profile_id: profile for profile in read_profiles(connection, wanted)}
        yield [
            _view(creator_id, group) for creator_id, ids in creators if (group := [found[i] for i in ids if i in found])
        ]


def _batches(
    creators: Iterator[tuple[CreatorId, list[ProfileId]]],
) -> Iterator[list[tuple[CreatorId, list[ProfileId]]]]:
    batch: list[tuple[CreatorId, list[ProfileId]]] = []
    held = 0
    for creator_id, ids in creators:
        batch.append((creator_id, ids))
        held += len(ids)
        if held >= _PROFILES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _view(creator_id: CreatorId, group: list[Profile]) -> MergedView:
    golden = golden_record(group)
    return MergedView(creator_id=creator_id, golden=golden, kind=creator_kind(group, golden), members=len(group))
