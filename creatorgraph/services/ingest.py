"""Takes files of profiles in: once each, in batches, going on where a killed run had stopped."""

import hashlib
import itertools
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.ingest.batch import Batch, parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed
from creatorgraph.ingest.reject import Reject, RejectReason, RejectWriter
from creatorgraph.services.engines import Engines
from creatorgraph.services.input_file import check_files, is_text
from creatorgraph.services.suppression import suppressed
from creatorgraph.store.cipher import ContactCipher
from creatorgraph.store.write.ingest import (
    StoredReject,
    add_rejects,
    advance_run,
    begin_run,
    finish_run,
    read_rejects,
)
from creatorgraph.store.write.profile import IncomingContact, IncomingProfile, expire_payloads, upsert_profiles
from creatorgraph.store.write.statistic import refresh_statistics

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSummary:
    """What became of one file. `skipped`: the same content was taken in before; `resumed`: an earlier run was killed.
    `noted`: what this run dropped or changed of records that it took; the log says each."""

    path: Path
    added: int
    changed: int
    unchanged: int
    rejected: int
    noted: int
    skipped: bool
    resumed: bool
    rejects_file: Path | None


def ingest_files(
    engines: Engines,
    paths: Sequence[Path],
    *,
    source: str | None = None,
    progress: Progress = Silent(),
    told: Callable[[FileSummary], object] = lambda _: None,
) -> list[FileSummary]:
    """Takes each file in, in the order given; `source` (default: the file's name) tells feeds apart. `told` gets what became of
    each as soon as it is in.

    Each batch is one transaction with its place in the file, so that `kill -9` and a second run end in the same state.

    Raises:
        InvalidInputError: a file that is missing, before any work; or the first that is empty, damaged or of no format that we
            read, when all others are in. Records that cannot be used never raise, they go to the rejects.
    """
    check_files(paths)
    if source is not None and not is_text(source):
        raise InvalidInputError("its name has bytes that are not UTF-8", where="--source", mend="Give another name.")
    summaries = []
    faults: list[InvalidInputError] = []
    for path in paths:
        try:
            summaries.append(_ingest_file(engines, path, source or path.name, progress))
        except InvalidInputError as error:
            faults.append(error)
        else:
            told(summaries[-1])
    with engines.database.transaction() as connection:
        expire_payloads(connection)
    if not all(summary.skipped for summary in summaries):
        with engines.database.transaction() as connection:
            refresh_statistics(connection)
    if faults:
        raise faults[0]
    return summaries


def _ingest_file(engines: Engines, path: Path, source: str, progress: Progress) -> FileSummary:
    digest = _digest(path)
    with _alone(engines, path, digest):
        with engines.database.transaction() as connection:
            run = begin_run(connection, source=source, file_digest=digest)
        rejects_file = engines.settings.data_dir / "rejects" / f"{path.name}-{digest.hex()[:8]}.jsonl"
        noted = 0
        resumed = run.last_line > 0 and not run.done
        if not run.done:
            hasher = ContactHasher(engines.settings.contact_secret())
            for batch in parse_file(path, hasher=hasher, progress=progress, resume_from_line=run.last_line + 1):
                _store(engines, run.run_id, batch, source=source)
                noted += _log_notes(batch)
            with engines.database.transaction() as connection:
                # from the table, so that a run that was killed and resumed lists each line once
                _write_rejects(connection, run.run_id, rejects_file, source=path.name)
                finish_run(connection, run.run_id)
        with engines.database.transaction() as connection:
            totals = begin_run(connection, source=source, file_digest=digest)
    return FileSummary(
        path=path,
        added=totals.added,
        changed=totals.changed,
        unchanged=totals.unchanged,
        rejected=totals.rejected,
        noted=noted,
        skipped=run.done,
        resumed=resumed,
        rejects_file=rejects_file if totals.rejected else None,
    )


def _store(engines: Engines, run_id: int, batch: Batch, *, source: str) -> None:
    secret = engines.settings.contact_secret()
    cipher = ContactCipher(secret)
    expires = datetime.now(UTC) + timedelta(days=engines.settings.raw_payload_days)
    with engines.database.transaction() as connection:
        erased = suppressed(connection, (parsed.profile for _, parsed in batch.parsed), secret)
        incoming = [_incoming(parsed, cipher) for _, parsed in batch.parsed if parsed.profile.profile_id not in erased]
        refused = [_of_erased(line) for line, parsed in batch.parsed if parsed.profile.profile_id in erased]
        done = upsert_profiles(connection, incoming, source=source, payloads_expire_at=expires)
        add_rejects(connection, run_id, (_stored(r) for r in (*batch.rejects, *refused)))
        advance_run(
            connection,
            run_id,
            last_line=batch.next_line - 1,
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged + batch.repeated,
            rejected=len(batch.rejects) + len(refused),
        )


def _log_notes(batch: Batch) -> int:
    """How many there are."""
    notes = [note for _, parsed in batch.parsed for note in parsed.notes]
    for note in notes:
        log.info("%s", note)
    return len(notes)


def _of_erased(line: int) -> Reject:
    return Reject(
        line=line,
        reason=RejectReason.ERASED,
        field=None,
        detail="the person of this record asked to be erased; it was not kept",
        payload="",
    )


def _incoming(parsed: Parsed, cipher: ContactCipher) -> IncomingProfile:
    context = parsed.profile.profile_id
    contacts = tuple(
        IncomingContact(kind=c.kind, value=c.value, ciphertext=cipher.encrypt(c.plain, context=context))
        for c in parsed.contacts
    )
    return IncomingProfile(profile=parsed.profile, payload=parsed.redacted, contacts=contacts)


def _stored(reject: Reject) -> StoredReject:
    return StoredReject(
        line=reject.line,
        field=reject.field,
        reason=reject.reason.value,
        detail=reject.detail,
        payload=reject.payload,
    )


def _write_rejects(connection: sa.Connection, run_id: int, path: Path, *, source: str) -> None:
    rejects = (
        Reject(line=r.line, reason=RejectReason(r.reason), detail=r.detail, field=r.field, payload=r.payload)
        for r in read_rejects(connection, run_id)
    )
    path.unlink(missing_ok=True)
    for first in itertools.islice(rejects, 1):  # no file where nothing was refused
        with RejectWriter(path, source=source) as writer:
            writer.write(itertools.chain([first], rejects))


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


@contextmanager
def _alone(engines: Engines, path: Path, digest: bytes) -> Iterator[None]:
    """Holds the file's content for this process; the lock goes with the connection, so a killed run leaves none."""
    key = int.from_bytes(digest[:8], "big", signed=True)
    with engines.database.engine.connect() as connection:
        if not connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
            raise InvalidInputError(
                "another process is taking this file in", where=str(path), mend="Wait until it is done."
            )
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": key})
