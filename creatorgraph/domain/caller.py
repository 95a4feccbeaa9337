"""Who sends a request: whose tenant, what they may do, and how they have shown who they are."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.role import Role, Scope
from creatorgraph.domain.steward import Steward
from creatorgraph.domain.tenant import OPERATOR, ApiKey, KeyId, Plan, Tenant, TenantId


class Means(StrEnum):
    """How a caller has shown who they are."""

    NOTHING = "nothing"
    TOKEN = "token"  # noqa: S105 - the name of a means
    """A steward's bearer token."""
    SESSION = "session"
    """The console's cookie."""
    KEY = "key"
    """An API key."""
    JWT = "jwt"
    """A token of the identity provider."""


class NotPermittedError(CreatorgraphError):
    """The caller lacks a scope."""

    code = "not_allowed"

    def __init__(self, needs: Scope) -> None:
        self.needs = needs
        super().__init__(f"this needs the scope {needs.value}", mend="Use a key or token that has it.")


class PlanRequiredError(CreatorgraphError):
    """The caller's plan does not have this."""

    code = "plan_required"

    def __init__(self, needs: Plan, what: str) -> None:
        self.needs = needs
        super().__init__(
            f"{what} needs the plan {needs.value}", mend="Leave it out, or ask the operator for that plan."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Everybody who asks is one, also who names nobody.

    `tenant_id` owns what the caller makes and is all that they see of what tenants own; None sees none of it.
    `subject` names the caller in logs of use: a steward's or key's name. `steward` is set for the operator's own people.
    `ends_at` is when the proof runs out, where it says so itself.
    """

    tenant_id: TenantId | None
    subject: str
    scopes: frozenset[Scope]
    plan: Plan
    means: Means
    role: Role | None = None
    steward: Steward | None = None
    key_id: KeyId | None = None
    ends_at: datetime | None = None

    @classmethod
    def nobody(cls, *, reads: bool, plan: Plan) -> "Caller":
        """Who names nobody; `reads` is whether the server answers them at all; on their own machine they match too."""
        own_machine = plan is Plan.OPERATOR
        scopes = frozenset({Scope.READ, *({Scope.MATCH} if own_machine else ())} if reads else ())
        return cls(tenant_id=None, subject="", scopes=scopes, plan=plan, means=Means.NOTHING)

    @classmethod
    def of_steward(cls, steward: Steward, means: Means, *, ends_at: datetime | None = None) -> "Caller":
        return cls(
            tenant_id=OPERATOR,
            subject=steward.name,
            scopes=steward.role.scopes,
            plan=Plan.OPERATOR,
            means=means,
            role=steward.role,
            steward=steward,
            ends_at=ends_at,
        )

    @classmethod
    def of_key(cls, key: ApiKey, tenant: Tenant) -> "Caller":
        return cls(
            tenant_id=tenant.tenant_id,
            subject=key.name,
            scopes=key.role.scopes,
            plan=tenant.plan,
            means=Means.KEY,
            role=key.role,
            key_id=key.key_id,
            ends_at=key.expires_at,
        )

    @classmethod
    def of_person(cls, subject: str, role: Role, tenant: Tenant, *, ends_at: datetime) -> "Caller":
        """A person of a tenant, by a token of the identity provider."""
        return cls(
            tenant_id=tenant.tenant_id,
            subject=subject,
            scopes=role.scopes,
            plan=tenant.plan,
            means=Means.JWT,
            role=role,
            ends_at=ends_at,
        )

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes

    def require(self, scope: Scope) -> TenantId | None:
        """The caller's tenant. Raises NotPermittedError where the scope is missing."""
        if scope not in self.scopes:
            raise NotPermittedError(scope)
        return self.tenant_id

    def require_tenant(self, scope: Scope) -> TenantId:
        """The tenant that owns what is done; None owns nothing. Raises NotPermittedError for those without the scope."""
        tenant = self.require(scope)
        if tenant is None:
            raise NotPermittedError(scope)
        return tenant

    def require_plan(self, needed: Plan, what: str) -> None:
        """Raises PlanRequiredError where the plan does not include `needed`."""
        if not self.plan.includes(needed):
            raise PlanRequiredError(needed, what)


LOCAL = Caller.nobody(reads=True, plan=Plan.OPERATOR)
"""Who asks from the same machine, or in process: reads what is shared, without a rate."""
