from tests.integration.cli.conftest import Cli


def test_tenants_and_their_keys_come_and_go(cli: Cli) -> None:
    made = cli("tenant", "create", "acme", "--plan", "enterprise")
    assert made.exit_code == 0, made.output
    assert len(made.stdout.strip()) == 36
    assert cli("tenant", "create", "acme").exit_code == 2
    assert cli("tenant", "create", "sly", "--plan", "operator").exit_code == 2
    assert cli("tenant", "plan", "acme", "standard").exit_code == 0
    listed = cli("tenant", "list").stdout
    assert "acme      standard" in listed
    assert "operator  operator" in listed

    created = cli("key", "create", "acme", "backend", "--days", "30")
    assert created.exit_code == 0, created.output
    secret = created.stdout.strip()
    prefix = secret[:13]
    assert len(secret) == 57
    assert cli("key", "create", "nobody", "backend").exit_code == 2
    assert cli("key", "create", "acme", "backend", "--role", "admin").exit_code == 2
    keys = cli("key", "list").stdout
    assert prefix in keys
    assert secret not in keys
    used = cli("tenant", "usage")
    assert used.exit_code == 0, used.output
    assert "requests" in used.stdout
    assert cli("key", "revoke", prefix).exit_code == 0
    assert cli("key", "revoke", "cg_0000000000").exit_code == 2
    assert cli("tenant", "disable", "acme").exit_code == 0
    assert cli("tenant", "disable", "operator").exit_code == 2
    assert cli("key", "create", "acme", "too late").exit_code == 2
