"""What the tests of exports do again and again: order, write, read the files, change somebody."""

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from creatorgraph.config import Settings
from creatorgraph.domain.export import Export, ExportData, ExportFormat
from creatorgraph.domain.tenant import Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.folder import path_of
from creatorgraph.services.export_job.order import (
    manifest_of,
    one_export,
    order_export,
)
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.relay import CONSUMERS
from creatorgraph.store.write.creator import bump_versions
from creatorgraph.store.write.outbox import acknowledge_all, announce, prune
from tests.integration.conftest import creator_id

Rows = list[dict[str, object]]


def with_settings(engines: Engines, **changed: object) -> Engines:
    settings = Settings.model_validate(engines.settings.model_dump() | changed)
    return replace(engines, settings=settings)


def ordered(
    engines: Engines, tenant: Tenant, file_format: ExportFormat = ExportFormat.JSONL, **since: object
) -> Export:
    return order_export(engines, tenant.tenant_id, file_format, asked_by="backend", **since)  # type: ignore[arg-type]


def written(
    engines: Engines, tenant: Tenant, file_format: ExportFormat = ExportFormat.JSONL, **since: object
) -> Export:
    made = ordered(engines, tenant, file_format, **since)
    work_on_exports(engines)
    return one_export(engines, tenant.tenant_id, made.export_id)


def contents(engines: Engines, made: Export) -> dict[ExportData, Rows]:
    found, parts = manifest_of(engines, made.tenant_id, made.export_id)
    held: dict[ExportData, Rows] = {each: [] for each in found.data}
    for part in parts:
        path = path_of(engines.settings, found, part)
        read = rows_of(path)
        assert (part.rows, part.bytes) == (len(read), path.stat().st_size)
        assert part.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        held[part.data] += read
    return held


def rows_of(path: Path) -> Rows:
    if path.suffix == ".csv":
        return list(csv.DictReader(path.read_text().splitlines()))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text().splitlines()]
    table: Rows = pq.read_table(path).to_pylist()
    return table


def settle(engines: Engines) -> None:
    """What the relay does once everybody has read the outbox."""
    with engines.database.transaction() as connection:
        for consumer in CONSUMERS:
            acknowledge_all(connection, consumer)
        prune(connection, CONSUMERS)


def ids(rows: Rows) -> list[str]:
    return [str(row["creator_id"]) for row in rows]


def change(engines: Engines, *numbers: int, relayed: bool = True) -> None:
    """Something of these creators changes, and is told as every change is."""
    with engines.database.transaction() as connection:
        bump_versions(connection, [creator_id(n) for n in numbers])
        announce(connection, "creator.updated", "creators", [creator_id(n) for n in numbers])
    if relayed:
        settle(engines)
