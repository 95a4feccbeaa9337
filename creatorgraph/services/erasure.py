"""Somebody asks to be erased: removed from every store, kept out from then on, with a receipt of what went where and when.

A request is one row; the work is done by whoever comes first: the relay in the API, a worker, or `creatorgraph erase`. PostgreSQL
is cleared in one transaction. What follows it (graph, vectors, outbox) is done when its engine answers; until then the erasure
stays open, and every pass tries again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa
import uuid_utils

from creatorgraph.config import Settings
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.erasure import ErasedFrom, Erasure, ErasureId
from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.identity_event import IdentityEvent, IdentityEventKind
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.services.arrival.service import Arrivals, take_turn
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.withdraw import withdraw_from_exports
from creatorgraph.services.identity_change import lock_beside_others
from creatorgraph.services.mention import mentioning
from creatorgraph.services.private.erasure import erase_private_data
from creatorgraph.services.relay import relay
from creatorgraph.services.suppression import id_key, pseudonym, suppression_keys
from creatorgraph.services.whole_file import replace_file
from creatorgraph.services.withdraw import withdrawn
from creatorgraph.services.work_folder import WorkFolder, work_path
from creatorgraph.store.read.bulk import read_members, read_profiles
from creatorgraph.store.read.erasure import erasures, ever_members, identifiers_held, lock_erasure, open_erasures
from creatorgraph.store.read.history import Ending, retirements
from creatorgraph.store.tenancy import operating
from creatorgraph.store.write.creator import append_events
from creatorgraph.store.write.erasure import (
    add_erasure,
    add_step,
    blank_creators,
    finish,
    in_outbox,
    lock_against_ingest,
    lock_requests,
    remove_orphans,
    remove_rejects,
    rename_in_history,
    set_profiles,
    suppress,
)
from creatorgraph.store.write.notice import tell_everything
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.webhook_message import forget_answers, forget_creator

CAUSE = "erasure"


def request_erasure(
    engines: Engines,
    *,
    creator: CreatorId | None = None,
    profiles: Collection[ProfileId] = (),
    asked_by: str,
) -> Erasure:
    """Asks for a creator with all of its profiles, or for some profiles, to be erased; asking twice is one erasure.

    A creator that was merged into another is that other.

    Raises:
        NotFoundError: there is no such creator or profile.
    """
    with engines.database.transaction() as connection:
        lock_requests(connection)
        if creator is not None:
            retired = retirements(connection, [creator])[0]
            if retired is not None and retired.ending is Ending.ERASED:
                return erasures(connection, creator=creator)[0]
            creator = creator if retired is None or retired.successor is None else retired.successor
            known = erasures(connection, creator=creator)
            if known and known[0].done_at is None:
                return known[0]
            profiles = {*ever_members(connection, creator), *read_members(connection, [creator])}
        elif profiles:
            there = [profile.profile_id for profile in read_profiles(connection, sorted(profiles))]
            # of what an open erasure has cleared already nothing is there
            if waiting := open_erasures(connection, of=there or profiles):
                return erasures(connection, ids=waiting[:1])[0]
            profiles = there
        if not profiles:
            raise NotFoundError("nobody has this id", mend="Check it: nothing was erased.")
        erasure_id = ErasureId(str(uuid_utils.uuid7()))
        add_erasure(connection, erasure_id, creator_id=creator, profiles=sorted(profiles), asked_by=asked_by)
        return erasures(connection, ids=[erasure_id])[0]


def carry_out_erasures(
    engines: Engines, progress: Progress = Silent(), *, arrivals: Arrivals | None = None
) -> list[Erasure]:
    """Goes on with every erasure that is not done, the oldest first; how each of them stands then.

    Raises:
        BusyError: a run over everything is writing; nothing is lost, the next pass goes on.
    """
    with engines.database.transaction() as connection:
        waiting = open_erasures(connection)
    progress.stage("Erasing", len(waiting))
    for erasure_id in waiting:
        _from_postgresql(engines, erasure_id, arrivals or Arrivals(engines))
        _from_exports(engines, erasure_id)
        _from_the_rest(engines, erasure_id)
        progress.advance(1)
    with engines.database.transaction() as connection:
        return erasures(connection, ids=waiting)


def one_erasure(engines: Engines, erasure_id: ErasureId) -> Erasure:
    """Raises NotFoundError where there is none of this id."""
    with engines.database.transaction() as connection:
        for found in erasures(connection, ids=[erasure_id]):
            return found
    raise NotFoundError("there is no erasure of this id", mend="Pass an id as the request for it gave it.")


def every_erasure(engines: Engines) -> list[Erasure]:
    """The latest first."""
    with engines.database.transaction() as connection:
        return erasures(connection)


def _from_postgresql(engines: Engines, erasure_id: ErasureId, arrivals: Arrivals) -> None:
    secret = engines.settings.contact_secret()
    with engines.database.transaction() as connection:
        lock_beside_others(connection)
        # a step of arrivals takes its turn first too, and then looks for who is suppressed
        take_turn(connection)
        lock_against_ingest(connection)
        creator, asked = lock_erasure(connection, erasure_id)
        if erasures(connection, ids=[erasure_id])[0].steps:
            return
        # whoever has joined the creator since goes too
        ids = sorted({*asked, *(read_members(connection, [creator]) if creator else ())})
        profiles = read_profiles(connection, ids)
        set_profiles(connection, erasure_id, ids)
        keys = {id_key(each, secret) for each in ids}.union(*(suppression_keys(each, secret) for each in profiles))
        suppress(connection, erasure_id, keys)
        held, named = identifiers_held(connection, ids), mentioning(_names(profiles))
        withdrawn(connection, [each.profile_id for each in profiles], arrivals, cause=CAUSE)
        if creator is not None and not _lives(connection, creator):
            _tell(connection, creator)
        done = {
            ErasedFrom.PROFILES: len(profiles),
            ErasedFrom.IDENTIFIERS: remove_orphans(connection, held),
            ErasedFrom.CREATORS: blank_creators(connection, ids),
            ErasedFrom.HISTORY: rename_in_history(connection, {each: pseudonym(each, secret) for each in ids}),
            ErasedFrom.REJECTS: remove_rejects(connection, named) + _from_files(engines.settings, named),
            ErasedFrom.WEBHOOKS: _from_webhooks(connection, creator) + _from_answers(connection, named),
        }
        done |= erase_private_data(connection, creator, profiles, secret)
        for place, entries in done.items():
            add_step(connection, erasure_id, place, entries)
        # names have gone from the history of others too
        tell_everything(connection)


def _from_webhooks(connection: sa.Connection, creator: CreatorId | None) -> int:
    """Tenants own these tables: what names the creator goes."""
    with operating(connection):
        return forget_creator(connection, creator) if creator is not None and not _lives(connection, creator) else 0


def _from_answers(connection: sa.Connection, named: Callable[[str], bool]) -> int:
    """What subscribers have answered about the accounts, in tables that tenants own too."""
    with operating(connection):
        return forget_answers(connection, named)


def _lives(connection: sa.Connection, creator: CreatorId) -> bool:
    return bool(read_members(connection, [creator]))


def _tell(connection: sa.Connection, creator: CreatorId) -> None:
    """The last entry of the creator's history, and the message to whoever listens."""
    now: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    erased = IdentityEvent(
        kind=IdentityEventKind.ERASED, creator_id=creator, other=None, profiles=(), cause=CAUSE, at=now
    )
    append_events(connection, [erased])
    announce(connection, "creator.erased", "creators", [creator])


