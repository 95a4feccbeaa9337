"""`creatorgraph graph`: the graph projection."""

from typing import TYPE_CHECKING, Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

if TYPE_CHECKING:
    from creatorgraph.graph.element import GraphCounts

app = typer.Typer(help="The graph of profiles, identifiers and creators.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def rebuild(
    queue: Annotated[bool, typer.Option("--queue", help="Hand the work to a worker instead.")] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Drop the graph and project everything from PostgreSQL."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import line
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.cli.queue import send
    from creatorgraph.services.relay import rebuild_graph

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    if queue:
        send(settings, "rebuild_graph")
        line("A worker will rebuild the graph.")
        return
    with closing(open_engines(settings)) as engines:
        with told_on_stderr() as progress:
            rebuild_graph(engines, progress)
        _print_counts(engines.graph.counts())


@app.command()
def counts(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """How many nodes and relationships of each kind there are."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        _print_counts(engines.graph.counts())


@app.command()
def communities(
    resolution: Annotated[float, typer.Option(help="Higher gives smaller communities.")] = 1.0,
    minimum_size: Annotated[int, typer.Option(help="Leave smaller ones out.")] = 3,
    first: Annotated[int, typer.Option(help="How many to list.", min=1)] = 20,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Groups that are closer to each other than to the rest (Leiden), the largest first."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import notice, table
    from creatorgraph.graph.analysis import CommunityConfig

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines:
        found = engines.graph.communities(CommunityConfig(resolution=resolution, minimum_size=minimum_size))
    table(
        ("", "members", "among them"),
        (
            (number, len(each.members), ", ".join(member.key for member in each.members[:4]))
            for number, each in enumerate(found[:first], start=1)
        ),
        right=(0, 1),
        indent=0,
    )
    if len(found) > first:
        notice(f"{len(found) - first:,} more; show them with --first {len(found)}.")


def _print_counts(counts: "GraphCounts") -> None:
    from creatorgraph.cli.console import table

    rows = [*((kind.value, count) for kind, count in counts.nodes.items())]
    rows += ((kind.value, count) for kind, count in counts.edges.items())
    table(("kind", "count"), rows, right=(1,), indent=0)
