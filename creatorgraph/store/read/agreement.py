"""What stewards said of the same pairs, and how the machine did on decided items."""

from dataclasses import dataclass

import sqlalchemy as sa

from creatorgraph.domain.decision import Verdict
from creatorgraph.domain.review import Band

_OPINIONS = sa.text(
    """
    SELECT DISTINCT ON (d.left_id, d.right_id, d.actor) d.left_id, d.right_id, d.actor, d.verdict
    FROM decision d
    WHERE d.undoes IS NULL AND d.act = 'decide'
      AND NOT EXISTS (SELECT FROM decision u WHERE u.undoes = d.decision_id AND u.actor = d.actor)
      AND EXISTS (
          SELECT FROM decision o
          WHERE o.left_id = d.left_id AND o.right_id = d.right_id AND o.actor <> d.actor AND o.undoes IS NULL
            AND o.act = 'decide'
      )
    ORDER BY d.left_id, d.right_id, d.actor, d.at DESC, d.decision_id DESC
    """
)
_BANDS = sa.text(
    """
    WITH newest AS (
        SELECT DISTINCT ON (d.left_id, d.right_id) d.left_id, d.right_id, d.verdict
        FROM decision d
        WHERE d.undoes IS NULL AND d.act = 'decide'
          AND NOT EXISTS (SELECT FROM decision u WHERE u.undoes = d.decision_id)
        ORDER BY d.left_id, d.right_id, d.at DESC, d.decision_id DESC
    )
    SELECT width_bucket(i.probability, CAST(:floors AS float8[])) AS bucket, count(*) AS decided,
           count(*) FILTER (WHERE newest.verdict = 'same') AS same, avg(i.probability) AS expected
    FROM newest JOIN review_item i ON i.left_id = newest.left_id AND i.right_id = newest.right_id
    WHERE newest.verdict <> 'unsure'
    GROUP BY 1
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BandCount:
    """Decided items of a band: how many, how many of them one person, and the mean of the machine's probabilities."""

    band: Band
    decided: int
    same: int
    expected: float | None


def opinions(connection: sa.Connection) -> dict[tuple[str, str], dict[str, Verdict]]:
    """Of each pair that two stewards decided, what each said last; what somebody took back themselves does not count."""
    found: dict[tuple[str, str], dict[str, Verdict]] = {}
    for row in connection.execute(_OPINIONS):
        found.setdefault((row.left_id, row.right_id), {})[row.actor] = Verdict(row.verdict)
    return {pair: said for pair, said in found.items() if len(said) > 1}


def band_counts(connection: sa.Connection) -> list[BandCount]:
    """Every band, the most probable first; the probability is the item's own, whether it was shown or not."""
    ascending = sorted(Band, key=lambda band: band.floor)
    rows = {row.bucket: row for row in connection.execute(_BANDS, {"floors": [band.floor for band in ascending]})}
    counts = []
    for number, band in reversed(list(enumerate(ascending, start=1))):
        row = rows.get(number)
        counts.append(
            BandCount(
                band=band,
                decided=row.decided if row else 0,
                same=row.same if row else 0,
                expected=row.expected if row else None,
            )
        )
    return counts
