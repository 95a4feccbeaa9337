"""Loaders of what the caller's tenant owns. What a caller may not see is refused before anything is read."""

import asyncio
from functools import cached_property

from strawberry.dataloader import DataLoader

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.private import PrivateId, PrivateProfile, ShownContact
from creatorgraph.domain.role import Scope
from creatorgraph.domain.usage import Use
from creatorgraph.graphql.limit import check_rows
from creatorgraph.graphql.loader import Charge
from creatorgraph.services.engines import Engines
from creatorgraph.services.private.contact import contacts_in_full
from creatorgraph.store.read.private import private_of_creators

CONTACT_FIELD = "PrivateProfile.contactsInFull"


class PrivateLoaders:
    """One for each operation, of one caller."""

    def __init__(self, engines: Engines, caller: Caller, request_id: str, charge: Charge) -> None:
        self._engines = engines
        self._caller = caller
        self._request_id = request_id
        self._charge = charge

    @cached_property
    def of_creators(self) -> DataLoader[tuple[CreatorId, int], tuple[PrivateProfile, ...]]:
        """By creator and how many are wanted."""

        async def load(keys: list[tuple[CreatorId, int]]) -> list[tuple[PrivateProfile, ...]]:
            check_rows(sum(number for _, number in keys))
            tenant_id = self._caller.require_tenant(Scope.PRIVATE)
            found = await self._engines.database.ask_for_tenant(tenant_id, private_of_creators, keys)
            self._charge(Use(rows=sum(map(len, found))))
            return found

        return DataLoader(load)

    @cached_property
    def contacts(self) -> DataLoader[PrivateId, tuple[ShownContact, ...]]:
        """In full; all that one operation asks for at once is one statement of the log, written first."""

        async def load(keys: list[PrivateId]) -> list[tuple[ShownContact, ...]]:
            found = await asyncio.to_thread(
                contacts_in_full,
                self._engines,
                self._caller,
                keys,
                place=CONTACT_FIELD,
                request_id=self._request_id,
            )
            self._charge(Use(rows=sum(map(len, found.values()))))
            return [found[key] for key in keys]

        return DataLoader(load)
