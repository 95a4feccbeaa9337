"""Decisions: of pairs, of profiles, of one act, and all of them page by page for the audit."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from creatorgraph.domain.decision import Act, Decision, Pair, Verdict, standing_decisions, undone_ids
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.read.keyset import AnyRow, CreatorUuid, Id, Key, Page, any_bound, any_of, to_page
from creatorgraph.store.table import decision


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSeen:
    """A decision and whether it was taken back."""

    decision: Decision
    undone: bool


_ORDER = ("at", "decision_id")
_ENDS = tuple(decision.c[name] == any_bound(Id) for name in ("left_id", "right_id"))
_AMONG, _ABOUT = (
    sa.select(decision).where(ends).order_by(decision.c.at, decision.c.decision_id)
    for ends in (sa.and_(*_ENDS), sa.or_(*_ENDS))
)


def pair_values(pairs: Sequence[Pair]) -> sa.TableValuedAlias:
    """The pairs as rows `left_id`, `right_id` to join with."""
    return (
        sa.func.unnest(
            sa.cast([left for left, _ in pairs], sa.ARRAY(Id)), sa.cast([right for _, right in pairs], sa.ARRAY(Id))
        )
        .table_valued(sa.column("left_id", Id), sa.column("right_id", Id))
        .render_derived(name="asked")
    )


def all_decisions_by_pairs(connection: sa.Connection, pairs: Sequence[Pair]) -> list[tuple[DecisionSeen, ...]]:
    """Everything that was said about each pair, oldest first, undone and undoing ones included."""
    asked = pair_values(pairs)
    rows = connection.execute(
        sa.select(decision)
        .join(asked, sa.and_(decision.c.left_id == asked.c.left_id, decision.c.right_id == asked.c.right_id))
        .order_by(decision.c.at, decision.c.decision_id)
    )
    held: dict[Pair, list[Decision]] = defaultdict(list)
    for row in rows:
        held[row.left_id, row.right_id].append(to_decision(row))
    undone = undone_ids(each for found in held.values() for each in found)
    return [
        tuple(DecisionSeen(decision=d, undone=d.decision_id in undone) for d in held.get(pair, ())) for pair in pairs
    ]


def decisions_by_pairs(connection: sa.Connection, pairs: Sequence[Pair]) -> list[Decision | None]:
    """The newest standing decision about each pair: none of those that were undone, and no undoing itself."""
    return [
        standing_decisions(each.decision for each in found).get(pair)
        for pair, found in zip(pairs, all_decisions_by_pairs(connection, pairs), strict=True)
    ]


def decisions_among(connection: sa.Connection, profiles: Collection[ProfileId]) -> list[Decision]:
    """Every decision about two of `profiles`, oldest first."""
    return [to_decision(row) for row in connection.execute(_AMONG, {"ids": list(profiles)})]


def decisions_about(connection: sa.Connection, profiles: Collection[ProfileId]) -> list[Decision]:
    """Every decision about one of `profiles` and any other, oldest first."""
    return [to_decision(row) for row in connection.execute(_ABOUT, {"ids": list(profiles)})]


def decisions_of_act(connection: sa.Connection, decision_id: str) -> list[Decision]:
    """All decisions of the act that a decision is part of, oldest first; empty where there is no such decision."""
    group = sa.select(decision.c.group_id).where(decision.c.decision_id == decision_id).scalar_subquery()
    return _read(connection, decision.c.group_id == group)


def decisions_of_groups(connection: sa.Connection, groups: Sequence[str]) -> list[Decision]:
    """All decisions of these acts, oldest first."""
    return _read(connection, decision.c.group_id == any_of(groups, CreatorUuid))


def heads_of_groups(connection: sa.Connection, groups: Sequence[str]) -> list[DecisionSeen | None]:
    """The decision that stands for each act, in the order of `groups`: one that says something, rather than takes back."""
    place = sa.func.row_number().over(
        partition_by=decision.c.group_id, order_by=(decision.c.undoes.is_not(None), decision.c.decision_id)
    )
    ranked = (
        sa.select(decision.c.decision_id, place.label("place"))
        .where(decision.c.group_id == any_of(groups, CreatorUuid))
        .subquery()
    )
    rows = connection.execute(
        sa.select(decision).join(ranked, ranked.c.decision_id == decision.c.decision_id).where(ranked.c.place == 1)
    )
    found = {each.decision.group: each for each in _seen(connection, rows.all())}
    return [found.get(each) for each in groups]


def decisions_by_ids(connection: sa.Connection, ids: Sequence[str]) -> list[DecisionSeen | None]:
    """One entry per id, in the order of `ids`."""
    rows = connection.execute(sa.select(decision).where(decision.c.decision_id == any_of(ids, CreatorUuid)))
    found = {each.decision.decision_id: each for each in _seen(connection, rows.all())}
    return [found.get(each) for each in ids]


def page_of_decisions(
    connection: sa.Connection, *, actor: str | None = None, first: int, after: Key | None = None
) -> Page[DecisionSeen]:
    """The audit, newest first. The key is (at, decision_id)."""
    statement = sa.select(decision)
    if actor is not None:
        statement = statement.where(decision.c.actor == actor)
    if after is not None:
        statement = statement.where(
            sa.tuple_(decision.c.at, decision.c.decision_id)
            < sa.tuple_(*(sa.bindparam(None, v, decision.c[n].type) for n, v in zip(_ORDER, after, strict=True)))
        )
    rows = connection.execute(
        statement.order_by(decision.c.at.desc(), decision.c.decision_id.desc()).limit(first + 1)
    ).all()
    seen = {each.decision.decision_id: each for each in _seen(connection, rows)}
    return to_page(rows, first, _ORDER, lambda row: seen[row.decision_id])


def to_decision(row: AnyRow) -> Decision:
    return Decision(
        decision_id=row.decision_id,
        left=ProfileId(row.left_id),
        right=ProfileId(row.right_id),
        verdict=Verdict(row.verdict),
        actor=row.actor,
        at=row.at,
        comment=row.comment,
        undoes=row.undoes,
        act=Act(row.act),
        group=row.group_id,
        blind=row.blind,
        shown_probability=row.shown_probability,
        item_version=row.item_version,
    )


def _read(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Decision]:
    rows = connection.execute(sa.select(decision).where(*conditions).order_by(decision.c.at, decision.c.decision_id))
    return [to_decision(row) for row in rows]


def _seen(connection: sa.Connection, rows: Sequence[AnyRow]) -> list[DecisionSeen]:
    """With what was taken back: an undo has the pair of what it undoes, so the pairs' decisions tell."""
    pairs = sorted({(row.left_id, row.right_id) for row in rows})
    undone = {
        each.decision.decision_id
        for found in (all_decisions_by_pairs(connection, pairs) if pairs else ())
        for each in found
        if each.undone
    }
    return [DecisionSeen(decision=to_decision(row), undone=row.decision_id in undone) for row in rows]
