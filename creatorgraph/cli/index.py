"""`creatorgraph index`: the vector indexes."""

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

app = typer.Typer(help="The vector indexes of search and resolution.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def rebuild(data_dir: DataDir = None, verbose: Verbose = False) -> None:
    """Drop the indexes and encode every profile again."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import facts
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.services.index import rebuild_indexes

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines, told_on_stderr() as progress:
        done = rebuild_indexes(engines, progress)
    facts((("profiles encoded", done.profiles.encoded), ("bios encoded", done.bios.encoded)), indent=0)
