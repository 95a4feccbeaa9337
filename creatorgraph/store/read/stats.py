"""How much there is."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from creatorgraph.domain.platform import Platform
from creatorgraph.store.table import creator, identifier, link, profile, resolution_run, review_item


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts of the whole store. `platforms` has the profiles per platform, most first."""

    profiles: int
    creators: int
    creators_with_several_profiles: int
    identifiers: int
    links: int
    accepted_links: int
    open_review_items: int
    platforms: tuple[tuple[Platform, int], ...]
    resolved_at: datetime | None
    model_version: str | None


def read_stats(connection: sa.Connection) -> Stats:
    """Counted now, exactly."""
    count = sa.func.count()
    living = creator.c.retired_at.is_(None)
    row = connection.execute(
        sa.select(
            sa.select(count).select_from(profile).scalar_subquery().label("profiles"),
            sa.select(count).select_from(identifier).scalar_subquery().label("identifiers"),
            sa.select(count)
            .select_from(review_item)
            .where(review_item.c.state == sa.literal_column("'open'"))
            .scalar_subquery()
            .label("open_review_items"),
            *(
                sa.select(each).select_from(table).where(*where).scalar_subquery().label(name)
                for name, each, table, where in (
                    ("creators", count, creator, [living]),
                    ("creators_with_several_profiles", count.filter(creator.c.members > 1), creator, [living]),
                    ("links", count, link, []),
                    ("accepted_links", count.filter(link.c.accepted), link, []),
                )
            ),
        )
    ).one()
    platforms = connection.execute(
        sa.select(profile.c.platform, count.label("profiles"))
        .group_by(profile.c.platform)
        .order_by(count.desc(), profile.c.platform)
    )
    run = connection.execute(
        sa.select(resolution_run.c.finished_at, resolution_run.c.model_version)
        .order_by(resolution_run.c.run_id.desc())
        .limit(1)
    ).one_or_none()
    return Stats(
        **row._mapping,
        platforms=tuple((Platform(each.platform), each.profiles) for each in platforms),
        resolved_at=run.finished_at if run else None,
        model_version=run.model_version if run else None,
    )
