"""`creatorgraph ingest`: files of profiles into the database."""

from pathlib import Path
from typing import Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings
from creatorgraph.services.input_file import check_files


def ingest(
    files: Annotated[list[Path], typer.Argument(help="CSV, JSONL, Parquet or link-in-bio pages.", show_default=False)],
    source: Annotated[
        str | None, typer.Option(help="Name of the feed that the files come from.", show_default="the file's name")
    ] = None,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Resolve them now, by the model of the last `creatorgraph resolve`.")
    ] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Take files of profiles in.

    The same file again changes nothing. Records that cannot be used go to a rejects file with line and reason; the
    others go in. A run that was killed goes on where it stopped. Exit code 2: a file as a whole cannot be read (the others
    go in), or nothing of any could be used.
    """
    check_files(files)  # before libraries are loaded and a server is started
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.boundary import BAD_INPUT
    from creatorgraph.cli.console import notice, table, warning
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.domain.error import InvalidInputError
    from creatorgraph.services.arrival.service import Arrivals
    from creatorgraph.services.ingest import FileSummary, ingest_files
    from creatorgraph.store.read.arrival import count_waiting

    summaries: list[FileSummary] = []
    settings = load_settings(data_dir=data_dir, verbose=verbose)
    with closing(open_engines(settings)) as engines, told_on_stderr() as progress:
        fault = None
        try:
            ingest_files(engines, files, source=source, progress=progress, told=summaries.append)
        except InvalidInputError as error:
            if not summaries:
                raise
            fault = error
        resolved = Arrivals(engines).resolve_all_waiting(progress) if resolve else 0
        with engines.database.transaction() as connection:
            left = count_waiting(connection) if resolve else 0

    numbers = ("added", "changed", "unchanged", "rejected")
    table(
        ("file", *numbers, "note"),
        (
            (
                s.path.name,
                *(getattr(s, n) for n in numbers),
                "seen before" if s.skipped else "resumed" if s.resumed else "",
            )
            for s in summaries
        ),
        right=range(1, 5),
        indent=0,
    )
    for summary in summaries:
        if summary.rejects_file is not None:
            count = "1 record" if summary.rejected == 1 else f"{summary.rejected:,} records"
            were = "was" if summary.rejected == 1 else "were"
            warning(f"{count} of {summary.path.name} {were} not used: see {summary.rejects_file}")
        if summary.noted:
            values = "1 value" if summary.noted == 1 else f"{summary.noted:,} values"
            were = "was" if summary.noted == 1 else "were"
            notice(f"{values} of {summary.path.name} {were} dropped or changed (--verbose names each as it is read).")
    if resolved:
        notice(f"{resolved:,} profiles were resolved.")
    if left:
        warning(f"{left:,} profiles wait for a run over everything: `creatorgraph resolve`.")
    if fault is not None:
        raise fault
    if not any(s.added + s.changed + s.unchanged for s in summaries):
        notice("Nothing could be used.")
        raise typer.Exit(BAD_INPUT)
