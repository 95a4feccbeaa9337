"""`creatorgraph export`: what was resolved, as files."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings


def export(
    out: Annotated[Path, typer.Option(help="Folder for the files.", show_default=False)],
    file_format: Annotated[Literal["csv", "jsonl", "parquet"], typer.Option("--format", help="Kind of file.")] = "csv",
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Write what was resolved to files.

    Creators, their profiles, and the links with evidence. Contacts are not exported.
    """
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import table
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.services import export as service

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines, told_on_stderr() as progress:
        files = service.export(engines, out, service.ExportFormat(file_format), progress)
    table(("file", "rows"), ((file.path, file.rows) for file in files), right=(1,), indent=0)
