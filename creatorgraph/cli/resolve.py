"""`creatorgraph resolve`: what is stored, or files as a library would."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings
from creatorgraph.services.input_file import check_files

if TYPE_CHECKING:
    from creatorgraph.config import Settings
    from creatorgraph.services.resolve_file import FileResolution
    from creatorgraph.services.resolve_records import RecordResolution


def resolve(
    profiles: Annotated[
        list[Path] | None, typer.Argument(help="Files to resolve without server and database.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for clusters.csv, links.parquet and model.json.")] = None,
    columns: Annotated[
        Path | None,
        typer.Option(help="A TOML file that says what each column is: records of any kind.", show_default=False),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Probability from which a link is accepted.", show_default="the resolver's own")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(help="Where Splink scores pairs: duckdb, or spark (extra spark).", show_default="duckdb"),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(help="Folder for finished stages, until the end.", show_default=".work in the folder of --out"),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(help="The model.json of a former run, used as it is.", show_default="train a new model"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Resolve what is stored even where nothing has changed.")
    ] = False,
    queue: Annotated[bool, typer.Option("--queue", help="Hand the work to a worker instead.")] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Find which profiles are one creator.

    Without files: everything that was ingested, with lasting ids. Where nothing has changed since the last run, and this
    machine has what arrivals are resolved by, nothing is done, unless --force is given. With files and --out: files in, files
    out, no server and no database; a JSON summary is the only thing on stdout. The text model is then kept in the data folder
    where there is one, else below ~/.cache/creatorgraph. A run that was stopped goes on where it was when the same command is
    given again. With --model profiles are weighed as in the run that the model is of, and nothing is trained: what is said of
    two profiles then does not depend on strangers; what was last trained on the stored profiles lies in model/model.json
    of the data folder. With --columns the files hold records of any kind, such as customers:
    see docs/guides/records.md.
    """
    from creatorgraph.domain.error import InvalidInputError

    settings = load_settings(data_dir=data_dir, verbose=verbose, match_threshold=threshold, scoring_engine=engine)
    if not profiles:
        given = {"--out": out, "--columns": columns}
        if named := [option for option, value in given.items() if value is not None]:
            raise InvalidInputError(
                "no files are named",
                where=named[0],
                mend="Name files, or leave this out to resolve what is stored.",
            )
        if queue and engine is not None:
            raise InvalidInputError(
                "the engine is the worker's own choice",
                where="--engine",
                mend="Set CREATORGRAPH_SCORING_ENGINE where the worker runs, or leave --queue out.",
            )
        if queue and model is not None:
            raise InvalidInputError(
                "a worker always trains anew", where="--model", mend="Leave --queue out, or leave the model out."
            )
        if queue and force:
            raise InvalidInputError(
                "a worker looks for itself whether anything has changed",
                where="--force",
                mend="Leave --queue out, or leave --force out.",
            )
        _queue(settings) if queue else _stored(settings, model, force=force)
        return
    if force:
        raise InvalidInputError("files are always resolved", where="--force", mend="Leave it out.")
    if out is None or queue:
        raise InvalidInputError(
            "files need a folder for what is found" if out is None else "a worker resolves what is stored, not files",
            where="--out" if out is None else "--queue",
            mend="Write: creatorgraph resolve FILES --out FOLDER",
        )
    check_files(profiles)  # before libraries are loaded, which takes seconds
    if columns is None:
        _files(settings, profiles, out, work, model)
        return
    if model is not None:
        raise InvalidInputError(
            "a model is of profiles, not of records",
            where="--model",
            mend="Leave it out: records are always trained anew.",
        )
    _records(settings, profiles, columns, out)


def _files(settings: "Settings", profiles: list[Path], out: Path, work: Path | None, model: Path | None) -> None:
    import functools

    from creatorgraph.bootstrap import open_encoder, open_scoring
    from creatorgraph.cli.console import warning
    from creatorgraph.cli.place import cache_folder
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.services.model_file import options_with, read_model
    from creatorgraph.services.resolve import resolve_options
    from creatorgraph.services.resolve_file import resolve_files

    if not settings.data_dir.is_dir():
        # a library leaves nothing in the working folder
        settings = settings.model_copy(update={"data_dir": cache_folder()})
    trained = None if model is None else read_model(model)
    options = resolve_options(settings)
    if trained is not None and settings.match_threshold is None:
        options = options_with(trained, options)
    with told_on_stderr() as progress:
        found = resolve_files(
            profiles,
            out,
            encoder=functools.cache(lambda: open_encoder(settings)),
            options=options,
            encode_limit=settings.encode_limit,
            work=work,
            scoring=open_scoring(settings),
            model=trained,
            progress=progress,
        )
    for text in found.warnings:
        warning(text)
    if found.rejected:
        warning(f"{found.rejected:,} records were not used: see {found.rejects_file}")
    _print(found)


def _records(settings: "Settings", files: list[Path], columns: Path, out: Path) -> None:
    from creatorgraph.bootstrap import open_scoring
    from creatorgraph.cli.console import warning
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.services.resolve import resolve_options
    from creatorgraph.services.resolve_records import resolve_record_files

    with told_on_stderr() as progress:
        found = resolve_record_files(
            files, columns, out, options=resolve_options(settings), scoring=open_scoring(settings), progress=progress
        )
    for text in found.warnings:
        warning(text)
    if found.rejected:
        warning(f"{found.rejected:,} records were not used: see {found.rejects_file}")
    _print(found)


def _print(found: "FileResolution | RecordResolution") -> None:
    import sys
    from dataclasses import asdict

    import orjson

    sys.stdout.write(
        orjson.dumps(asdict(found), option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY).decode() + "\n"
    )


def _stored(settings: "Settings", model: Path | None, *, force: bool) -> None:
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.cli.console import facts, line, seconds, shown, warning
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.services.model_file import read_model
    from creatorgraph.services.relay import relay
    from creatorgraph.services.resolve import resolve_all

    trained = None if model is None else read_model(model)
    with closing(open_engines(settings)) as engines, told_on_stderr() as progress:
        found = resolve_all(engines, progress, force=force, model=trained)
        relayed = relay(engines)
    for text in found.warnings:
        warning(text)
    for consumer, failure in relayed.failures.items():
        warning(f"the {consumer} is behind and will catch up: {failure}")
    if found.unchanged:
        line("Nothing has changed since the last run.")
    facts(
        (
            ("profiles", found.profiles),
            ("links", f"{shown(found.accepted_links)} accepted of {shown(found.links)} kept"),
            ("creators", f"{shown(found.creators)}, the largest of {shown(found.largest_creator)} profiles"),
            ("to review", found.review_items),
            *(
                ()
                if found.unchanged
                else (("new, merged, split", f"{found.created:,}, {found.merged:,}, {found.split:,}"),)
            ),
            *(() if found.unchanged else (("took", seconds(sum(found.seconds.values()))),)),
        ),
        indent=0,
    )


def _queue(settings: "Settings") -> None:
    from creatorgraph.cli.console import line
    from creatorgraph.cli.queue import send

    send(settings, "resolve")
    line("A worker will resolve what is stored.")
