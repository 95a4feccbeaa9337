"""Which creators are wanted, and in which order."""

from datetime import datetime
from uuid import UUID

import strawberry

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.platform import Platform
from creatorgraph.graphql.enumeration import OrderDirection
from creatorgraph.graphql.relay import Cursor
from creatorgraph.graphql.scalar import BigInt
from creatorgraph.store.read import creator as store
from creatorgraph.store.read.creator import CreatorOrderField

_field = strawberry.field


@strawberry.input(description="All that is set must hold.")
class CreatorFilter:
    platforms: list[Platform] | None = _field(default=None, description="Has a profile on at least one of these.")
    min_followers: BigInt | None = _field(default=None, description="The sum of followers is at least this.")
    max_followers: BigInt | None = _field(default=None, description="The sum of followers is at most this.")
    category: str | None = _field(default=None, description="The category, exactly as in the golden record.")
    language: str | None = _field(default=None, description="The language, exactly as in the golden record.")
    location_contains: str | None = _field(default=None, description="The location has this text in it, in any case.")
    name_contains: str | None = _field(default=None, description="The display name has this text in it, in any case.")
    verified: bool | None = _field(default=None, description="Whether a platform has verified one of its profiles.")
    min_members: int | None = _field(default=None, description="Has at least so many profiles.")
    min_engagement: float | None = _field(default=None, description="The mean engagement is at least so many percent.")
    max_engagement: float | None = _field(default=None, description="The mean engagement is at most so many percent.")
    country: str | None = _field(
        default=None, description="The country that a location names, as two letters of ISO 3166-1."
    )
    active_since: datetime | None = _field(
        default=None, description="A source has seen one of the active accounts at this moment or later."
    )

    def to_store(self) -> store.CreatorFilter:
        """Raises InvalidInputError for a range that nothing is in."""
        if (
            self.min_followers is not None
            and self.max_followers is not None
            and self.min_followers > self.max_followers
        ):
            raise InvalidInputError(
                f"minFollowers {self.min_followers} is above maxFollowers {self.max_followers}",
                where="filter",
                mend="Swap the two.",
            )
        if (
            self.min_engagement is not None
            and self.max_engagement is not None
            and self.min_engagement > self.max_engagement
        ):
            raise InvalidInputError(
                f"minEngagement {self.min_engagement} is above maxEngagement {self.max_engagement}",
                where="filter",
                mend="Swap the two.",
            )
        return store.CreatorFilter(
            platforms=None if self.platforms is None else tuple(self.platforms),
            min_followers=self.min_followers,
            max_followers=self.max_followers,
            category=self.category,
            language=self.language,
            location_contains=self.location_contains,
            name_contains=self.name_contains,
            verified=self.verified,
            min_members=self.min_members,
            min_engagement=self.min_engagement,
            max_engagement=self.max_engagement,
            country=self.country.upper() if self.country is not None else None,
            active_since=self.active_since,
        )


@strawberry.input(description="The order of creators; equals are ordered by id.")
class CreatorOrder:
    field: CreatorOrderField = strawberry.field(
        default=CreatorOrderField.FOLLOWERS, description="What they are ordered by."
    )
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description="Which end comes first.")

    def cursor(self) -> Cursor:
        """The cursors of this order; those of another order are refused."""
        return Cursor(f"creator-{self.field.value}-{self.direction.value}", _KEYS[self.field])


_KEYS: dict[CreatorOrderField, tuple[type, ...]] = {
    CreatorOrderField.FOLLOWERS: (int, UUID),
    CreatorOrderField.NAME: (str, UUID),
    CreatorOrderField.UPDATED: (datetime, UUID),
    CreatorOrderField.CREATED: (UUID,),
}


def to_store(filter_by: CreatorFilter | None) -> store.CreatorFilter:
    return filter_by.to_store() if filter_by else store.NO_FILTER
