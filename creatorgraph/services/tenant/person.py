"""People who come with a token of the identity provider: as stewards of the operator, or as people of a tenant."""

import hashlib
from collections.abc import Collection

import sqlalchemy as sa
import uuid_utils

from creatorgraph.domain.caller import Caller, Means
from creatorgraph.domain.role import STEWARDS, TENANTS, Role
from creatorgraph.domain.steward import Steward, StewardId
from creatorgraph.domain.tenant import OPERATOR, Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.token import Claims
from creatorgraph.store.read.steward import steward_by_subject
from creatorgraph.store.read.tenant import tenant_by_name_or_id
from creatorgraph.store.write.steward import change_role, insert_person


def caller_by_claims(engines: Engines, claims: Claims) -> Caller | None:
    """Who the token speaks of; None where they have no role here, are disabled, or their tenant is.

    A token without a tenant is for the operator's people, and theirs alone are the stewards' roles: whatever roles a tenant's
    token names, they are those of tenants. A steward who comes for the first time is written down: the audit needs a name.
    """
    with engines.database.for_operator() as connection:
        tenant = tenant_by_name_or_id(connection, claims.tenant if claims.tenant is not None else OPERATOR)
        if tenant is None or tenant.disabled_at is not None:
            return None
        if tenant.tenant_id != OPERATOR:
            return _of_tenant(claims, tenant)
        role = _largest(claims.roles, STEWARDS)
        if role is None:
            return _of_tenant(claims, tenant)
        steward = _steward(connection, claims, role)
    if steward is None or steward.disabled_at is not None:
        return None
    return Caller.of_steward(steward, Means.JWT, ends_at=claims.ends_at)


def _of_tenant(claims: Claims, tenant: Tenant) -> Caller | None:
    role = _largest(claims.roles, TENANTS)
    return Caller.of_person(claims.subject, role, tenant, ends_at=claims.ends_at) if role else None


def _largest(named: Collection[Role], allowed: Collection[Role]) -> Role | None:
    return max((role for role in allowed if role in named), key=lambda role: len(role.scopes), default=None)


def _steward(connection: sa.Connection, claims: Claims, role: Role) -> Steward | None:
    found = steward_by_subject(connection, claims.subject)
    if found is None:
        # a name is given once: a second person of it gets a part of their subject's digest beside it
        mark = hashlib.sha256(claims.subject.encode()).hexdigest()[:8]
        for name in (claims.name, f"{claims.name} ({mark})"):
            made = StewardId(str(uuid_utils.uuid7()))
            if insert_person(connection, steward_id=made, name=name, role=role, subject=claims.subject):
                break
        return steward_by_subject(connection, claims.subject)
    if found.role is not role and found.disabled_at is None:
        change_role(connection, found.steward_id, role)
        return steward_by_subject(connection, claims.subject)
    return found
