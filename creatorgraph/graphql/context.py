"""What resolvers share during one request."""

import secrets
from collections.abc import Awaitable, Callable
from copy import copy
from typing import TYPE_CHECKING, Self

from strawberry.fastapi import BaseContext
from strawberry.types import Info as StrawberryInfo

from creatorgraph.domain.caller import LOCAL, Caller
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.domain.usage import Use
from creatorgraph.graphql.loader import Charge, Loaders
from creatorgraph.graphql.private_loader import PrivateLoaders
from creatorgraph.graphql.reads import Reads
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import require

if TYPE_CHECKING:
    from creatorgraph.services.steward.feed import Feed


Admit = Callable[[], Awaitable[None]]


def _free(_: Use) -> None:
    """Nobody is charged."""


class Context(BaseContext):
    """The engines, who is calling, and loaders whose cache is gone with the operation.

    `blind` is set once an undecided review item is shown with its probability held back: from then on nothing else of the
    operation tells it either. `feed` is where changes are heard of (None: nobody listens). `charge` notes what the request
    costs its caller. `admit` counts one operation where several come over one connection, and raises RateExceededError where
    it is one too many (None: the request was counted as a whole). `matching`
    is the process's own, which keeps the model (None: one of this context). `reads` gets what is read (None: nobody asks). `own`
    are the loaders of what the caller's tenant owns; `request_id` is what the log of contact reads calls this request.
    """

    def __init__(
        self,
        engines: Engines,
        *,
        caller: Caller = LOCAL,
        feed: "Feed | None" = None,
        charge: Charge = _free,
        admit: Admit | None = None,
        matching: Matching | None = None,
        reads: Reads | None = None,
    ) -> None:
        super().__init__()
        self.engines = engines
        self.caller = caller
        self.feed = feed
        self.charge = charge
        self.admit = admit
        self.matching = matching or Matching(engines)
        self.blind = False
        self.reads = reads or Reads()
        self.request_id = secrets.token_hex(8)
        self.loaders = Loaders(engines, charge, self.reads)
        self.own = PrivateLoaders(engines, caller, self.request_id, charge)

    def of_one_operation(self) -> Self:
        """The same for one operation, which begins with nothing read and nothing held back."""
        own = copy(self)
        own.blind = False
        own.renew()
        return own

    def renew(self) -> None:
        """Forgets what was read: something has changed since."""
        self.loaders = Loaders(self.engines, self.charge, self.reads)
        self.own = PrivateLoaders(self.engines, self.caller, self.request_id, self.charge)

    def require(self, role: Role) -> Steward:
        """The caller, who is a steward of at least this role. Raises NotAllowedError otherwise."""
        return require(self.caller.steward, role)


Info = StrawberryInfo[Context, None]
