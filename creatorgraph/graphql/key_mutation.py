"""Making and revoking keys: what an administrator does for every tenant (decision 24)."""

import asyncio
from typing import Annotated

import strawberry

from creatorgraph.domain.error import CreatorgraphError, InvalidInputError, NotFoundError
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import OPERATOR, KeyId, TenantId
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.key_outcome import (
    ApiKeyCreated,
    ApiKeyRevoked,
    CreateApiKeyResult,
    RevokeApiKeyResult,
    common_key_problem,
    create_problem,
)
from creatorgraph.graphql.node import API_KEY, uuid_of
from creatorgraph.graphql.tenant import ApiKey, TenantArgument, tenant_of
from creatorgraph.services.tenant.key import issue_key, withdraw_key
from creatorgraph.store.read.api_key import NamedKey

_argument = strawberry.argument


def named_tenant(id_: str | None) -> TenantId | None:
    """Raises NotFoundError where it is the id of something else: nothing is there by it."""
    try:
        return tenant_of(id_)
    except InvalidInputError as error:
        raise NotFoundError(error.what, mend=error.mend) from error


def named_key(id_: str) -> KeyId:
    """As `named_tenant`, of a key."""
    try:
        return KeyId(uuid_of(API_KEY, id_))
    except InvalidInputError as error:
        raise NotFoundError(error.what, mend=error.mend) from error


@strawberry.type
class KeyMutation:
    @resolved(
        "Makes a key for a tenant's machine. Its secret is told in this answer and never again. Needs the role ADMIN. To change "
        "a key for another: make the second, let the machine use it, then revoke the first."
    )
    async def create_api_key(
        self,
        info: Info,
        name: Annotated[str, _argument(description="What it is for; no other standing key of the tenant has it.")],
        role: Annotated[Role, _argument(description="FRONTEND or PARTNER.")] = Role.PARTNER,
        expires_in_days: Annotated[int | None, _argument(description="1 to 3650; null: it never runs out.")] = None,
        tenant: TenantArgument = None,
    ) -> CreateApiKeyResult:
        try:
            admin = info.context.require(Role.ADMIN)
            owner = named_tenant(tenant) or OPERATOR
            made = await asyncio.to_thread(
                issue_key, info.context.engines, admin, owner, name, role=role, days=expires_in_days
            )
        except CreatorgraphError as error:
            return create_problem(error)
        return ApiKeyCreated(key=ApiKey.of(NamedKey(key=made.key, tenant=made.tenant, stands=True)), secret=made.secret)

    @resolved("Refuses a key from now on, whoever sends it. It cannot be taken back. Needs the role ADMIN.")
    async def revoke_api_key(
        self,
        info: Info,
        id: Annotated[strawberry.ID, _argument(description="The global id of a key.")],  # noqa: A002
    ) -> RevokeApiKeyResult:
        try:
            admin = info.context.require(Role.ADMIN)
            found = await asyncio.to_thread(withdraw_key, info.context.engines, admin, named_key(id))
        except CreatorgraphError as error:
            return common_key_problem(error)
        return ApiKeyRevoked(key=ApiKey.of(found))
