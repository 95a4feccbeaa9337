"""Is the mailbox of the one called like the other?

People name their mailbox as they name their accounts: the part of an email address before the @ is compared with the other
profile's username, and with the names of its mailboxes at other providers. Only keyed hashes are compared. What counts is
how rare the name is, and how many profiles have such a mailbox; `info@` and the like are never looked at. Where the other
signals have seen the same already, because both give the same address or both show that username, nothing is added.
"""

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.mailbox import MailboxTable
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.signals.overlap import FEW, MANY
from creatorgraph.resolution.signals.signal import (
    MISSING,
    Level,
    Levels,
    NonMatches,
    Signal,
    ordered_chain,
    secret_values,
)

BITS = (16.0, 22.0)
# u follows from the bits: a name that takes b bits to spell is met by chance about once in 2^b. That about one mailbox in
# three is called like its owner's username on another account is an assumption; the data correct it.
_LEVELS = (
    Level(name="apart", text="mailboxes and usernames called differently", m=0.67, u=0.999),
    Level(name="common", text="a mailbox called like the other, by a common name", m=0.06, u=2.0**-12),
    Level(name="uncommon", text="a mailbox called like the other, by an uncommon name", m=0.12, u=2.0**-17),
    Level(name="rare", text="a mailbox called like the other, by a rare name", m=0.15, u=2.0**-21),
)


def compare(pairs: Pairs) -> Levels:
    table, left, right = pairs.population.mailboxes, pairs.left, pairs.right
    mailbox_left, mailbox_right = table.names.degree[left] > 0, table.names.degree[right] > 0
    comparable = (mailbox_left & (table.named[right] | mailbox_right)) | (mailbox_right & table.named[left])
    grade = _grades(table)
    best = np.zeros(len(pairs), dtype=np.int64)
    seen = np.zeros(len(pairs), dtype=bool)
    for one, two in ((left, right), (right, left)):
        called = (table.own[one] >= 0) & table.names.has(two, np.maximum(table.own[one], 0))[0]
        known = called & _shows(pairs.population, two, table.key[one])
        seen |= known
        best = np.where(called & ~known, np.maximum(best, grade[table.own[one]] if len(grade) else 0), best)
    shared = table.names.shared(left, right)
    name = table.names.values[shared.left_entry]
    # where one of the two has it as username as well, that was looked at above
    other = (name != table.own[left[shared.pair]]) & (name != table.own[right[shared.pair]])
    np.maximum.at(best, shared.pair[other], _unspelled(table)[name[other]])
    addresses = np.zeros(len(pairs), dtype=bool)
    addresses[pairs.population.emails.shared(left, right).pair] = True
    silent = ~comparable | addresses | (seen & (best == 0))
    return np.where(silent, MISSING, best).astype(np.int8)


def _grades(table: MailboxTable) -> Indices:
    """Per mailbox name the level of a match by it where one of the two shows how it is spelled."""
    sharers = table.names.frequency()
    by_bits = 1 + np.digitize(np.nan_to_num(table.bits, nan=BITS[0]), BITS)
    most = np.select([sharers > MANY, sharers > FEW], [1, 2], 3)
    levels: Indices = np.minimum(by_bits, most).astype(np.int64)
    return levels


def _unspelled(table: MailboxTable) -> Indices:
    """The same where neither of the two shows the spelling, which may be as common as any unless few have the mailbox.

    That a third profile shows it says nothing: what is said of two must not depend on strangers.
    """
    levels: Indices = np.where(table.names.frequency() > FEW, 1, 2).astype(np.int64)
    return levels


def _shows(population: Population, rows: Indices, keys: Indices) -> NDArray[np.bool_]:
    """Whether the profiles show these identity keys themselves, so that the identity signal has counted them."""
    return population.keys.entries.has(rows, np.maximum(keys, 0))[0] & (keys >= 0)


def present(population: Population) -> NDArray[np.bool_]:
    return (population.mailboxes.names.degree > 0) | population.mailboxes.named


SIGNAL = Signal(
    name="mailbox",
    levels=_LEVELS,
    compare=compare,
    columns=("email_locals", "username_local"),
    values=secret_values,
    present=present,
    non_matches=NonMatches.NAMES_APART,
    chains=ordered_chain(_LEVELS),
    decisive=True,
)
