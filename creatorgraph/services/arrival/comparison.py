"""Arrivals and their neighbours compared by the signals, with the weights of the frozen model."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.resolution.blocking.local import GRADES
from creatorgraph.resolution.blocking.posting import mailbox_keys
from creatorgraph.resolution.clustering.cluster import FORGOTTEN
from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.column import as_flags
from creatorgraph.resolution.feature.population import Population, population_of
from creatorgraph.resolution.model.competition import LEAST
from creatorgraph.resolution.neighbourhood import Compared, compared, most_with_meanings, with_meanings
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.services.arrival.engine import ArrivalEngine
from creatorgraph.services.stored_profile import stored_part
from creatorgraph.store.number import Numbers
from creatorgraph.store.read.arrival import PairRows
from creatorgraph.store.read.posting import members_of

WITNESSES = 1 + max(max(grades) for grades in GRADES.values())
"""Of a value that crowds have so many are read: one more than the last grade of a shared value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Stored profiles as the signals see them; `row_ids[i]` is `profile.row_id` of row i of the population."""

    population: Population
    row_ids: Numbers

    def rows(self, row_ids: Numbers) -> Numbers:
        """Their rows; -1 for those that are not in it."""
        if not len(self.row_ids):
            return np.full(len(row_ids), -1, dtype=np.int64)
        order = np.argsort(self.row_ids)
        place = np.minimum(np.searchsorted(self.row_ids, row_ids, sorter=order), len(order) - 1)
        found = order[place]
        return np.where(self.row_ids[found] == row_ids, found, -1)

    def with_meaning(self, engine: ArrivalEngine, rows: Numbers) -> "Seen":
        """The same with the meaning of the bios of these rows of the population."""
        return replace(self, population=engine.with_meaning(self.population, rows))

    def unread(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Of which pairs both have a bio, and one of the two was not encoded yet."""
        bios = self.population.table.column("bio").combine_chunks()
        written = as_flags(pc.not_equal(bios, ""))
        encoded = self.population.has_vector
        unread: NDArray[np.bool_] = ~(encoded[pairs.left] & encoded[pairs.right])
        return unread & written[pairs.left] & written[pairs.right]

    def pairs(self, one: Numbers, other: Numbers) -> Pairs:
        """Pairs of these row ids, which are all in it."""
        a, b = self.rows(one), self.rows(other)
        return Pairs(population=self.population, left=np.minimum(a, b), right=np.maximum(a, b))


def look_at(connection: sa.Connection, engine: ArrivalEngine, row_ids: Numbers, *, asked: Numbers) -> Seen:
    """`row_ids`, and whoever has to be there for what is said of those `asked` about by their usernames as mailboxes.

    Bios that were never encoded are not encoded here: few of them turn out to matter.
    """
    table, found = stored_part(connection, np.unique(row_ids), local_hash=engine.hasher.local_value)
    names = table.column("username_local").combine_chunks().filter(pa.array(np.isin(found, asked)))
    keys = np.unique(mailbox_keys(names.drop_null()))
    if len(keys):
        more = members_of(connection, keys, np.full(len(keys), WITNESSES - 1)).row_id
        if len(np.setdiff1d(more, found)):
            table, found = stored_part(connection, np.union1d(row_ids, more), local_hash=engine.hasher.local_value)
    population = population_of(table, engine.vectors(table), engine.model.reference)
    return Seen(population=population, row_ids=found)


def weighed(
    seen: Seen,
    one: Numbers,
    other: Numbers,
    from_run: NDArray[np.bool_],
    engine: ArrivalEngine,
    options: ResolveOptions,
) -> tuple[PairRows, Seen]:
    """The pairs that have a say: those that are a rival to somebody, or may be stored in the end. Each comes once.

    Also what was seen, with the meaning of all bios that matter to such a pair. Encoding one costs more than all the rest that
    is said of a pair, so it is left out where no meaning could give the pair a say.
    """
    left, right = np.minimum(one, other), np.maximum(one, other)
    found, seen = seen_through(seen, seen.pairs(left, right), engine, options)
    rows = PairRows(left=left, right=right, weight=found.weight, levels=found.levels, from_run=from_run)
    return rows.where(_has_a_say(found.weight, engine, options)), seen


def seen_through(seen: Seen, pairs: Pairs, engine: ArrivalEngine, options: ResolveOptions) -> tuple[Compared, Seen]:
    """The pairs compared, and what was seen, with the meaning of all bios that matter to a pair that may have a say."""
    found = compared(seen.population, pairs.left, pairs.right, engine.model)
    if not engine.meanings:
        return found, seen
    matter = seen.unread(pairs) & _has_a_say(most_with_meanings(found, engine.model), engine, options)
    if matter.any():
        seen = seen.with_meaning(engine, np.concatenate([pairs.left[matter], pairs.right[matter]]))
        found = with_meanings(found, seen.population, pairs.left, pairs.right, engine.model)
    return found, seen


def _has_a_say(weight: NDArray[np.float64], engine: ArrivalEngine, options: ResolveOptions) -> NDArray[np.bool_]:
    least = min(bits(options.floor), bits(options.match_threshold) + FORGOTTEN)
    chosen: NDArray[np.bool_] = (weight > LEAST) | (engine.model.calibration.apply(weight) >= least)
    return chosen
