"""`creatorgraph tenant`: who shares this deployment."""

from typing import Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings
from creatorgraph.domain.tenant import Plan

app = typer.Typer(help="Who shares this deployment.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="The tenant's name.")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="The tenant's name; never given twice.")],
    plan: Annotated[Plan, typer.Option(help="What was agreed on.")] = Plan.STANDARD,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Make a tenant."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import line, notice
    from creatorgraph.services.tenant.account import create_tenant

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        made = create_tenant(engines, name, plan)
    line(made.tenant_id)
    notice(f"Make a key for it: creatorgraph key create {made.name} NAME")


@app.command("list")
def list_(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Show all tenants, disabled ones too."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import table
    from creatorgraph.services.tenant.account import list_tenants

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        found = list_tenants(engines)
    table(
        ("name", "plan", "since", "disabled", "id"),
        (
            (
                each.name,
                each.plan.value,
                f"{each.created_at:%Y-%m-%d}",
                f"{each.disabled_at:%Y-%m-%d}" if each.disabled_at else "",
                each.tenant_id,
            )
            for each in found
        ),
        indent=0,
    )


@app.command()
def plan(
    name: Name,
    to: Annotated[Plan, typer.Argument(help="What was agreed on.")],
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Change a tenant's plan; it counts from its next request on."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import notice
    from creatorgraph.services.tenant.account import set_plan

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        set_plan(engines, name, to)
    notice(f"{name} has the plan {to.value}.")


@app.command()
def usage(
    days: Annotated[int, typer.Option(help="How far back.", min=1, max=3650)] = 30,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Show what every tenant has used, by key."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import table
    from creatorgraph.services.tenant.usage import totals

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        found = totals(engines, days=days)
    table(
        ("tenant", "key", "requests", "refused", "cost", "rows"),
        (
            (each.tenant, each.source, each.use.requests, each.use.refused, each.use.cost, each.use.rows)
            for each in found
        ),
        right=range(2, 6),
        indent=0,
    )


@app.command()
def disable(name: Name, data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Refuse a tenant's keys and its people's tokens. What it owns stays."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import notice
    from creatorgraph.services.tenant.account import end_tenant

    with closing(open_engines(load_settings(data_dir=data_dir, verbose=verbose))) as engines:
        end_tenant(engines, name)
    notice(f"{name} can do nothing any more.")
