"""`creatorgraph steward`: who may decide."""

from typing import Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings
from creatorgraph.domain.steward import Role

app = typer.Typer(help="Who may read the queue and decide.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The name that the audit has; never given twice.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.STEWARD,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Make a steward and print the token to sign in with: it is shown this once and stored as a hash."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import line, notice
    from creatorgraph.services.steward.access import add_steward

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        token = add_steward(engines, name, role)
    line(token)
    notice("Keep it: it is not shown again. Sign in with it at /console/, or send it as `Authorization: Bearer`.")


@app.command("list")
def list_(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Show all stewards, disabled ones too."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import table
    from creatorgraph.services.steward.access import list_stewards

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        found = list_stewards(engines)
    table(
        ("name", "role", "since", "disabled"),
        (
            (
                each.name,
                each.role.value,
                f"{each.created_at:%Y-%m-%d}",
                f"{each.disabled_at:%Y-%m-%d}" if each.disabled_at else "",
            )
            for each in found
        ),
        indent=0,
    )


@app.command()
def disable(
    name: Annotated[str, typer.Argument(help="Whose token and sessions end.")],
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """End a steward's token and sessions. What they decided stays."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import notice
    from creatorgraph.services.steward.access import end_steward

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        end_steward(engines, name)
    notice(f"{name} can do nothing any more.")
