"""A process that is killed while it writes an export: the next one goes on, and nothing shows it."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from creatorgraph.config import Settings
from creatorgraph.domain.export import Export, ExportFormat, ExportState
from creatorgraph.domain.tenant import Plan, Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.folder import folder_of
from creatorgraph.services.export_job.order import manifest_of, one_export, order_export
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.tenant.account import create_tenant
from tests.integration.conftest import write_world

SCRIPT = Path(__file__).with_name("export_killed.py")


@pytest.fixture
def filled(engines: Engines) -> Engines:
    write_world(engines.database)
    settings = Settings.model_validate(engines.settings.model_dump() | {"export_part_creators": 25})
    return replace(engines, settings=settings)


def files(engines: Engines, made: Export) -> dict[str, tuple[int, bytes]]:
    """When each file was written, and what it holds."""
    found = folder_of(engines.settings, made.export_id).iterdir()
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def test_it_goes_on_and_ends_as_one_that_was_not_killed(filled: Engines) -> None:
    tenant = create_tenant(filled, "acme", Plan.STANDARD)
    whole = ordered(filled, tenant)
    work_on_exports(filled)
    made = ordered(filled, tenant)

    # the second of three slices: the creators' file is there, the profiles' is not
    process = subprocess.run([sys.executable, SCRIPT, "5"], env=os.environ | environment(filled), check=False)
    assert process.returncode == -signal.SIGKILL
    left = files(filled, made)
    assert sorted(left) == [
        ".profiles-00002.csv.part",
        "creators-00001.csv",
        "creators-00002.csv",
        "links-00001.csv",
        "profiles-00001.csv",
    ]
    halted = one_export(filled, tenant.tenant_id, made.export_id)
    assert (halted.state, halted.parts, halted.done) == (ExportState.RUNNING, 3, 25)

    assert work_on_exports(filled) == 2
    after = files(filled, made)
    assert all(after[name] == left[name] for name in left if name.endswith("00001.csv"))
    expected = {name: content for name, (_, content) in files(filled, whole).items()}
    assert {name: content for name, (_, content) in after.items()} == expected
    one, other = (
        [replace(each, snapshot="") for each in manifest_of(filled, tenant.tenant_id, each.export_id)[1]]
        for each in (whole, made)
    )
    assert one == other


def ordered(engines: Engines, tenant: Tenant) -> Export:
    return order_export(engines, tenant.tenant_id, ExportFormat.CSV, asked_by="backend")


def environment(engines: Engines) -> dict[str, str]:
    return {
        "CREATORGRAPH_DATABASE_URL": engines.database.url,
        "CREATORGRAPH_DATA_DIR": str(engines.settings.data_dir),
        "CREATORGRAPH_EXPORT_PART_CREATORS": "25",
    }
