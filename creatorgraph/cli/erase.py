"""`creatorgraph erase`: somebody asked to be erased."""

from typing import Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, creator_named, load_settings

app = typer.Typer(
    help="Remove somebody who asked for it from every store, for good.", no_args_is_help=True, rich_markup_mode=None
)
_ASKED_BY = typer.Option(
    "--asked-by", help="Who asked for it, as the receipt has it: a name or the number of a ticket."
)


@app.command()
def creator(
    creator_id: Annotated[str, typer.Argument(metavar="CREATOR", help="A creator's id, living or retired.")],
    asked_by: Annotated[str, _ASKED_BY] = "command line",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Erase a creator with all profiles."""
    _erase(creator_id=creator_id, profiles=(), asked_by=asked_by, yes=yes, data_dir=data_dir, verbose=verbose)


@app.command()
def profile(
    profile_id: Annotated[list[str], typer.Argument(metavar="PROFILE...", help="Ids of profiles.")],
    asked_by: Annotated[str, _ASKED_BY] = "command line",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Erase single profiles; their creators live on with the others."""
    _erase(creator_id=None, profiles=tuple(profile_id), asked_by=asked_by, yes=yes, data_dir=data_dir, verbose=verbose)


@app.command("list")
def list_(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Show every erasure and what is still to do."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import table
    from creatorgraph.services.erasure import every_erasure

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        found = every_erasure(engines)
    table(
        ("erasure", "creator", "asked by", "asked", "done"),
        (
            (
                each.erasure_id,
                each.creator_id or "profiles alone",
                each.asked_by,
                f"{each.asked_at:%Y-%m-%d %H:%M}",
                f"{each.done_at:%Y-%m-%d %H:%M}" if each.done_at else "under way",
            )
            for each in found
        ),
        indent=0,
    )


def _erase(
    *, creator_id: str | None, profiles: tuple[str, ...], asked_by: str, yes: bool, data_dir: DataDir, verbose: bool
) -> None:
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import notice, table
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.domain.profile import ProfileId
    from creatorgraph.services.erasure import carry_out_erasures, one_erasure, request_erasure

    creator = None if creator_id is None else creator_named(creator_id)
    if not yes:
        typer.confirm("This cannot be undone, and the accounts are never taken in again. Erase?", abort=True)
    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        asked = request_erasure(
            engines,
            creator=creator,
            profiles=[ProfileId(each) for each in profiles],
            asked_by=asked_by,
        )
        with told_on_stderr() as progress:
            carry_out_erasures(engines, progress)
        receipt = one_erasure(engines, asked.erasure_id)
    table(
        ("place", "entries", "at"),
        ((step.place.value, step.entries, f"{step.at:%Y-%m-%d %H:%M:%S}") for step in receipt.steps),
        right=(1,),
        indent=0,
    )
    if receipt.done_at is None:
        notice(
            "Not all of it is done: something does not answer (creatorgraph doctor). The API and workers go on with it."
        )
    else:
        notice(f"Erased. The receipt is {receipt.erasure_id}.")
