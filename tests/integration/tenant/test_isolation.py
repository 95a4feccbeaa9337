"""Row-level security, tried with SQL of one's own under the roles that the API and the commands take on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
import uuid_utils

from creatorgraph.config import Settings
from creatorgraph.domain.export import ExportData, ExportFormat, ExportPart, ExportState
from creatorgraph.domain.tenant import Tenant, TenantId
from creatorgraph.domain.usage import UsageHour
from creatorgraph.domain.webhook import Attempt, MessageId, Subscription, WebhookEvent, WebhookId
from creatorgraph.services.export_job.order import cancel_export, one_export, order_export
from creatorgraph.services.export_job.withdraw import withdraw_from_exports
from creatorgraph.services.export_job.work import sweep_exports, work_on_exports
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key, list_keys
from creatorgraph.store.database import Database
from creatorgraph.store.migration import migrate
from creatorgraph.store.read.export_job import FIRST_ID, LAST_ID, any_open
from creatorgraph.store.table import metadata
from creatorgraph.store.tenancy import OPERATOR, TENANT, operating
from creatorgraph.store.write.export_job import add_slice
from creatorgraph.store.write.tenant import add_usage
from creatorgraph.store.write.webhook import insert_webhook, queue_ping, replace_secret
from creatorgraph.store.write.webhook_message import Verdict, claim, next_message, record

HOUR = datetime(2026, 1, 1, tzinfo=UTC)
PART = ExportPart(
    number=1,
    slice=1,
    data=ExportData.CREATORS,
    after=FIRST_ID,
    upto=LAST_ID,
    snapshot="1:1:",
    rows=0,
    bytes=0,
    sha256="",
)
OWNED = sorted(name for name, table in metadata.tables.items() if "tenant_id" in table.c)


@pytest.fixture(scope="module")
def two(module_database: Database) -> tuple[Tenant, Tenant]:
    """Two tenants, each with a row in every table that tenants own."""
    return fill(module_database)


def fill(database: Database) -> tuple[Tenant, Tenant]:
    engines: Any = _Engines(database)
    made = []
    for name in ("one", "two"):
        tenant = create_tenant(engines, name)
        create_key(engines, name, f"{name}'s key")
        with database.for_operator() as connection:
            used = UsageHour(tenant_id=tenant.tenant_id, source=name, hour=HOUR, requests=1, refused=0, cost=1, rows=1)
            add_usage(connection, [used])
        own(database, tenant)
        ordered = order_export(engines, tenant.tenant_id, ExportFormat.CSV, asked_by=name)
        with database.for_operator() as connection:
            add_slice(connection, ordered, [PART], finished=False, keep=timedelta(days=1))
        subscribe(database, tenant.tenant_id)
        made.append(tenant)
    return made[0], made[1]


def own(database: Database, tenant: Tenant) -> None:
    """A row of the tenant's in each table that its callers write."""
    private, listed = str(uuid4()), str(uuid4())
    given: dict[str, dict[str, object]] = {
        "private_profile": {"private_id": private, "ref": "1", "platform": "x", "identifiers": [], "digest": b""},
        "private_contact": {"private_id": private, "kind": "email", "value": "x", "shown": "x", "consent": False},
        "collection": {"collection_id": listed, "name": "the best"},
        "collection_member": {"collection_id": listed, "creator_id": str(uuid4())},
        "contact_read": {
            "read_id": str(uuid4()), "subject": "x", "means": "key", "about": private, "kind": "email", "place": "x",
            "request_id": "x",
        },
    }  # fmt: skip
    with database.for_tenant(tenant.tenant_id) as connection:
        for table, row in given.items():
            connection.execute(metadata.tables[table].insert().values(tenant_id=tenant.tenant_id, **row))


def subscribe(database: Database, tenant_id: TenantId) -> None:
    """A webhook with a secret, a message and an entry of the log, as its tenant and the sender write them."""
    webhook_id, now = WebhookId(str(uuid_utils.uuid7())), datetime.now(UTC)
    message_id = MessageId(str(uuid_utils.uuid4()))
    chosen = Subscription(url="https://hooks.example.com/", description="", events=(WebhookEvent.ERASED,))
    with database.for_tenant(tenant_id) as connection:
        insert_webhook(connection, webhook_id, tenant_id, chosen, now)
        replace_secret(
            connection, webhook_id, tenant_id, secret_id=message_id, sealed=b"sealed", now=now, others_until=now
        )
        queue_ping(connection, webhook_id, tenant_id, message_id, now)
    with database.for_operator() as connection:
        later = now + timedelta(minutes=1)
        lent = next(
            each
            for each in claim(connection, lease=message_id, now=later, until=later, most=9)
            if each.webhook_id == webhook_id
        )
        due = next_message(connection, lent, now=later, until=later)
        assert due is not None
        assert list(due[1]) == [b"sealed"]
        record(connection, lent, due[0], Attempt(duration_ms=1, status=200), Verdict(), later)


class _Engines:
    def __init__(self, database: Database) -> None:
        self.database, self.settings = database, Settings()


