"""Links and similarities: the whole set is replaced, but only rows that differ are touched."""

from collections.abc import Iterable, Sequence

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from creatorgraph.domain.link import Link
from creatorgraph.store.table import faint_link, link, similarity
from creatorgraph.store.table.column import ID
from creatorgraph.store.write.copy import stage

_FIELDS = ("probability", "match_weight", "decided_by", "accepted", "model_version", "evidence")
_COLUMNS = ("left_id", "right_id", *_FIELDS)


def replace_links(connection: sa.Connection, links: Iterable[Link]) -> frozenset[str]:
    """Makes the stored links equal to `links`; `first_seen_at` of a pair stays.

    A link whose `model_version` alone is new is left as it was: the evidence still holds.
    Returns the ids of the profiles whose links changed.
    """
    staged = stage(connection, link, _COLUMNS, (_row(item) for item in links))
    same_pair = sa.and_(staged.c.left_id == link.c.left_id, staged.c.right_id == link.c.right_id)
    gone = connection.execute(
        link.delete()
        .where(~sa.exists(sa.select(1).select_from(staged).where(same_pair)))
        .returning(link.c.left_id, link.c.right_id)
    ).all()
    return frozenset(profile_id for row in gone for profile_id in row) | _merge(connection, staged)


def put_links(connection: sa.Connection, links: Iterable[Link]) -> frozenset[str]:
    """Writes these links, which are new or may differ; nobody else's are touched, and no pair stays faint beside its link.

    Returns the ids of the profiles whose links changed.
    """
    rows = [_row(item) for item in links]
    if not rows:
        return frozenset()
    staged = stage(connection, link, _COLUMNS, rows)
    connection.execute(
        faint_link.delete().where(faint_link.c.left_id == staged.c.left_id, faint_link.c.right_id == staged.c.right_id)
    )
    return _merge(connection, staged)


def put_faint_links(connection: sa.Connection, pairs: Sequence[tuple[str, str, float]]) -> None:
    """Writes these faint links (left id < right id, match weight in bits); no link stays beside one."""
    _remove(connection, (link,), [(left, right) for left, right, _ in pairs])
    if pairs:
        columns = ("left_id", "right_id", "match_weight")
        staged = stage(connection, faint_link, columns, pairs)
        statement = insert(faint_link).from_select(list(columns), sa.select(staged))
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["left_id", "right_id"], set_={"match_weight": statement.excluded.match_weight}
            )
        )


def remove_links(connection: sa.Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Deletes the links, faint or not, of these pairs."""
    _remove(connection, (link, faint_link), pairs)


def _remove(connection: sa.Connection, tables: Iterable[sa.Table], pairs: Sequence[tuple[str, str]]) -> None:
    if not pairs:
        return
    ends = [sa.cast([pair[end] for pair in pairs], sa.ARRAY(ID)) for end in (0, 1)]
    columns = (sa.column("left_id", ID), sa.column("right_id", ID))
    gone = sa.func.unnest(*ends).table_valued(*columns, name="gone").render_derived()
    for table in tables:
        connection.execute(table.delete().where(table.c.left_id == gone.c.left_id, table.c.right_id == gone.c.right_id))


def _merge(connection: sa.Connection, staged: sa.TableClause) -> frozenset[str]:
    statement = insert(link).from_select(list(_COLUMNS), sa.select(staged))
    new = statement.excluded
    written = connection.execute(
        statement.on_conflict_do_update(
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
    ).all()
    return frozenset(profile_id for row in written for profile_id in row)


def replace_similarities(connection: sa.Connection, pairs: Iterable[tuple[str, str, float]]) -> frozenset[str]:
    """Makes the stored similarities equal to `pairs` (left id < right id, cosine).

    Returns the ids of the profiles whose similarities changed. Cosines are compared to four decimals: the last bits
    depend on how many threads added them up.
    """
    columns = ("left_id", "right_id", "cosine")
    staged = stage(connection, similarity, columns, ((a, b, round(cosine, 4)) for a, b, cosine in pairs))
    same_pair = sa.and_(staged.c.left_id == similarity.c.left_id, staged.c.right_id == similarity.c.right_id)
    gone = connection.execute(
        similarity.delete()
        .where(~sa.exists(sa.select(1).select_from(staged).where(same_pair)))
        .returning(similarity.c.left_id, similarity.c.right_id)
    ).all()
    statement = insert(similarity).from_select(list(columns), sa.select(staged))
    written = connection.execute(
        statement.on_conflict_do_update(
            index_elements=["left_id", "right_id"],
            set_={"cosine": statement.excluded.cosine},
            where=similarity.c.cosine != statement.excluded.cosine,
        ).returning(similarity.c.left_id, similarity.c.right_id)
    ).all()
    return frozenset(profile_id for row in (*gone, *written) for profile_id in row)


def replace_faint_links(connection: sa.Connection, pairs: Iterable[tuple[str, str, float]]) -> None:
    """Makes the stored faint links equal to `pairs` (left id < right id, match weight in bits); no consumer hears of them."""
    columns = ("left_id", "right_id", "match_weight")
    staged = stage(connection, faint_link, columns, pairs)
    same_pair = sa.and_(staged.c.left_id == faint_link.c.left_id, staged.c.right_id == faint_link.c.right_id)
    connection.execute(faint_link.delete().where(~sa.exists(sa.select(1).select_from(staged).where(same_pair))))
    statement = insert(faint_link).from_select(list(columns), sa.select(staged))
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["left_id", "right_id"],
            set_={"match_weight": statement.excluded.match_weight},
            where=faint_link.c.match_weight != statement.excluded.match_weight,
        )
    )


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
