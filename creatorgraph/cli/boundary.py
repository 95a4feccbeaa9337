"""Where every error of a command ends: a few lines on stderr that say what, where and how to mend it."""

import errno
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import Abort, Exit, TyperException

from creatorgraph.cli.console import fault, notice
from creatorgraph.cli.place import log_folder
from creatorgraph.domain.error import CreatorgraphError

UNEXPECTED, BAD_INPUT, UNAVAILABLE, INTERRUPTED = 1, 2, 3, 130
"""130 is 128 + SIGINT, as shells report it."""

EXIT_CODES = {
    "invalid_input": BAD_INPUT,
    "not_found": BAD_INPUT,
    "capability": BAD_INPUT,
    "unavailable": UNAVAILABLE,
    "busy": UNAVAILABLE,
    "damaged": UNAVAILABLE,
}


class BoundedGroup(TyperGroup):
    """The root of all commands; turns what they raise into a message and an exit code, never a stack trace."""

    def invoke(self, ctx: Any) -> Any:  # Typer's own context class is private
        try:
            return super().invoke(ctx)
        except (Exit, Abort, TyperException):
            raise
        except CreatorgraphError as error:
            fault(error)
            raise typer.Exit(EXIT_CODES.get(error.code, UNEXPECTED)) from None
        except KeyboardInterrupt:
            notice("Stopped. Nothing is lost: run the same command again and it goes on.")
            raise typer.Exit(INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                # the reader of our output went away, as `| head` does; without this the interpreter complains at exit
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit(0) from None
            raise typer.Exit(_operating_system(error)) from None
        except Exception as error:  # noqa: BLE001 - the last resort: the trace goes to a file
            raise typer.Exit(_unexpected(error)) from None


def _operating_system(error: OSError) -> int:
    """Faults of the user's disk and rights are theirs to mend; any other is a bug."""
    mends = {
        errno.ENOSPC: "Free some space on this disk, then run the command again.",
        errno.EDQUOT: "Free some of your quota, then run the command again.",
        errno.EACCES: "Check the owner and the rights of this path.",
        errno.EPERM: "Check the owner and the rights of this path.",
        errno.EROFS: "Choose a place that can be written to (--data-dir, --out).",
        errno.ENOTDIR: "Choose another path.",
        errno.ENOENT: "Check the path, and make the folder that it is to lie in.",
        errno.EEXIST: "A file stands where a folder is needed: choose another path, or move it.",
        errno.ENAMETOOLONG: "Choose a shorter name.",
        errno.EISDIR: "Name a file, not a folder.",
    }
    # without a path it is none that was asked for
    if error.errno not in mends or (error.errno in (errno.ENOENT, errno.EEXIST) and not error.filename):
        return _unexpected(error)
    what = (error.strerror or "the operating system refused").lower()
    fault(CreatorgraphError(what, where=error.filename and str(error.filename), mend=mends[error.errno]))
    return BAD_INPUT if error.errno not in (errno.ENOSPC, errno.EDQUOT) else UNAVAILABLE


def _unexpected(error: BaseException) -> int:
    path = _write_trace(error)
    fault(
        CreatorgraphError(
            f"an unexpected error ({type(error).__name__}); this is a fault of creatorgraph",
            where=str(path) if path else None,
            mend="Please report it with that file; read it before, as it may quote your data."
            if path
            else "Its trace could not be written: is the disk full?",
        )
    )
    return UNEXPECTED


def _write_trace(error: BaseException) -> Path | None:
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"error-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return None
    return path
