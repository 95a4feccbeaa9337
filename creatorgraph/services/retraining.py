"""When it is time for a run over everything, where profiles are resolved as they arrive."""

import sqlalchemy as sa

from creatorgraph.store.read.arrival import waits_since
from creatorgraph.store.read.posting import stored_posting_model
from creatorgraph.store.write.resolution_run import changed_since_run

SHARE, DAYS = 0.1, 1
"""Of the profiles so many new or changed, or days with any, after which the schedule trains a model anew."""
PATIENCE_MINUTES = 10
"""How long an arrival waits for whoever could resolve it; then nobody can, and a run is needed."""


def run_is_due(connection: sa.Connection) -> bool:
    """Whether so many have arrived since the last run that the model should learn from them, a day has passed, or some of them
    wait in vain, because the model is of another version or on another machine.

    Where nothing is there to resolve arrivals by, always: a run on what has not changed returns at once.
    """
    if stored_posting_model(connection) is None:
        return True
    return waits_since(connection, minutes=PATIENCE_MINUTES) or changed_since_run(connection, share=SHARE, days=DAYS)
