"""`creatorgraph worker`: jobs in the background."""

from typing import Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

SECONDS_TO_STOP = 30
"""What a job may still take once the worker is told to stop; one that needs longer is done again by the next worker."""


def worker(
    processes: Annotated[int, typer.Option(help="Processes.", min=1)] = 1,
    threads: Annotated[int, typer.Option(help="Threads of each process.", min=1)] = 4,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Do jobs in the background, and keep the graph current.

    Jobs are kept in PostgreSQL, or in Redis where CREATORGRAPH_REDIS_URL names one. Any number of workers may run.
    A worker that is killed loses nothing: its job is done again.
    """
    import os

    from dramatiq.cli import main, make_argument_parser

    from creatorgraph.cli.console import notice
    from creatorgraph.cli.queue import open_queue
    from creatorgraph.worker.broker import queue_engine

    settings = load_settings(data_dir=data_dir, verbose=verbose)
    open_queue(settings)
    # the processes read their settings as this one did
    os.environ["CREATORGRAPH_DATA_DIR"] = str(settings.data_dir.resolve())
    arguments = make_argument_parser().parse_args(  # type: ignore[no-untyped-call]
        [
            f"{__name__}:boot",
            f"--processes={processes}",
            f"--threads={threads}",
            f"--worker-shutdown-timeout={SECONDS_TO_STOP * 1000}",
            *(["--verbose"] if verbose else []),
        ]
    )
    arguments.path = []  # the working folder is no place to import from
    notice(f"Working on the jobs in {queue_engine(settings)}. Ctrl-C stops it.")
    code = main(arguments)  # type: ignore[no-untyped-call]
    notice("Stopped.")
    raise typer.Exit(int(code or 0))


def boot() -> None:
    """Called by Dramatiq in each process: the broker, its actors and the schedule."""
    import functools

    import dramatiq

    from creatorgraph.bootstrap import open_engines
    from creatorgraph.worker.actor import declare_actors
    from creatorgraph.worker.broker import open_broker
    from creatorgraph.worker.scheduler import Schedule
    from creatorgraph.worker.webhook_loop import Webhooks

    settings = load_settings()
    engines = functools.cache(lambda: open_engines(settings))
    broker = open_broker(settings, engines().database.url)
    broker.add_middleware(Schedule(engines))
    broker.add_middleware(Webhooks(engines))
    declare_actors(broker, engines)
    dramatiq.set_broker(broker)
