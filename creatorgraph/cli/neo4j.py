"""`creatorgraph neo4j`: a Neo4j with Graph Data Science on this machine, without Docker or Java."""

from typing import TYPE_CHECKING

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

if TYPE_CHECKING:
    from creatorgraph.config import Settings
    from creatorgraph.domain.progress import Progress
    from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j, LocalServer

app = typer.Typer(
    help="The local Neo4j: no Docker, no Java on the machine.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def install(verbose: Verbose = False) -> None:
    """Fetch the jars of the lock file and check each against its SHA-256; fetches nothing that is there."""
    from creatorgraph.cli.console import line
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.graph.neo4j.local.install import install_jars
    from creatorgraph.graph.neo4j.local.jar import jar_folder

    load_settings(verbose=verbose)
    with told_on_stderr() as progress:
        fetched = install_jars(progress=progress)
    line(f"{fetched} jars fetched to {jar_folder()}." if fetched else f"Every jar is in {jar_folder()}.")


@app.command()
def start(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Start the server, or join the one that runs. It goes on until `creatorgraph neo4j stop`."""
    from creatorgraph.cli.progress import told_on_stderr

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with told_on_stderr() as progress:
        server = start_local(settings, progress)
    _print_server(settings, server)


@app.command()
def stop(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Stop the server; its data stays."""
    from creatorgraph.cli.console import line

    stopped = _local(load_settings(data_dir=data_dir, verbose=verbose)).stop()
    line("Stopped." if stopped else "It was not running.")


@app.command()
def scrub(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Stop the server and remove its files, where deleted text lies until the space is used again; it is started anew, empty.

    Then run `creatorgraph graph rebuild`: PostgreSQL has everything that the graph shows.
    """
    from creatorgraph.cli.console import line
    from creatorgraph.cli.progress import told_on_stderr

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    local = _local(settings)
    ran = local.status().running
    removed = local.scrub()
    if ran:
        with told_on_stderr() as progress:
            start_local(settings, progress)
    line("Its files are removed. Run `creatorgraph graph rebuild`." if removed else "It has stored nothing.")


@app.command()
def status(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Say whether the server runs; exit code 1 where it does not answer."""
    from creatorgraph.cli.console import line

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    local = _local(settings)
    state, server = local.status(), local.server()
    if not state.ready or server is None:
        line(f"It runs but does not answer; read {state.log}." if state.running else "It is not running.")
        raise typer.Exit(1)
    _print_server(settings, server)


def start_local(settings: "Settings", progress: "Progress") -> "LocalServer":
    """Starts the server of the data folder, or joins it."""
    return _local(settings).start(progress=progress)


def _local(settings: "Settings") -> "LocalNeo4j":
    from creatorgraph.graph.neo4j.local.launcher import LocalNeo4j

    return LocalNeo4j(settings.data_dir / "neo4j")


def _print_server(settings: "Settings", server: "LocalServer") -> None:
    from creatorgraph.cli.console import facts

    facts(
        (
            ("url", server.url),
            ("user", server.user),
            # never on a screen or in a log
            ("password", f"in {settings.data_dir / 'neo4j' / 'password'}"),
            ("process", str(server.pid)),
        ),
        indent=0,
    )
