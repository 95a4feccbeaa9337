"""API keys: `cg_<prefix>_<secret>`, 256 random bits of secret, kept as the SHA-256 of the whole alone.

A random secret needs no slow hash: nobody can try 2^256 of them. The prefix finds the row, the hash is compared in constant time.
"""

import hashlib
import hmac
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import uuid_utils

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.role import TENANTS, Role
from creatorgraph.domain.steward import Steward
from creatorgraph.domain.tenant import ApiKey, KeyId, Tenant, TenantId
from creatorgraph.services.engines import Engines
from creatorgraph.services.tenant.account import no_tenant, usable_name
from creatorgraph.store.read.api_key import NamedKey, key_by_id, standing_key_named
from creatorgraph.store.read.tenant import held_tenant, key_by_prefix, keys, tenant_by_name, tenants
from creatorgraph.store.write.tenant import insert_key, revoke_key, revoke_key_of_id

MOST_DAYS = 3650
_AUDIT = logging.getLogger("creatorgraph.audit")
# who made and revoked keys is told also where nobody asked for a verbose log
_AUDIT.setLevel(logging.INFO)
_FORM = re.compile(r"(cg_[0-9a-f]{10})_[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key, its tenant's name, and its secret text, which is shown this once."""

    key: ApiKey
    tenant: str
    secret: str

    def __repr__(self) -> str:
        return f"NewKey({self.key.prefix})"


def prefix_of(text: str) -> str | None:
    """The prefix of what looks like a key of ours; None for anything else."""
    found = _FORM.fullmatch(text)
    return found[1] if found else None


class RoleRefusedError(InvalidInputError):
    """No key may have this role."""

    def __init__(self, role: Role) -> None:
        super().__init__(
            f"no key may be {role.value}", where="--role", mend="Make a steward: `creatorgraph steward add`."
        )


class ExpiryRefusedError(InvalidInputError):
    """The key would run out in the past, today, or too late."""

    def __init__(self, days: int) -> None:
        super().__init__(f"{days} days are out of range", where="--days", mend=f"Give 1 to {MOST_DAYS}.")


class NameTakenError(InvalidInputError):
    """Another key of the tenant has the name and still stands."""

    def __init__(self, standing: NamedKey) -> None:
        self.standing = standing
        super().__init__(
            f"{standing.tenant} has a key of this name: {standing.key.prefix}",
            where="NAME",
            mend="Give another name, or revoke that key first.",
        )


def create_key(
    engines: Engines, tenant: str, name: str, *, role: Role = Role.PARTNER, days: int | None = None
) -> NewKey:
    """A key for a machine of the tenant of this name; it runs out after `days` (None: never).

    Raises:
        NotFoundError: there is no such tenant, or it is disabled.
        RoleRefusedError, ExpiryRefusedError: the role or number of days cannot be had.
        InvalidInputError: this is no name.
    """
    name = _checked(name, role, days)
    with engines.database.for_operator() as connection:
        owner = tenant_by_name(connection, tenant)
        if owner is None or owner.disabled_at is not None:
            raise no_tenant(tenant)
        return _insert(connection, owner, name, role, days)


def issue_key(
    engines: Engines, admin: Steward, tenant_id: TenantId, name: str, *, role: Role, days: int | None
) -> NewKey:
    """As `create_key`, by a person with a page of keys before them: no two standing keys of a tenant are called alike.

    Raises:
        NotFoundError, RoleRefusedError, ExpiryRefusedError, InvalidInputError: as `create_key`.
        NameTakenError: another standing key of the tenant has the name.
    """
    name = _checked(name, role, days)
    with engines.database.for_operator() as connection:
        # held, so that two who ask at once are not both told that the name is free
        owner = held_tenant(connection, tenant_id)
        if owner is None or owner.disabled_at is not None:
            raise NotFoundError("there is no such tenant", where="tenant", mend="Pass an id as `tenants` gives it.")
        standing = standing_key_named(connection, tenant_id, name)
        if standing is not None:
            raise NameTakenError(standing)
        made = _insert(connection, owner, name, role, days)
    _AUDIT.info("steward %s made key %s of tenant %s", admin.steward_id, made.key.prefix, tenant_id)
    return made


def withdraw_key(engines: Engines, admin: Steward, key_id: KeyId) -> NamedKey:
    """The key is refused from now on; one that was revoked before stays so from when it was.

    Raises:
        NotFoundError: there is no key of this id.
    """
    with engines.database.for_operator() as connection:
        found = key_by_id(connection, key_id) if revoke_key_of_id(connection, key_id) else None
    if found is None:
        raise NotFoundError("there is no such key", where="id", mend="Pass an id as `apiKeys` gives it.")
    _AUDIT.info("steward %s revoked key %s of tenant %s", admin.steward_id, found.key.prefix, found.key.tenant_id)
    return found


def _checked(name: str, role: Role, days: int | None) -> str:
    """The name as it is stored."""
    name = usable_name(name)
    if role not in TENANTS:
        raise RoleRefusedError(role)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise ExpiryRefusedError(days)
    return name


def _insert(connection: sa.Connection, owner: Tenant, name: str, role: Role, days: int | None) -> NewKey:
    now = datetime.now(UTC)
    while True:
        prefix = f"cg_{secrets.token_hex(5)}"
        secret = f"{prefix}_{secrets.token_urlsafe(32)}"
        made = ApiKey(
            key_id=KeyId(str(uuid_utils.uuid7())),
            tenant_id=owner.tenant_id,
            name=name,
            prefix=prefix,
            role=role,
            created_at=now,
            expires_at=now + timedelta(days=days) if days else None,
        )
        if insert_key(connection, made, _hash(secret)):
            return NewKey(key=made, tenant=owner.name, secret=secret)


def list_keys(engines: Engines) -> list[tuple[str, ApiKey]]:
    """All tenants' keys, each with its tenant's name."""
    with engines.database.for_operator() as connection:
        names = {each.tenant_id: each.name for each in tenants(connection)}
        return [(names[each.tenant_id], each) for each in keys(connection)]


def end_key(engines: Engines, prefix: str) -> None:
    """The key is refused from now on.

    Raises:
        NotFoundError: there is no key of this prefix.
    """
    # whoever pastes the whole key means it too
    prefix = prefix_of(prefix) or prefix
    with engines.database.for_operator() as connection:
        if not revoke_key(connection, prefix):
            raise NotFoundError("there is no such key", where="PREFIX", mend="See `creatorgraph key list`.")


def caller_by_key(connection: sa.Connection, text: str) -> Caller | None:
    """Whose key this is: None where it is nobody's, revoked, run out, or its tenant is disabled. For the operator's role."""
    prefix = prefix_of(text)
    found = key_by_prefix(connection, prefix) if prefix else None
    if found is None:
        return None
    key, tenant, stored = found
    return Caller.of_key(key, tenant) if hmac.compare_digest(stored, _hash(text)) else None


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
