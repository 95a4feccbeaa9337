"""Who is calling."""

from typing import Self

import strawberry

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