def count(connection: sa.Connection, table: str) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(metadata.tables[table])) or 0)


def owners(connection: sa.Connection, table: str) -> set[str]:
    return set(connection.scalars(sa.select(metadata.tables[table].c.tenant_id)))


def test_there_is_something_to_hold(two: tuple[Tenant, Tenant]) -> None:
    assert {"tenant", "api_key", "usage_hour"} <= set(OWNED)


def test_every_table_of_tenants_forces_row_level_security(module_database: Database) -> None:
    with module_database.transaction() as connection:
        found = connection.execute(
            sa.text("SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = ANY(:names)"),
            {"names": OWNED},
        ).all()
        policies = connection.execute(sa.text("SELECT tablename, policyname, roles::text[] FROM pg_policies")).all()
    assert {tuple(row) for row in found} == {(name, True, True) for name in OWNED}
    assert sorted((*tuple(row[:2]), list(row[2])) for row in policies) == sorted(
        (name, policy, [role]) for name in OWNED for policy, role in (("own", TENANT), ("every", OPERATOR))
    )


def test_neither_role_may_log_in_or_pass_by_the_policies(module_database: Database) -> None:
    with module_database.transaction() as connection:
        found = connection.execute(
            sa.text(
                "SELECT rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles "
                "WHERE rolname = ANY(:names)"
            ),
            {"names": [TENANT, OPERATOR]},
        ).scalars()
        assert list(found) == [False, False]


@pytest.mark.parametrize("table", OWNED)
def test_a_tenant_has_its_own_rows_alone(module_database: Database, two: tuple[Tenant, Tenant], table: str) -> None:
    for each in two:
        with module_database.for_tenant(each.tenant_id) as connection:
            assert owners(connection, table) == {each.tenant_id}


@pytest.mark.parametrize("table", OWNED)
@pytest.mark.parametrize("setting", [None, "", "  "])
def test_without_a_tenant_there_is_nothing(
    module_database: Database, two: tuple[Tenant, Tenant], table: str, setting: str | None
) -> None:
    with module_database.transaction() as connection:
        connection.execute(sa.text(f"SET LOCAL ROLE {TENANT}"))
        if setting is not None:
            connection.execute(sa.text("SELECT set_config('creatorgraph.tenant', :it, true)"), {"it": setting})
        if setting and setting.isspace():
            # what is no id is an error, which shows nothing either
            with pytest.raises(sa.exc.DBAPIError, match="invalid input syntax"):
                count(connection, table)
        else:
            assert count(connection, table) == 0


async def test_what_the_api_reads_with_is_of_no_tenant(module_database: Database, two: tuple[Tenant, Tenant]) -> None:
    one, other = two
    for table in OWNED:
        assert await module_database.ask(count, table) == 0
    assert await module_database.ask_for_tenant(one.tenant_id, count, "usage_hour") == 1
    # what one transaction was for is forgotten by the next on the same connection
    assert await module_database.ask(count, "usage_hour") == 0
    assert await module_database.ask_for_operator(count, "usage_hour") == 2
    assert await module_database.ask(count, "usage_hour") == 0
    assert await module_database.ask_for_tenant(other.tenant_id, count, "api_key") == 1
    await module_database.aclose()


WRITES = {
    "a row for another": "INSERT INTO usage_hour VALUES (:other, 'x', now(), 1, 0, 1, 1)",
    "a row given away": "UPDATE usage_hour SET tenant_id = :other",
    "another's row": "DELETE FROM usage_hour WHERE tenant_id = :other RETURNING 1",
    "another's plan": "UPDATE tenant SET plan = 'enterprise' RETURNING 1",
    "a key": "INSERT INTO api_key (key_id, tenant_id, name, prefix, secret_hash, role) "
    "VALUES (gen_random_uuid(), :other, 'x', 'x', '', 'partner')",
    "the log of who has read a contact": "UPDATE contact_read SET subject = 'x' RETURNING 1",
    "entries of that log": "DELETE FROM contact_read RETURNING 1",
    "an export for another": "INSERT INTO export (export_id, tenant_id, format, asked_by) "
    "VALUES (gen_random_uuid(), :other, 'csv', 'x')",
    "an export given away": "UPDATE export SET tenant_id = :other",
    "a part": "UPDATE export_part SET sha256 = 'x' RETURNING 1",
    "a creator": "UPDATE creator SET display_name = 'x' RETURNING 1",
    "what it may not even read": "SELECT 1 FROM steward_session",
    "a webhook's secret": "SELECT sealed FROM webhook_secret",
    "a webhook for another": "INSERT INTO webhook (webhook_id, tenant_id, url, description, events) "
    "VALUES (gen_random_uuid(), :other, 'x', '', '{}')",
    "a webhook given away": "UPDATE webhook SET tenant_id = :other",
    "a message given away": "UPDATE webhook_message SET tenant_id = :other",
    "the log of sending": "UPDATE webhook_delivery SET answer = 'x' RETURNING 1",
}