def _from_exports(engines: Engines, erasure_id: ErasureId) -> None:
    with engines.database.transaction() as connection:
        _, ids = lock_erasure(connection, erasure_id)
        if ErasedFrom.EXPORTS in {step.place for step in erasures(connection, ids=[erasure_id])[0].steps}:
            return
    secret = engines.settings.contact_secret()
    parts = withdraw_from_exports(engines, [pseudonym(each, secret) for each in ids])
    with engines.database.transaction() as connection:
        add_step(connection, erasure_id, ErasedFrom.EXPORTS, parts)


def _from_the_rest(engines: Engines, erasure_id: ErasureId) -> None:
    """What follows PostgreSQL. Where something does not answer the erasure stays open."""
    failures = relay(engines).failures
    with engines.database.transaction() as connection:
        creator, ids = lock_erasure(connection, erasure_id)
        if failures or in_outbox(connection, ids):
            return
        # the relay has only now written what the outbox still had to say of them
        _from_webhooks(connection, creator)
        for index in (engines.profile_index(), engines.bio_index()):
            index.rebuild(scrub=True)
            if index.dead:
                return  # another process is rebuilding
        try:
            with WorkFolder(work_path(engines.settings), inputs=CAUSE):
                pass  # what a stopped run had kept goes with the folder
        except InvalidInputError:
            return  # a run is under way, whose own files go when it ends
        for place in (ErasedFrom.GRAPH, ErasedFrom.VECTORS, ErasedFrom.OUTBOX, ErasedFrom.RUNS):
            add_step(connection, erasure_id, place, len(ids))
        finish(connection, erasure_id)


def _names(profiles: Iterable[Profile]) -> Iterator[str]:
    """By which a refused record is taken for one of theirs: too many rather than too few, for nobody works with them."""
    for each in profiles:
        names = (each.profile_id, each.username, each.account_id, each.url, each.display_name)
        yield from (name for name in names if name)


def _from_files(settings: Settings, named: Callable[[str], bool]) -> int:
    """Takes the lines that hold one of the names out of the files of refused records; how many."""
    gone = 0
    for path in sorted((settings.data_dir / "rejects").glob("*.jsonl")):
        lines = path.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if not named(line.decode(errors="replace"))]
        if len(kept) < len(lines):
            gone += len(lines) - len(kept)
            replace_file(path, partial(_write_own, content=b"".join(kept)))
    return gone


def _write_own(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
