import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from creatorgraph.store.database import Database
from creatorgraph.store.table import creator, membership, steward
from tests.integration.cli.conftest import Cli


@pytest.fixture
def resolved(cli: Cli, tmp_path: Path) -> None:
    names = ("mira.kolb", "mira_kolb", "otto.brandt")
    records = [
        {"profile_id": f"p{n}", "platform": platform, "username": name, "display_name": name.replace(".", " ").title()}
        for n, (platform, name) in enumerate(zip(("instagram", "youtube", "x"), names, strict=True))
    ]
    path = tmp_path / "three.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    assert cli("ingest", path).exit_code == 0
    assert cli("resolve").exit_code == 0


def test_stewards_come_and_go(cli: Cli, database: Database) -> None:
    added = cli("steward", "add", "Maya", "--role", "admin")
    assert added.exit_code == 0, added.output
    token = added.stdout.strip()
    assert len(token) == 43
    again = cli("steward", "add", "Maya")
    assert again.exit_code == 2
    listed = cli("steward", "list").stdout
    assert "Maya  admin" in listed
    assert token not in listed
    assert cli("steward", "disable", "Maya").exit_code == 0
    assert cli("steward", "disable", "Nobody").exit_code == 2
    with database.transaction() as connection:
        assert connection.scalar(sa.select(steward.c.disabled_at)) is not None


@pytest.mark.usefixtures("resolved")
def test_the_log_is_compared_and_repairs_the_tables(cli: Cli, database: Database) -> None:
    assert cli("identity", "replay").exit_code == 0
    with database.transaction() as connection:
        connection.execute(membership.delete().where(membership.c.profile_id == "p2"))
    damaged = cli("identity", "replay")
    assert damaged.exit_code == 3
    assert "--write" in damaged.stderr
    assert cli("identity", "replay", "--write").exit_code == 0
    assert cli("identity", "replay").exit_code == 0


@pytest.mark.usefixtures("resolved")
def test_a_creator_tells_its_story(cli: Cli, database: Database) -> None:
    with database.transaction() as connection:
        found = connection.scalar(sa.select(creator.c.creator_id).where(creator.c.display_name == "Otto Brandt"))
    told = cli("identity", "explain", found).stdout
    assert f"Otto Brandt ({found}) has 1 profile" in told
    assert "came to be with 1 profile (p2)" in told
    for wrong in ("nonsense", "01910000-0000-7000-8000-000000000000"):
        assert cli("identity", "explain", wrong).exit_code == 2
