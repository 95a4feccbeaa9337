"""What the tests of stewards look at and do again and again."""

import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.link import LinkDecider
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewReason
from creatorgraph.domain.steward import Steward
from creatorgraph.services.engines import Engines
from creatorgraph.services.model_file import read_model
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.services.steward.act import Outcome
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.split import split
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.review import ReviewItemSeen
from creatorgraph.store.table import arrival, creator, identity_event, link, outbox, profile, review_item


def members(engines: Engines) -> dict[CreatorId, list[ProfileId]]:
    with engines.database.transaction() as connection:
        found: dict[CreatorId, list[ProfileId]] = {}
        for profile_id, creator_id in sorted(read_memberships(connection).items()):
            found.setdefault(creator_id, []).append(profile_id)
    return found


def home(engines: Engines, profile_id: ProfileId) -> CreatorId:
    return next(each for each, profiles in members(engines).items() if profile_id in profiles)


def version(engines: Engines, creator_id: CreatorId) -> int:
    with engines.database.transaction() as connection:
        return int(connection.scalar(sa.select(creator.c.version).where(creator.c.creator_id == creator_id)) or 0)


def state(engines: Engines) -> tuple[object, ...]:
    """All that a run writes when it finds anything new."""
    with engines.database.transaction() as connection:
        return (
            read_memberships(connection),
            connection.execute(sa.select(creator).order_by(creator.c.creator_id)).all(),
            connection.scalar(sa.select(sa.func.count()).select_from(identity_event)),
            connection.scalar(sa.select(sa.func.count()).select_from(outbox)),
            connection.execute(sa.select(review_item).order_by(review_item.c.left_id, review_item.c.right_id)).all(),
        )


def waiting(engines: Engines) -> set[ProfileId]:
    """Profiles in the queue of arrivals."""
    with engines.database.transaction() as connection:
        rows = sa.select(profile.c.profile_id).join(arrival, arrival.c.row_id == profile.c.row_id)
        return {ProfileId(each) for each in connection.scalars(rows)}


def batch(engines: Engines) -> None:
    """A run over everything, with the model of the last one."""
    resolve_all(engines, model=read_model(model_path(engines.settings)))


def assert_a_run_finds_nothing_new(engines: Engines) -> None:
    before = state(engines)
    batch(engines)
    assert state(engines) == before


def item(engines: Engines, ann: Steward, reason: ReviewReason | None = None) -> ReviewItemSeen:
    return next(each for each in claim_items(engines, ann, count=50) if reason in (None, each.item.reason))


def of_size(engines: Engines, least: int, *, most: int = 1000) -> CreatorId:
    """A creator of so many profiles, none of which would be another's were it not for the rest."""
    now = members(engines)
    at = {profile_id: each for each, profiles in now.items() for profile_id in profiles}
    with engines.database.transaction() as connection:
        ends = connection.execute(sa.select(link.c.left_id, link.c.right_id)).all()
        tied = {at[end] for left, right in ends if at[left] != at[right] for end in (left, right)}
    return next(each for each, profiles in sorted(now.items()) if least <= len(profiles) <= most and each not in tied)


def merged(engines: Engines, ann: Steward, *creators: CreatorId, override: bool = False) -> Outcome:
    return merge(
        engines, ann, creators, expected_versions=[version(engines, each) for each in creators], override=override
    )


def parted(engines: Engines, ann: Steward, creator_id: CreatorId, *groups: list[ProfileId]) -> Outcome:
    return split(engines, ann, creator_id, groups, expected_version=version(engines, creator_id))


def singles(engines: Engines, count: int) -> list[CreatorId]:
    return [each for each, profiles in sorted(members(engines).items()) if len(profiles) == 1][:count]


def add_link(connection: sa.Connection, one: ProfileId, other: ProfileId, weight: float) -> None:
    """Stores a link of this many bits, which no run has found."""
    connection.execute(
        link.insert().values(
            left_id=min(one, other),
            right_id=max(one, other),
            probability=1 / (1 + 2**-weight),
            match_weight=weight,
            decided_by=LinkDecider.MODEL.value,
            accepted=True,
            model_version="m",
            evidence=[],
        )
    )