@pytest.mark.parametrize("what", WRITES)
def test_a_tenant_does_not_get_at(module_database: Database, two: tuple[Tenant, Tenant], what: str) -> None:
    one, other = two
    with (
        pytest.raises(sa.exc.DBAPIError, match=r"permission denied|row-level security"),
        module_database.for_tenant(one.tenant_id) as connection,
    ):
        connection.execute(sa.text(WRITES[what]), {"other": other.tenant_id})


@pytest.mark.parametrize(
    "secret",
    [
        "steward.token_hash",
        "steward.subject",
        "api_key.secret_hash",
        "steward_session.token_hash",
        "contact.ciphertext",
        "webhook_secret.sealed",
    ],
)
async def test_the_api_does_not_read_what_proves_or_reaches_somebody(module_database: Database, secret: str) -> None:
    table, _, column = secret.partition(".")

    def read(connection: sa.Connection) -> object:
        return connection.scalar(sa.select(metadata.tables[table].c[column]).limit(1))

    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        await module_database.ask(read)
    await module_database.aclose()


def test_the_owner_of_the_tables_is_bound_too(postgres_url: str) -> None:
    """A PostgreSQL of one's own: its login owns the tables and is no superuser."""
    with _owned(postgres_url) as database:
        one, _ = fill(database)
        with database.transaction() as connection:
            assert [count(connection, table) for table in OWNED] == [0] * len(OWNED)
        with database.for_operator() as connection:
            assert count(connection, "usage_hour") == 2
        with database.for_tenant(one.tenant_id) as connection:
            assert count(connection, "usage_hour") == 1
        engines: Any = _Engines(database)
        assert {tenant for tenant, _ in list_keys(engines)} == {"one", "two"}


def test_exports_are_written_where_the_login_is_no_superuser(postgres_url: str, tmp_path: Path) -> None:
    with _owned(postgres_url) as database:
        engines: Any = _Engines(database)
        engines.settings = Settings(data_dir=tmp_path)
        owner = create_tenant(engines, "one").tenant_id
        made = order_export(engines, owner, ExportFormat.CSV, asked_by="one")
        with database.connection() as connection:
            assert not any_open(connection)
            with operating(connection):
                assert any_open(connection)
            assert not any_open(connection)
        work_on_exports(engines)
        assert one_export(engines, owner, made.export_id).state is ExportState.READY
        assert order_export(engines, owner, ExportFormat.CSV, asked_by="one", since_export=made.export_id)
        work_on_exports(engines)
        withdraw_from_exports(engines, ["erased:1"])
        sweep_exports(engines)
        assert cancel_export(engines, owner, made.export_id).state is ExportState.DELETED


def test_a_login_that_may_not_make_roles_is_told_so(postgres_url: str) -> None:
    """Or whom nobody has granted those that are there."""
    with (
        _owned(postgres_url, "NOCREATEROLE", migrated=False) as database,
        pytest.raises(sa.exc.DBAPIError, match="permission denied"),
        database.transaction() as connection,
    ):
        migrate(connection)


@contextmanager
def _owned(postgres_url: str, *options: str, migrated: bool = True) -> Iterator[Database]:
    """A database that belongs to a login of its own."""
    admin = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE ROLE plain_owner LOGIN {' '.join(options) or 'CREATEROLE'}"))
        connection.execute(sa.text("CREATE DATABASE plain_owned OWNER plain_owner"))
        for role in (TENANT, OPERATOR) if migrated else ():
            connection.execute(sa.text(f"GRANT {role} TO plain_owner WITH INHERIT FALSE, SET TRUE"))
    url = sa.make_url(postgres_url).set(database="plain_owned", username="plain_owner")
    database = Database(url.render_as_string(hide_password=False))
    try:
        if migrated:
            with database.transaction() as connection:
                migrate(connection)
        yield database
    finally:
        database.close()
        with admin.connect() as connection:
            connection.execute(sa.text("DROP DATABASE plain_owned WITH (FORCE)"))
            connection.execute(sa.text("DROP ROLE plain_owner"))
        admin.dispose()


def test_a_tenant_that_goes_takes_what_it_owns(database: Database) -> None:
    one, other = fill(database)
    with database.for_operator() as connection:
        connection.execute(sa.text("DELETE FROM tenant WHERE tenant_id = :it"), {"it": one.tenant_id})
        for table in OWNED:
            left = owners(connection, table)
            assert one.tenant_id not in left
            assert other.tenant_id in left


def test_use_is_added_up_and_that_of_the_gone_is_dropped(database: Database) -> None:
    one, _ = fill(database)
    used = UsageHour(tenant_id=one.tenant_id, source="one", hour=HOUR, requests=2, refused=3, cost=4, rows=5)
    gone = UsageHour(
        tenant_id=TenantId("01910000-0000-7000-8000-000000000000"),
        source="x", hour=HOUR, requests=1, refused=0, cost=0, rows=0,
    )  # fmt: skip
    with database.for_operator() as connection:
        add_usage(connection, [used, gone])
        found = connection.execute(sa.text("SELECT requests, refused, cost, rows FROM usage_hour WHERE source = 'one'"))
        assert tuple(found.one()) == (3, 3, 5, 6)
