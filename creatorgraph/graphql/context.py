"""What resolvers share during one request."""

from typing import TYPE_CHECKING

from strawberry.fastapi import BaseContext
from strawberry.types import Info as StrawberryInfo

from creatorgraph.domain.steward import Role, Steward
from creatorgraph.graphql.loader import Loaders
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import require

if TYPE_CHECKING:
    from creatorgraph.services.steward.feed import Feed


class Context(BaseContext):
    """The engines, who is calling (None: nobody is signed in), and loaders whose cache is gone with the operation.

    `blind` is set once an undecided review item is shown with its probability held back: from then on nothing else of the
    request tells it either. `feed` is where changes are heard of (None: nobody listens). `matching` is the process's own, which
    keeps the model (None: one of this context).
    """

    def __init__(
        self,
        engines: Engines,
        *,
        caller: Steward | None = None,
        feed: "Feed | None" = None,
        matching: Matching | None = None,
    ) -> None:
        super().__init__()
        self.engines = engines
        self.caller = caller
        self.feed = feed
        self.matching = matching or Matching(engines)
        self.blind = False
        self.loaders = Loaders(engines)

    def renew(self) -> None:
        """Forgets what was read: something has changed since."""
        self.loaders = Loaders(self.engines)

    def require(self, role: Role) -> Steward:
        """The caller, who has at least this role. Raises NotAllowedError otherwise."""
        return require(self.caller, role)


Info = StrawberryInfo[Context, None]
