"""Writes what was ordered: one slice of creators at a time, the tenants in turn, until nothing is left.

A slice is read from one snapshot, and its parts are recorded in one transaction once their files are there. A process that is
killed loses the slice that it was writing; the next goes on with that slice.
"""

import errno
import hashlib
import logging
import threading
from collections.abc import Generator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pyarrow as pa
import sqlalchemy as sa

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.export import Export, ExportId, ExportPart, ExportState
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.services.engines import Engines
from creatorgraph.services.export import ROWS_AT_ONCE, write_rows
from creatorgraph.services.export_job.folder import file_name, folders, make_folder, remove_folder
from creatorgraph.services.whole_file import replace_file
from creatorgraph.store.read.export import Rows, columns_of, rows_of_creators
from creatorgraph.store.read.export_job import (
    FIRST_ID,
    LAST_ID,
    count_wanted,
    parts_of,
    slice_ids,
    snapshot_here,
    standing,
    take_export,
)
from creatorgraph.store.tenancy import act_for_operator
from creatorgraph.store.write.erasure import lock_against_erasure
from creatorgraph.store.write.export_job import add_slice, begin, end, expire, exports_with_files, forget

log = logging.getLogger(__name__)

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

_ONE = threading.Lock()


class _StoppedError(Exception):
    """The export was cancelled while it was written."""


def work_on_exports(engines: Engines, progress: Progress = Silent(), *, slices: int | None = None) -> int:
    """Writes up to `slices` slices (None: all that there are); how many were written or given up.

    None where another thread of this process is at it: an export keeps one core busy, and others ask for answers meanwhile.

    Raises:
        UnavailableError: PostgreSQL does not answer; nothing is lost, the next pass goes on.
    """
    if not _ONE.acquire(blocking=False):
        return 0
    try:
        done = 0
        while (slices is None or done < slices) and _step(engines, progress):
            done += 1
        return done
    finally:
        _ONE.release()


def sweep_exports(engines: Engines) -> None:
    """Deletes the files of exports whose days are over, and forgets orders and changes that none can go on from any more."""
    settings, listed = engines.settings, folders(engines.settings)
    with engines.database.for_operator() as connection:
        expire(connection)
        forget(connection, kept=timedelta(days=settings.export_change_days + settings.export_days + 1))
        kept = exports_with_files(connection)
    for gone in listed - kept:
        remove_folder(settings, gone)


def _step(engines: Engines, progress: Progress) -> bool:
    """One slice of the export whose turn it is; False where nobody waits."""
    with engines.database.for_operator() as held:
        # an erasure waits for the slice, or the slice for it: nobody is read before and written after they were erased.
        # Nothing is written on this connection until the end: a transaction that has written holds back the outbox's readers
        lock_against_erasure(held)
        wanted = take_export(held)
        if wanted is None:
            return False
        try:
            if wanted.state is ExportState.WAITING:
                _begin(engines, wanted)
            known = parts_of(held, wanted.export_id)
            made = _write_slice(engines, wanted, known, progress)
            finished = not _missing_slices(known, made) and max(each.upto for each in (*known, *made)) == LAST_ID
            keep = timedelta(days=engines.settings.export_days)
            if not add_slice(held, wanted, made, finished=finished, keep=keep):
                raise _StoppedError
        except _StoppedError:
            remove_folder(engines.settings, wanted.export_id)
        except OSError as error:
            if not _stands(engines, wanted.export_id):
                return True  # whoever cancelled it has taken the folder away
            room = "there is no room left for its files" if error.errno in _NO_ROOM else "its files cannot be written"
            log.warning("An export has failed: %s (%s)", room, errno.errorcode.get(error.errno or 0, "no number"))
            _fail(engines, wanted, room)
        except (CreatorgraphError, sa.exc.OperationalError):
            raise
        except Exception:
            # a fault of ours must not be met again and again
            log.exception("An export has failed")
            _fail(engines, wanted, "an internal error, which the log has")
        return True


def _begin(engines: Engines, wanted: Export) -> None:
    with engines.database.for_operator() as connection:
        begin(connection, wanted.export_id, count_wanted(connection, wanted))


def _fail(engines: Engines, wanted: Export, why: str) -> None:
    with engines.database.for_operator() as connection:
        end(connection, wanted.export_id, ExportState.FAILED, failure=why)
    remove_folder(engines.settings, wanted.export_id)


def _missing_slices(known: list[ExportPart], made: list[ExportPart]) -> set[int]:
    """Those that are still to be written anew once `made` are recorded."""
    return {each.slice for each in known if each.sha256 is None} - {each.slice for each in made}


def _write_slice(engines: Engines, wanted: Export, known: list[ExportPart], progress: Progress) -> list[ExportPart]:
    settings = engines.settings
    folder = make_folder(settings, wanted.export_id)
    again = next((each for each in known if each.sha256 is None), None)
    with engines.database.snapshot() as connection:
        act_for_operator(connection)
        if again is not None:
            number, after, upto = again.slice, again.after, again.upto
            ids = slice_ids(connection, wanted, after=after, upto=upto, limit=None)
        else:
            number = max((each.slice for each in known), default=0) + 1
            after, limit = max((each.upto for each in known), default=FIRST_ID), settings.export_part_creators
            ids = slice_ids(connection, wanted, after=after, upto=LAST_ID, limit=limit)
            upto = ids[-1] if len(ids) == limit else LAST_ID
        snapshot = again.snapshot if again else snapshot_here(connection)
        progress.stage(f"Exporting slice {number}", len(ids))
        made = []
        for place, data in enumerate(wanted.data, start=1):
            path = folder / file_name(wanted, data, number)
            batches = rows_of_creators(connection, data, ids, batch_size=ROWS_AT_ONCE)
            rows = _write(path, wanted, columns_of(data), _watched(engines, wanted.export_id, batches, progress))
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            made.append(
                ExportPart(
                    number=(number - 1) * len(wanted.data) + place,
                    slice=number,
                    data=data,
                    after=after,
                    upto=upto,
                    snapshot=snapshot,
                    rows=rows,
                    bytes=path.stat().st_size,
                    sha256=digest,
                )
            )
    return made


def _write(path: Path, wanted: Export, columns: pa.Schema, batches: Generator[Rows, None, None]) -> int:
    counted: list[int] = []
    write = partial(write_rows, file_format=wanted.format, schema=columns, batches=batches)
    # a file that fails leaves its cursor open, which must be closed before the transaction is
    with closing(batches):
        replace_file(path, lambda fresh: counted.append(write(fresh)))
    return counted[0]


def _stands(engines: Engines, export_id: ExportId) -> bool:
    with engines.database.for_operator() as connection:
        return standing(connection, export_id)


def _watched(
    engines: Engines, export_id: ExportId, batches: Generator[Rows, None, None], progress: Progress
) -> Generator[Rows, None, None]:
    """The batches, as long as nobody has cancelled. Raises _StoppedError where somebody has."""
    with closing(batches):
        for rows in batches:
            if not _stands(engines, export_id):
                raise _StoppedError
            yield rows
            progress.advance(len(rows))
