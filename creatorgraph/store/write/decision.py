"""Decisions and what people write beside items: appended, never changed."""

from collections.abc import Iterable

import sqlalchemy as sa

from creatorgraph.domain.decision import Decision, Pair
from creatorgraph.domain.review import ReviewComment
from creatorgraph.domain.steward import StewardId
from creatorgraph.store.table import decision, review_comment, review_skip
from creatorgraph.store.write.copy import insert_rows

_COLUMNS = (
    "decision_id", "left_id", "right_id", "verdict", "actor", "at", "comment", "undoes", "act", "group_id", "blind",
    "shown_probability", "item_version",
)  # fmt: skip


def append_decisions(connection: sa.Connection, decisions: Iterable[Decision]) -> None:
    insert_rows(connection, decision, _COLUMNS, (_row(each) for each in decisions))


def append_comment(connection: sa.Connection, comment: ReviewComment) -> None:
    connection.execute(
        review_comment.insert().values(
            comment_id=comment.comment_id,
            left_id=comment.left,
            right_id=comment.right,
            author=comment.author,
            text=comment.text,
            at=comment.at,
        )
    )


def append_skip(connection: sa.Connection, skip_id: str, pair: Pair, steward_id: StewardId, reason: str) -> None:
    connection.execute(
        review_skip.insert().values(
            skip_id=skip_id, left_id=pair[0], right_id=pair[1], steward_id=steward_id, reason=reason
        )
    )


def _row(item: Decision) -> tuple[object, ...]:
    left, right = item.pair
    return (
        item.decision_id, left, right, item.verdict.value, item.actor, item.at, item.comment, item.undoes,
        item.act.value, item.group or item.decision_id, item.blind, item.shown_probability, item.item_version,
    )  # fmt: skip
