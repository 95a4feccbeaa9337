"""Whose rows a caller reaches: their own tenant's; who may administer, one tenant's or all tenants'."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.role import Scope
from creatorgraph.domain.tenant import TenantId
from creatorgraph.services.engines import Engines

P = ParamSpec("P")
T = TypeVar("T")


async def ask_within_reach(
    engines: Engines,
    caller: Caller,
    tenant_id: TenantId | None,
    read: Callable[Concatenate[sa.Connection, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Reads as the one tenant that is named; where none is, as the caller's own, or as all for those who may administer.

    Row-level security, not a condition of the read, keeps the rest away.

    Raises:
        NotPermittedError: the caller may not see use, or names a tenant without leave to administer.
    """
    own = caller.require_tenant(Scope.USAGE)
    if caller.may(Scope.ADMINISTER) and tenant_id is None:
        return await engines.database.ask_for_operator(read, *args, **kwargs)
    if tenant_id is not None and tenant_id != own:
        caller.require(Scope.ADMINISTER)
        own = tenant_id
    return await engines.database.ask_for_tenant(own, read, *args, **kwargs)
