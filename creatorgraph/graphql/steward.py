"""Who is calling."""

from typing import Self

import strawberry

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.graphql.node import VIEWER, global_id

_field = strawberry.field


@strawberry.type(description="A caller that the API knows by name.")
class Viewer:
    id: strawberry.ID = _field(description="The global id.")
    name: str = _field(description="The name that the audit has.")
    role: Role = _field(description="What they may do.")

    @classmethod
    def of(cls, steward: Steward) -> Self:
        return cls(id=global_id(VIEWER, steward.steward_id), name=steward.name, role=steward.role)

    @classmethod
    def calling(cls, caller: Caller) -> Self | None:
        """Whoever calls, by steward's name, key's name or the subject of a token; None for who names nobody."""
        if caller.role is None:
            return None
        key = caller.steward.steward_id if caller.steward else caller.key_id or caller.subject
        return cls(id=global_id(VIEWER, key), name=caller.subject, role=caller.role)
