"""Lets go of what is kept for a time only."""

from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.work import sweep_exports
from creatorgraph.services.private.contact import expire_contact_reads
from creatorgraph.store.write.profile import expire_payloads


def expire_raw_payloads(engines: Engines) -> int:
    """Deletes the raw payloads whose days are over; how many there were."""
    with engines.database.transaction() as connection:
        return expire_payloads(connection)


def expire_all(engines: Engines) -> int:
    """Raw payloads, entries of the log of who has read a contact, and exports; how many of the first two there were."""
    sweep_exports(engines)
    return expire_raw_payloads(engines) + expire_contact_reads(engines)
