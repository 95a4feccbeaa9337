"""`creatorgraph index`: the vector indexes and the search documents."""

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

app = typer.Typer(help="The indexes of search and resolution.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def rebuild(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Drop the indexes, encode every profile again, and make the search documents anew."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import facts
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.services.index import rebuild_indexes
    from creatorgraph.services.search_document import rebuild_documents

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines, told_on_stderr() as progress:
        done = rebuild_indexes(engines, progress)
        documents = rebuild_documents(engines, progress)
    facts(
        (
            ("profiles encoded", done.profiles.encoded),
            ("bios encoded", done.bios.encoded),
            ("search documents", documents),
        ),
        indent=0,
    )
