"""The list of commands."""

import typer

from creatorgraph.cli import (
    demo,
    doctor,
    erase,
    evaluate,
    export,
    graph,
    identity,
    index,
    ingest,
    key,
    neo4j,
    openapi,
    resolve,
    schema,
    serve,
    signals,
    steward,
    synth,
    tenant,
    worker,
)
from creatorgraph.cli.boundary import BoundedGroup

app = typer.Typer(
    name="creatorgraph",
    cls=BoundedGroup,
    help="Finds which profiles are one creator, says why, and serves the creators over GraphQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command()(demo.demo)
app.command()(doctor.doctor)
app.command()(ingest.ingest)
app.command()(resolve.resolve)
app.command()(evaluate.evaluate)
app.command()(export.export)
app.command()(synth.synth)
app.command()(serve.serve)
app.command()(worker.worker)
app.command()(schema.schema)
app.command()(openapi.openapi)
app.command()(signals.signals)
app.add_typer(erase.app, name="erase")
app.add_typer(graph.app, name="graph")
app.add_typer(identity.app, name="identity")
app.add_typer(index.app, name="index")
app.add_typer(key.app, name="key")
app.add_typer(neo4j.app, name="neo4j")
app.add_typer(steward.app, name="steward")
app.add_typer(tenant.app, name="tenant")
