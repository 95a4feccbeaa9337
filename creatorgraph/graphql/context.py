"""What resolvers share during one request."""

from strawberry.fastapi import BaseContext
from strawberry.types import Info as StrawberryInfo

from creatorgraph.graphql.loader import Loaders
from creatorgraph.services.engines import Engines


class Context(BaseContext):
    """The engines, and loaders of this request alone: what they have cached is gone with it."""

    def __init__(self, engines: Engines) -> None:
        super().__init__()
        self.engines = engines
        self.loaders = Loaders(engines)


Info = StrawberryInfo[Context, None]
