from datetime import UTC, datetime
from itertools import pairwise

import pytest

from creatorgraph.domain.caller import LOCAL, Caller, Means, NotPermittedError, PlanRequiredError
from creatorgraph.domain.role import GRANTS, STEWARDS, TENANTS, Role, Scope
from creatorgraph.domain.steward import Steward, StewardId
from creatorgraph.domain.tenant import OPERATOR, Plan, Tenant, TenantId

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TENANT = Tenant(tenant_id=TenantId("t"), name="acme", plan=Plan.STANDARD, created_at=NOW)


def test_every_role_is_granted_something_and_is_the_operators_or_the_tenants() -> None:
    assert GRANTS.keys() == set(Role)
    assert set(STEWARDS) | set(TENANTS) == set(Role)
    assert not set(STEWARDS) & set(TENANTS)


def test_no_role_of_tenants_reaches_what_all_share() -> None:
    for role in TENANTS:
        assert not role.scopes & {Scope.QUEUE, Scope.DECIDE, Scope.ERASE, Scope.ADMINISTER}


def test_stewards_ranks_include_each_other_and_partners_are_none() -> None:
    for small, large in pairwise(STEWARDS):
        assert large.may(small)
        assert not small.may(large)
    assert not Role.PARTNER.may(Role.ANALYST)
    assert not Role.ANALYST.may(Role.PARTNER)
    assert Role.PARTNER.may(Role.FRONTEND)


def test_a_missing_scope_is_said() -> None:
    partner = Caller.of_person("kim", Role.PARTNER, TENANT, ends_at=NOW)
    assert partner.require(Scope.EXPORT) == "t"
    with pytest.raises(NotPermittedError) as error:
        partner.require(Scope.DECIDE)
    assert (error.value.needs, error.value.code) == (Scope.DECIDE, "not_allowed")
    assert "decide" in str(error.value)


def test_who_has_no_tenant_owns_nothing() -> None:
    assert LOCAL.require(Scope.READ) is None
    with pytest.raises(NotPermittedError):
        LOCAL.require_tenant(Scope.READ)
    assert not Caller.nobody(reads=False, plan=Plan.STANDARD).may(Scope.READ)


def test_plans_include_those_before_them() -> None:
    partner = Caller.of_person("kim", Role.PARTNER, TENANT, ends_at=NOW)
    partner.require_plan(Plan.STANDARD, "this")
    with pytest.raises(PlanRequiredError) as error:
        partner.require_plan(Plan.ENTERPRISE, "Query.path")
    assert (error.value.needs, error.value.code) == (Plan.ENTERPRISE, "plan_required")
    LOCAL.require_plan(Plan.ENTERPRISE, "Query.path")


def test_a_steward_is_the_operators() -> None:
    steward = Steward(steward_id=StewardId("s"), name="ann", role=Role.STEWARD, created_at=NOW)
    caller = Caller.of_steward(steward, Means.TOKEN)
    assert (caller.tenant_id, caller.plan, caller.subject) == (OPERATOR, Plan.OPERATOR, "ann")
    assert caller.scopes == GRANTS[Role.STEWARD]
