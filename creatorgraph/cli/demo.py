"""`creatorgraph demo`: the sample from file to served creators."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

if TYPE_CHECKING:
    from creatorgraph.cli.question import CreatorAnswer, SearchAnswer
    from creatorgraph.services.demo import DemoSummary

SEARCHES = ("plant-based recipes", "travel on a small budget", "learning to code")


def demo(
    graph: Annotated[
        Literal["embedded", "neo4j"] | None, typer.Option(help="The graph engine.", show_default="embedded")
    ] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve what was found.")] = True,
    profiles: Annotated[int, typer.Option(help="Synthetic profiles beside the real ones.", min=100)] = 3000,
    port: Annotated[int | None, typer.Option(help="Port to serve on.", show_default="8000", max=65535)] = None,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Load a sample, resolve it, show and serve the result.

    The sample: the accounts of members of the US Congress (real, labelled, CC0) and a synthetic world of creators. A
    second start finds everything done and takes seconds.
    """
    from contextlib import ExitStack, closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli import serve as serving
    from creatorgraph.cli.neo4j import start_local
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.cli.question import ask
    from creatorgraph.services.demo import run_demo

    settings = load_settings(data_dir=data_dir, verbose=verbose, graph=graph, port=port)
    with ExitStack() as stack:
        # the port first: after a minute of work is too late to hear that it is taken
        listener = stack.enter_context(serving.listen("127.0.0.1", settings.port)) if serve else None
        stack.enter_context(serving.stopping_on_sigterm())
        with told_on_stderr() as progress:
            if settings.graph == "neo4j" and settings.neo4j_url is None:
                start_local(settings, progress)
            engines = stack.enter_context(closing(open_engines(settings)))
            found = run_demo(engines, synthetic_profiles=profiles, progress=progress)
            progress.stage("Searching")
            searches, creator = ask(engines, SEARCHES, found.sets[0].widest)
        _print_summary(found)
        _print_searches(searches)
        _print_creator(creator)
        if listener is not None:
            _print_example(listener.getsockname()[1])
            serving.run(engines, listener, relay=True, verbose=verbose)


def _print_summary(found: "DemoSummary") -> None:
    from creatorgraph.cli.console import facts, heading, seconds, shown, table, warning

    stats, resolved = found.stats, found.resolved
    heading("Found")
    facts(
        (
            ("profiles", f"{shown(stats.profiles)} on {len(stats.platforms)} platforms"),
            ("links", f"{shown(stats.accepted_links)} accepted of {shown(stats.links)} kept"),
            (
                "creators",
                f"{shown(stats.creators)}, {shown(stats.creators_with_several_profiles)} with several profiles",
            ),
            ("largest", f"{shown(resolved.largest_creator)} profiles"),
            ("to review", stats.open_review_items),
        )
    )
    rejected = sum(each.ingested.rejected for each in found.sets)
    if rejected:
        warning(f"{rejected:,} records were not used.")
    for name, why in found.relayed.failures.items():
        warning(f"the {name} is behind and will catch up: {why}")

    heading("Against the labels, which resolution does not see")
    numbers = ("profiles", "entities", "precision", "recall", "F1", "B-cubed P", "B-cubed R", "B-cubed F1")
    table(
        ("", *numbers),
        (
            (s.name, e.profiles, e.entities, e.precision, e.recall, e.f1, e.b3_precision, e.b3_recall, e.b3_f1)
            for s in found.sets
            for e in (s.evaluation,)
        ),
        right=range(1, 9),
    )

    heading("Time")
    stages = (*found.seconds.items(), ("in all", sum(found.seconds.values())))
    facts(((name, seconds(value)) for name, value in stages))


def _print_searches(searches: "tuple[SearchAnswer, ...]") -> None:
    from creatorgraph.cli.console import heading, table

    for search in searches:
        heading(f"Search: {search.query}")
        table(("", "", "", ""), ((f"{hit.score:.2f}", hit.name, hit.platforms, hit.highlight) for hit in search.hits))


def _print_creator(creator: "CreatorAnswer") -> None:
    from creatorgraph.cli.console import heading, line, table

    heading(f"Why these are one creator: {creator.name}")
    table(("", ""), creator.profiles)
    for link in creator.links:
        line()
        line(f"  {link.left} = {link.right}, probability {link.probability:.3f}")
        table(
            ("", "", ""),
            ((f"{e.weight:+.1f} bits", e.signal, e.explanation) for e in link.evidence),
            right=(0,),
            indent=4,
        )


def _print_example(port: int) -> None:
    from creatorgraph.cli.console import heading, line
    from creatorgraph.cli.serve import EXAMPLE

    heading("GraphQL")
    line(f"  Open http://127.0.0.1:{port}/graphql and ask, for example:")
    line(f"  {EXAMPLE}")
    line()
