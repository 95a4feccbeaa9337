"""`creatorgraph key`: the keys of tenants' machines."""

from typing import Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings
from creatorgraph.domain.role import Role

app = typer.Typer(help="The keys of tenants' machines.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def create(
    tenant: Annotated[str, typer.Argument(help="Whose key it is: a tenant's name.")],
    name: Annotated[str, typer.Argument(help="What it is for.")],
    role: Annotated[Role, typer.Option(help="What it may do: frontend or partner.")] = Role.PARTNER,
    days: Annotated[
        int | None, typer.Option(help="When it runs out, in days.", show_default="never", min=1, max=3650)
    ] = None,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Make a key and print it: it is shown this once and stored as a hash."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import line, notice
    from creatorgraph.services.tenant.key import create_key

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        made = create_key(engines, tenant, name, role=role, days=days)
    line(made.secret)
    notice(f"Keep it: it is not shown again. Send it as `Authorization: Bearer`; its name is {made.key.prefix}.")


@app.command("list")
def list_(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Show all keys by their prefix, revoked ones too."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import table
    from creatorgraph.services.tenant.key import list_keys

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        found = list_keys(engines)
    table(
        ("tenant", "name", "prefix", "role", "since", "last used", "runs out", "revoked"),
        (
            (
                tenant,
                key.name,
                key.prefix,
                key.role.value,
                f"{key.created_at:%Y-%m-%d}",
                *(f"{each:%Y-%m-%d}" if each else "" for each in (key.last_used_on, key.expires_at, key.revoked_at)),
            )
            for tenant, key in found
        ),
        indent=0,
    )


@app.command()
def revoke(
    prefix: Annotated[str, typer.Argument(help="Which key: its prefix, as `creatorgraph key list` shows it.")],
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """End a key at once."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import notice
    from creatorgraph.services.tenant.key import end_key

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        end_key(engines, prefix)
    notice("The key is refused from now on.")
