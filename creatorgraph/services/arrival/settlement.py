"""From weights of pairs to links: rivals held against each other, and what is stored of it brought up to date."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.domain.decision import Pair
from creatorgraph.domain.profile import ProfileId
from creatorgraph.resolution.clustering.cluster import FORGOTTEN
from creatorgraph.resolution.evidence import evidence_lists
from creatorgraph.resolution.model.estimate import probability_of
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.neighbourhood import after_competition
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.resolution.result import LINK_SCHEMA, links_of
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.services.arrival.comparison import Seen, look_at
from creatorgraph.services.arrival.engine import ArrivalEngine
from creatorgraph.store.read.arrival import PairRows, RowIds, ids_of_rows, pairs_of_rows, row_facts, weights_of_rows
from creatorgraph.store.read.link import weights_about
from creatorgraph.store.write.link import put_faint_links, put_links, remove_links

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]
_SAME = 1e-6
"""Bits: the engines of runs add up in another order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Final:
    """The pairs with an end among those asked about, with their weights in the end."""

    pairs: PairRows
    ids: RowIds
    competed: Weights
    weight: Weights

    def id_pairs(self) -> list[Pair]:
        ends = zip(self.ids.of(self.pairs.left), self.ids.of(self.pairs.right), strict=True)
        return [(min(pair), max(pair)) for pair in ends]


def settle(
    connection: sa.Connection,
    engine: ArrivalEngine,
    options: ResolveOptions,
    seen: Seen,
    ends: Numbers,
    *,
    anew: set[tuple[int, int]],
) -> frozenset[ProfileId]:
    """Makes the stored links of the pairs with an end among `ends` what the scored pairs say; the profiles whose links changed.

    `anew` are (row id, row id) of pairs that were compared anew: their evidence is another even where the weight is not.
    """
    final = _final(connection, engine, ends)
    pairs = final.id_pairs()
    floor, least = bits(options.floor), bits(options.match_threshold) + FORGOTTEN
    stored = weights_about(connection, sorted(final.ids.of(ends[np.isin(ends, final.ids.row_id)])))
    compared = np.array(
        [pair in anew for pair in zip(final.pairs.left.tolist(), final.pairs.right.tolist(), strict=True)]
    )
    links, faint = final.weight >= floor, (final.weight > least) & (final.weight < floor)
    new = np.array(
        [
            _differs(stored.get(pair), weight, bool(link))
            for pair, weight, link in zip(pairs, final.weight.tolist(), links, strict=True)
        ],
        dtype=bool,
    )
    kept = {pair for pair, stays in zip(pairs, (links | faint).tolist(), strict=True) if stays}
    gone = [pair for pair in stored if pair not in kept]
    remove_links(connection, gone)
    written = np.flatnonzero(links & (new | compared)) if len(pairs) else np.zeros(0, dtype=np.int64)
    changed = put_links(
        connection,
        links_of(_link_table(connection, engine, options, seen, final, pairs, written), model_version=engine.version),
    )
    put_faint_links(
        connection, [(*pairs[row], float(final.weight[row])) for row in np.flatnonzero(faint & new).tolist()]
    )
    touched = {end for pair in gone for end in pair} | changed
    touched |= {end for row in np.flatnonzero(new & (links | faint)).tolist() for end in pairs[row]}
    return frozenset(ProfileId(each) for each in touched)


def _differs(stored: tuple[float, bool] | None, weight: float, link: bool) -> bool:
    """Whether (weight, whether it is a link) as stored is not this."""
    return stored is None or stored[1] != link or abs(stored[0] - weight) > _SAME


def _final(connection: sa.Connection, engine: ArrivalEngine, ends: Numbers) -> _Final:
    pairs = pairs_of_rows(connection, ends)
    # their rivals are the pairs of whoever they are with
    rivals = weights_of_rows(connection, np.unique(np.concatenate([pairs.left, pairs.right])))
    facts = row_facts(connection, np.unique(np.concatenate([rivals.left, rivals.right])))
    competed = after_competition(
        facts.platform,
        facts.named,
        facts.at(rivals.left),
        facts.at(rivals.right),
        rivals.weight,
        engine.model.gain,
    )[np.isin(rivals.left, ends) | np.isin(rivals.right, ends)]
    ids = ids_of_rows(connection, np.unique(np.concatenate([ends, pairs.left, pairs.right])))
    return _Final(pairs=pairs, ids=ids, competed=competed, weight=engine.model.calibration.apply(competed))


def _link_table(
    connection: sa.Connection,
    engine: ArrivalEngine,
    options: ResolveOptions,
    seen: Seen,
    final: _Final,
    ids: list[Pair],
    rows: Numbers,
) -> pa.Table:
    if not len(rows):
        return LINK_SCHEMA.empty_table()
    pairs = final.pairs.where(rows)
    everybody = np.union1d(pairs.left, pairs.right)
    if (seen.rows(everybody) < 0).any():
        # their levels are known: they are looked at again for the values alone
        seen = look_at(connection, engine, everybody, asked=everybody[:0])
    seen = seen.with_meaning(engine, seen.rows(everybody))
    context = level_scores(SIGNALS, engine.model.fitted, pairs.levels)[1]
    weight, competed = final.weight[rows], final.competed[rows]
    chosen = [ids[row] for row in rows.tolist()]
    return pa.table(
        {
            "left": [left for left, _ in chosen],
            "right": [right for _, right in chosen],
            "probability": probability_of(weight),
            "match_weight": weight,
            "accepted": weight >= bits(options.match_threshold),
            "evidence": evidence_lists(
                SIGNALS,
                engine.model.fitted,
                seen.pairs(pairs.left, pairs.right),
                pairs.levels,
                context,
                competed - pairs.weight,
                weight - competed,
            ),
        },
        schema=LINK_SCHEMA,
    )
