"""Links and similarities: the whole set is replaced, but only rows that differ are touched."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.link import Link
from creatorgraph.store.table import faint_link, link, similarity
from creatorgraph.store.table.column import ID
from creatorgraph.store.write.stage import Staged, stage

_FIELDS = ("probability", "match_weight", "decided_by", "accepted", "model_version", "evidence")
_COLUMNS = ("left_id", "right_id", *_FIELDS)
_FAINT, _ALIKE = ("left_id", "right_id", "match_weight"), ("left_id", "right_id", "cosine")


def replace_links(connection: sa.Connection, links: Iterable[Link]) -> frozenset[str]:
    """Makes the stored links equal to `links`; `first_seen_at` of a pair stays.

    A link whose `model_version` alone is new is left as it was: the evidence still holds.
    Returns the ids of the profiles whose links changed.
    """
    staged = stage(connection, link, _COLUMNS, (_row(item) for item in links))
    gone = connection.execute(_delete_others(link, staged.rows), staged.values).all()
    return frozenset(profile_id for row in gone for profile_id in row) | _merge(connection, staged)


def put_links(connection: sa.Connection, links: Iterable[Link]) -> frozenset[str]:
    """Writes these links, which are new or may differ; nobody else's are touched, and no pair stays faint beside its link.

    Returns the ids of the profiles whose links changed.
    """
    written = list(links)
    if not written:
        return frozenset()
    staged = stage(connection, link, _COLUMNS, (_row(item) for item in written))
    _remove(connection, (faint_link,), [(item.left, item.right) for item in written])
    return _merge(connection, staged)


def put_faint_links(connection: sa.Connection, pairs: Sequence[tuple[str, str, float]]) -> None:
    """Writes these faint links (left id < right id, match weight in bits); no link stays beside one."""
    _remove(connection, (link,), [(left, right) for left, right, _ in pairs])
    if pairs:
        staged = stage(connection, faint_link, _FAINT, pairs)
        connection.execute(_upsert_pairs(faint_link, staged.rows, _FAINT[-1]), staged.values)


def remove_links(connection: sa.Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Deletes the links, faint or not, of these pairs."""
    _remove(connection, (link, faint_link), pairs)


def _remove(connection: sa.Connection, tables: Iterable[sa.Table], pairs: Sequence[tuple[str, str]]) -> None:
    if not pairs:
        return
    lefts, rights = zip(*pairs, strict=True)
    for table in tables:
        connection.execute(_delete_pairs(table), {"lefts": list(lefts), "rights": list(rights)})


def _merge(connection: sa.Connection, staged: Staged) -> frozenset[str]:
    written = connection.execute(_upsert_links(staged.rows), staged.values).all()
    return frozenset(profile_id for row in written for profile_id in row)


def replace_similarities(connection: sa.Connection, pairs: Iterable[tuple[str, str, float]]) -> frozenset[str]:
    """Makes the stored similarities equal to `pairs` (left id < right id, cosine).

    Returns the ids of the profiles whose similarities changed. Cosines are compared to four decimals: the last bits
    depend on how many threads added them up.
    """
    staged = stage(connection, similarity, _ALIKE, ((a, b, round(cosine, 4)) for a, b, cosine in pairs))
    gone = connection.execute(_delete_others(similarity, staged.rows), staged.values).all()
    written = connection.execute(_upsert_pairs(similarity, staged.rows, _ALIKE[-1]), staged.values).all()
    return frozenset(profile_id for row in (*gone, *written) for profile_id in row)


def replace_faint_links(connection: sa.Connection, pairs: Iterable[tuple[str, str, float]]) -> None:
    """Makes the stored faint links equal to `pairs` (left id < right id, match weight in bits); no consumer hears of them."""
    staged = stage(connection, faint_link, _FAINT, pairs)
    connection.execute(_delete_others(faint_link, staged.rows), staged.values)
    connection.execute(_upsert_pairs(faint_link, staged.rows, _FAINT[-1]), staged.values)


@cache
def _delete_others(table: sa.Table, staged: sa.FromClause) -> Any:
    """Pairs that are not staged."""
    same_pair = sa.and_(staged.c.left_id == table.c.left_id, staged.c.right_id == table.c.right_id)
    others = ~sa.exists(sa.select(1).select_from(staged).where(same_pair))
    return table.delete().where(others).returning(table.c.left_id, table.c.right_id)


@cache
def _delete_pairs(table: sa.Table) -> sa.Delete:
    ends = [sa.cast(sa.bindparam(name), sa.ARRAY(ID)) for name in ("lefts", "rights")]
    columns = (sa.column("left_id", ID), sa.column("right_id", ID))
    gone = sa.func.unnest(*ends).table_valued(*columns, name="gone").render_derived()
    return table.delete().where(table.c.left_id == gone.c.left_id, table.c.right_id == gone.c.right_id)


@cache
def _upsert_pairs(table: sa.Table, staged: sa.FromClause, field: str) -> Any:
    """Pairs with one number each."""
    statement = insert(table).from_select(["left_id", "right_id", field], sa.select(staged))
    new = statement.excluded[field]
    return statement.on_conflict_do_update(
        index_elements=["left_id", "right_id"], set_={field: new}, where=table.c[field] != new
    ).returning(table.c.left_id, table.c.right_id)


@cache
def _upsert_links(staged: sa.FromClause) -> Any:
    statement = insert(link).from_select(list(_COLUMNS), sa.select(staged))
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["left_id", "right_id"],
        set_={**{name: new[name] for name in _FIELDS}, "updated_at": sa.func.now()},
        where=sa.or_(
            link.c.probability != new.probability,
            link.c.match_weight != new.match_weight,
            link.c.accepted != new.accepted,
            link.c.decided_by != new.decided_by,
            link.c.evidence != new.evidence,
        ),
    ).returning(link.c.left_id, link.c.right_id)


def _row(item: Link) -> tuple[object, ...]:
    evidence = orjson.dumps(item.evidence).decode()
    return (
        item.left,
        item.right,
        item.probability,
        item.match_weight,
        item.decided_by.value,
        item.accepted,
        item.model_version,
        evidence,
    )
