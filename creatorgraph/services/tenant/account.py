"""Tenants: who shares this deployment."""

from datetime import UTC, datetime

import uuid_utils

from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.tenant import OPERATOR, Plan, Tenant, TenantId
from creatorgraph.services.engines import Engines
from creatorgraph.store.read.tenant import tenant_by_name, tenants
from creatorgraph.store.write.tenant import change_plan, disable_tenant, insert_tenant

MOST_NAME = 100


def create_tenant(engines: Engines, name: str, plan: Plan = Plan.STANDARD) -> Tenant:
    """
    Raises:
        InvalidInputError: the name is taken, empty or too long, or the plan is the operator's own.
    """
    name = usable_name(name)
    _check_plan(plan)
    made = Tenant(tenant_id=TenantId(str(uuid_utils.uuid7())), name=name, plan=plan, created_at=datetime.now(UTC))
    with engines.database.for_operator() as connection:
        free = insert_tenant(connection, made)
    if not free:
        raise InvalidInputError(f"there is or was a tenant {name}", where="NAME", mend="Give another name.")
    return made


def list_tenants(engines: Engines) -> list[Tenant]:
    """All of them, the operator's own too."""
    with engines.database.for_operator() as connection:
        return tenants(connection)


def set_plan(engines: Engines, name: str, plan: Plan) -> None:
    """
    Raises:
        NotFoundError: there is no tenant of the name.
        InvalidInputError: the tenant or the plan is the operator's own.
    """
    _check_plan(plan)
    with engines.database.for_operator() as connection:
        _check_foreign(tenant_by_name(connection, name))
        if not change_plan(connection, name, plan):
            raise no_tenant(name)


def end_tenant(engines: Engines, name: str) -> None:
    """Its keys and its people's tokens are refused from now on. What it owns stays.

    Raises:
        NotFoundError: there is no tenant of the name.
        InvalidInputError: it is the operator's own.
    """
    with engines.database.for_operator() as connection:
        _check_foreign(tenant_by_name(connection, name))
        if not disable_tenant(connection, name):
            raise no_tenant(name)


def no_tenant(name: str) -> NotFoundError:
    return NotFoundError(f"there is no tenant {name}", where="TENANT", mend="See `creatorgraph tenant list`.")


def usable_name(name: str) -> str:
    """Raises InvalidInputError where it is empty, too long, or has what cannot be printed."""
    name = name.strip()
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise InvalidInputError("this is no name", where="NAME", mend=f"Give 1 to {MOST_NAME} printable characters.")
    return name


def _check_plan(plan: Plan) -> None:
    if plan is Plan.OPERATOR:
        raise InvalidInputError("this plan is the operator's own", where="--plan", mend="Give standard or enterprise.")


def _check_foreign(found: Tenant | None) -> None:
    if found is not None and found.tenant_id == OPERATOR:
        raise InvalidInputError("this tenant is the operator's own", where="NAME", mend="Name another.")
