"""`creatorgraph identity`: the history of creators."""

from typing import Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, creator_named, load_settings

app = typer.Typer(help="The history of creators.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def replay(
    write: Annotated[bool, typer.Option("--write", help="Make the tables equal to the log.")] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Rebuild memberships and redirects from the log and compare them with the tables."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import facts, notice
    from creatorgraph.domain.error import DamagedError
    from creatorgraph.services.steward.replay import replay_identities

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        found = replay_identities(engines, write=write)
    facts(
        (
            ("entries of the log", found.events),
            ("creators", found.creators),
            ("profiles", found.profiles),
            ("profiles that differ in the table", len(found.misplaced)),
            ("redirects that differ in the table", len(found.misled)),
        ),
        indent=0,
    )
    if found.written:
        notice("The tables are equal to the log again.")
    elif found.misplaced or found.misled:
        raise DamagedError(
            "the tables differ from the log",
            where="membership, creator",
            mend="Run `creatorgraph identity replay --write`.",
        )


@app.command()
def explain(
    creator: Annotated[str, typer.Argument(help="A creator's id, living or retired.")],
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Tell the story of a creator: what happened to it, when, by whom and why."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import line
    from creatorgraph.services.steward.replay import story

    creator_id = creator_named(creator)
    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        for told in story(engines, creator_id):
            line(told)
