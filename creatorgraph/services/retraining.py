"""When it is time for a run over everything, where profiles are resolved as they arrive."""

import sqlalchemy as sa

from creatorgraph.store.read.posting import stored_posting_model
from creatorgraph.store.write.resolution_run import changed_since_run

SHARE, DAYS = 0.1, 1
"""Of the profiles so many new or changed, or days with any, after which the schedule trains a model anew."""


def run_is_due(connection: sa.Connection) -> bool:
    """Whether so many have arrived since the last run that the model should learn from them, or a day has passed.

    Where nothing is there to resolve arrivals by, always: a run on what has not changed returns at once.
    """
    if stored_posting_model(connection) is None:
        return True
    return changed_since_run(connection, share=SHARE, days=DAYS)
