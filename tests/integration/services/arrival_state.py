"""What arrivals leave in the database, in the words of profile ids: for comparing two ways to the same end."""

import sqlalchemy as sa

from creatorgraph.services.engines import Engines
from creatorgraph.store.table import faint_link, link, membership, near_spelling, profile, review_item, scored_pair

Clusters = frozenset[frozenset[str]]


def clusters(engines: Engines) -> Clusters:
    with engines.database.transaction() as connection:
        rows = connection.execute(
            sa.select(sa.func.array_agg(membership.c.profile_id)).group_by(membership.c.creator_id)
        )
        return frozenset(frozenset(row[0]) for row in rows)


def facts(engines: Engines) -> dict[str, dict[tuple[str, ...], float]]:
    """What is stored between profiles, by their ids: lists, pairs, links, review items."""
    one, other = profile.alias(), profile.alias()

    def by_rows(table: sa.Table, left: str, right: str, value: str) -> sa.Select[tuple[str, str, float]]:
        return (
            sa.select(one.c.profile_id, other.c.profile_id, table.c[value])
            .where(~table.c.from_run if "from_run" in table.c else sa.true())
            .join(one, one.c.row_id == table.c[left])
            .join(other, other.c.row_id == table.c[right])
        )

    statements = {
        "near": by_rows(near_spelling, "row_id", "other_row_id", "rank"),
        "pair": by_rows(scored_pair, "left_row_id", "right_row_id", "weight"),
        "link": sa.select(link.c.left_id, link.c.right_id, link.c.match_weight),
        "faint": sa.select(faint_link.c.left_id, faint_link.c.right_id, faint_link.c.match_weight),
        "item": sa.select(review_item.c.left_id, review_item.c.right_id, review_item.c.priority).where(
            review_item.c.state == "open"
        ),
    }
    with engines.database.transaction() as connection:
        return {
            name: {
                (a, b) if name == "near" else (min(a, b), max(a, b)): float(value)
                for a, b, value in connection.execute(statement)
            }
            for name, statement in statements.items()
        }


def assert_alike(
    found: dict[str, dict[tuple[str, ...], float]], wanted: dict[str, dict[tuple[str, ...], float]]
) -> None:
    for name, entries in wanted.items():
        assert found[name].keys() == entries.keys(), name
        assert all(abs(found[name][each] - value) < 1e-6 for each, value in entries.items()), name


def empty(engines: Engines) -> None:
    with engines.database.transaction() as connection:
        connection.execute(
            sa.text("TRUNCATE profile, creator, membership, review_item, outbox, identity_event CASCADE")
        )
