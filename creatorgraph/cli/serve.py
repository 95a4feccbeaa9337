"""`creatorgraph serve`: the API."""

from typing import TYPE_CHECKING, Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from creatorgraph.config import Settings
    from creatorgraph.services.engines import Engines

EXAMPLE = (
    '{ search(query: "plant-based cooking", first: 3) { edges { node { score creator { displayName platforms } } } } }'
)
_COLLECT_AFTER = (20_000, 20, 50)
"""Objects, and times; Python's own are 700, 10, 10."""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to bind to.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.", show_default="8000", max=65535)] = None,
    relay: Annotated[
        bool | None,
        typer.Option(
            "--relay/--no-relay",
            help="Carry changes to the graph and the indexes in this process.",
            show_default="with the embedded PostgreSQL",
        ),
    ] = None,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Serve the creators over GraphQL."""
    from contextlib import closing

    from creatorgraph.bootstrap import open_engines

    settings = load_settings(data_dir=data_dir, verbose=verbose, host=host, port=port)
    check_host(settings, asked=host is not None)
    listener = listen(settings.host, settings.port)
    with listener, stopping_on_sigterm(), closing(open_engines(settings)) as engines:
        run(engines, listener, relay=settings.database_url is None if relay is None else relay, verbose=verbose)


def check_host(settings: "Settings", *, asked: bool) -> None:
    """The development profile shows its insides, so it leaves loopback only on an explicit word.

    Raises:
        InvalidInputError: the setting, not the command line, names another address.
    """
    from creatorgraph.api.caller import is_loopback
    from creatorgraph.cli.console import warning
    from creatorgraph.domain.error import InvalidInputError

    if is_loopback(settings.host) or settings.profile == "production":
        return
    if not asked:
        raise InvalidInputError(
            f"the development profile is not served on {settings.host}",
            where="CREATORGRAPH_HOST",
            mend="Set CREATORGRAPH_PROFILE=production, or give --host explicitly.",
        )
    warning(f"the development profile shows GraphiQL and error details to everyone who reaches {settings.host}.")


def listen(host: str, port: int) -> "socket.socket":
    """A listening socket, before anything slow starts: what connects meanwhile waits instead of being refused.

    Raises:
        UnavailableError: the port is taken or needs rights.
        InvalidInputError: the host is no address of this machine.
    """
    import errno
    import socket

    from creatorgraph.domain.error import InvalidInputError, UnavailableError

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InvalidInputError("this is no address", where=host, mend="Give --host 127.0.0.1.") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError as error:
        made.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            why = "is in use" if error.errno == errno.EADDRINUSE else "may not be opened by this user"
            raise UnavailableError(
                f"port {port} {why}", where=f"{host}:{port}", mend="Stop what uses it, or give another: --port 8001"
            ) from error
        raise InvalidInputError(
            "this machine has no such address", where=host, mend="Give --host 127.0.0.1."
        ) from error
    return made


class stopping_on_sigterm:  # noqa: N801 - a context manager, read as a phrase
    """SIGTERM ends the block as Ctrl-C does, so that engines are closed and the embedded PostgreSQL is stopped."""

    def __enter__(self) -> None:
        import signal

        def stop(_signal: int, _frame: "FrameType | None") -> None:
            raise KeyboardInterrupt

        self._before = signal.signal(signal.SIGTERM, stop)

    def __exit__(self, *_: object) -> None:
        import signal

        signal.signal(signal.SIGTERM, self._before)


async def spare_collections(engines: "Engines") -> None:
    """What is there once the engines are loaded stays, so that Python need not look through it again and again; and it looks
    less often through what requests make, which mostly goes as soon as they are answered. Until it is cancelled."""
    import asyncio
    import gc

    await asyncio.to_thread(engines.profile_index)
    await asyncio.to_thread(engines.encoder)
    gc.collect()
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    try:
        await asyncio.Event().wait()
    finally:
        # what is frozen when the process ends is never taken apart, of which DuckDB would complain at length
        gc.unfreeze()
        gc.set_threshold(*before)


def run(engines: "Engines", listener: "socket.socket", *, relay: bool, verbose: bool) -> None:
    """Serves until SIGINT or SIGTERM; requests that are running get ten seconds to end."""
    import contextlib

    import uvicorn

    from creatorgraph.api.app import MAX_BODY, create_app
    from creatorgraph.cli.console import line, notice
    from creatorgraph.worker.export_loop import ExportLoop
    from creatorgraph.worker.relay_loop import RelayLoop
    from creatorgraph.worker.webhook_loop import WebhookLoop

    host, port = listener.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    config = uvicorn.Config(
        create_app(engines, background=[lambda: spare_collections(engines)]),
        log_level="info" if verbose else "warning",
        access_log=verbose,
        timeout_graceful_shutdown=10,
        server_header=False,
        ws_max_size=MAX_BODY,
    )
    line(f"Serving {url}/graphql. Ctrl-C stops it.")
    with contextlib.ExitStack() as beside, contextlib.suppress(KeyboardInterrupt):
        if relay:
            beside.enter_context(RelayLoop(engines))
            beside.enter_context(ExportLoop(engines))
            beside.enter_context(WebhookLoop(engines))
        uvicorn.Server(config).run(sockets=[listener])
    notice("Stopped.")
