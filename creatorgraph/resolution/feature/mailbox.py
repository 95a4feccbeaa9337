"""Mailbox names: the hashed local parts of email addresses, beside the hashed usernames that they are compared with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, distinct, entries_of, looked_up, numbered_entries
from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.feature.key import KeyKind, KeyTable
from creatorgraph.resolution.feature.rarity import Rarity


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxTable:
    """`names` are profiles by mailbox names; usernames are numbered with them."""

    names: Incidence
    own: Indices
    """Per profile the number of its username as a mailbox name, -1 where it has none or nobody's mailbox is called so."""
    named: NDArray[np.bool_]
    """Per profile whether it has a username that could be a mailbox name."""
    key: Indices
    """Per profile the number of its username among the identity keys, -1 where it has none."""
    bits: NDArray[np.float32]
    """Per mailbox name how rare its spelling is, NaN where no profile shows it as its username."""


def mailbox_table(locals_: Column, usernames: Column, keys: KeyTable, rarity: Rarity) -> MailboxTable:
    """From the hashed local parts and the hashed username (null or empty: none) of each profile."""
    names, texts = numbered_entries(entries_of(locals_), len(locals_))
    spelled = distinct(usernames)
    places = np.append(looked_up(spelled.texts, texts), -1)  # the last is for none
    own = places[spelled.number]
    key = np.full(len(usernames), -1, dtype=np.int64)
    chosen = np.flatnonzero(keys.kinds == KeyKind.USERNAME)
    key[keys.entries.row_of_entry[chosen]] = keys.entries.values[chosen]
    bits = np.full(len(texts), np.nan, dtype=np.float32)
    known = np.flatnonzero((own >= 0) & (key >= 0))
    # of usernames that are folded to one mailbox name the commonest spelling counts
    order = known[np.argsort(-rarity.key_bits[key[known]], kind="stable")]
    bits[own[order]] = rarity.key_bits[key[order]]
    return MailboxTable(names=names, own=own, named=spelled.number >= 0, key=key, bits=bits)
