"""`creatorgraph doctor`: what is running, what is missing, and the command that mends it."""

from typing import TYPE_CHECKING, Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

if TYPE_CHECKING:
    from creatorgraph.config import Settings


def doctor(
    migrate: Annotated[bool, typer.Option("--migrate", help="Bring the database to the newest schema.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    stop: Annotated[
        bool, typer.Option("--stop", help="Stop the embedded PostgreSQL and the local Neo4j of this data folder.")
    ] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Say what runs, what is missing, and how to mend it.

    Exit code 1: something that is needed is down.
    """
    from creatorgraph.cli.checkup import State, examine
    from creatorgraph.cli.console import heading, line, table

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    if stop:
        _stop(settings)
        return
    findings = examine(settings, upgrade=migrate)
    healthy = all(each.state in (State.OK, State.UNUSED) for each in findings)
    if as_json:
        import sys

        import orjson

        report = {"healthy": healthy, "findings": [each.as_json() for each in findings]}
        sys.stdout.write(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        table(("", "", ""), ((each.name, each.state.value, each.detail) for each in findings), indent=0)
        mends = [each for each in findings if each.mend]
        if mends:
            heading("What you can do")
            table(("", ""), ((each.name, each.mend) for each in mends), indent=0)
        if healthy:
            line()
            line("All that is needed is there.")
    if not healthy:
        raise typer.Exit(1)


def _stop(settings: "Settings") -> None:
    from creatorgraph.cli.console import line
    from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j
    from creatorgraph.store.embedded import shut_down

    stopped = {
        "Neo4j": LocalNeo4j(settings.data_dir / "neo4j").stop(),
        "PostgreSQL": shut_down(settings.data_dir),
    }
    for name, was_running in stopped.items():
        line(f"{name}: {'stopped' if was_running else 'was not running'}.")
