"""Whether callers who were let in would still be: for sockets, which outlive the moment at which they were opened."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.caller import Caller, Means
from creatorgraph.store.read.steward import standing_proofs, stewards_by_ids
from creatorgraph.store.read.tenant import standing_keys, standing_tenants


def standing(connection: sa.Connection, asked: Sequence[tuple[Caller, bytes]], now: datetime) -> list[bool]:
    """One answer for each caller with the hash of what they came with. At most four statements. For the operator's role."""
    proofs = {digest for caller, digest in asked if caller.means in (Means.TOKEN, Means.SESSION)}
    keys = {caller.key_id for caller, _ in asked if caller.key_id}
    people = [caller for caller, _ in asked if caller.means is Means.JWT]
    stewards = list({each.steward.steward_id: None for each in people if each.steward})
    tenants = {each.tenant_id for each in people if each.steward is None and each.tenant_id}
    good_proofs = standing_proofs(connection, proofs) if proofs else set()
    good_keys = standing_keys(connection, keys) if keys else set()
    good_tenants = standing_tenants(connection, tenants) if tenants else set()
    good_stewards = {
        each.steward_id
        for each in (stewards_by_ids(connection, stewards) if stewards else ())
        if each is not None and each.disabled_at is None
    }

    def stands(caller: Caller, digest: bytes) -> bool:
        if caller.ends_at is not None and caller.ends_at <= now:
            return False
        match caller.means:
            case Means.NOTHING:
                # they came with a session that had ended
                return False
            case Means.KEY:
                return caller.key_id in good_keys
            case Means.JWT if caller.steward:
                return caller.steward.steward_id in good_stewards
            case Means.JWT:
                return caller.tenant_id in good_tenants
            case _:
                return digest in good_proofs

    return [stands(caller, digest) for caller, digest in asked]
