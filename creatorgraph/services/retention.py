"""Lets go of what is kept for a time only."""

from creatorgraph.services.engines import Engines
from creatorgraph.store.write.profile import expire_payloads


def expire_raw_payloads(engines: Engines) -> int:
    """Deletes the raw payloads whose days are over; how many there were."""
    with engines.database.transaction() as connection:
        return expire_payloads(connection)
