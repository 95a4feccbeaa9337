"""Accounts that profiles name, joined with the profiles that have them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.domain.platform import LINK_IN_BIO
from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of, numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTable:
    """`named` profiles by accounts (`listed` is the part that stands in website or links), and each profile's own."""

    own: Indices
    """Per profile the number of its own account in `named`, -1 where it has none."""
    named: Incidence
    listed: Incidence
    namers: Indices
    """Per account, how many profiles name it."""
    named_platforms: Incidence
    """Profiles by platforms on which they name an account; values are the numbers in `platform_of_own`."""
    platform_of_own: Indices
    is_page: NDArray[np.bool_]
    """Whether the profile is a link-in-bio page, which exists to list its owner's accounts."""
    mentioned: Incidence
    """Profiles by handles that their bios mention without a platform; `own_mention` numbers each profile's own handle."""
    own_mention: Indices


def account_table(table: pa.Table, username: Indices) -> AccountTable:
    """From the columns usernames, accounts, listed_accounts, mentions, platform and username of PROFILE_SCHEMA."""
    platforms: list[str] = table.column("platform").to_pylist()
    owns = _lists(table, "usernames")
    named = _lists(table, "accounts")
    listed = _lists(table, "listed_accounts")
    size = len(platforms)
    number: dict[str, int] = {}
    own = np.array([number.setdefault(_key(row[0]), len(number)) if row else -1 for row in owns], dtype=np.int64)
    named_rows, named_values = _numbers(named, number)
    listed_rows, listed_values = _numbers(listed, number)
    # what a profile says of its own account is no link to another
    foreign = named_values != own[named_rows]
    named_table = incidence_of(named_rows[foreign], named_values[foreign], height=size, width=len(number))
    foreign = listed_values != own[listed_rows]
    listed_table = incidence_of(listed_rows[foreign], listed_values[foreign], height=size, width=len(number))
    codes = {name: index for index, name in enumerate(dict.fromkeys(platforms))}
    of_account = np.array([codes.get(account.split(":", 1)[0], -1) for account in number] or [-1], dtype=np.int64)
    rows, values = named_table.row_of_entry, named_table.values
    known = of_account[values] >= 0
    mentioned, texts = numbered([[m.lower().lstrip("@") for m in row] for row in _lists(table, "mentions")])
    mention_number = {text: index for index, text in enumerate(texts)}
    handles: list[str] = [u.lower().lstrip("@") for u in table.column("username").fill_null("").to_pylist()]
    return AccountTable(
        own=np.where(username >= 0, own, -1),
        named=named_table,
        listed=listed_table,
        namers=named_table.frequency(),
        named_platforms=incidence_of(rows[known], of_account[values[known]], height=size, width=len(codes)),
        platform_of_own=np.array([codes[p] for p in platforms], dtype=np.int64),
        is_page=np.array([p in LINK_IN_BIO for p in platforms], dtype=bool),
        mentioned=mentioned,
        own_mention=np.array([mention_number.get(h, -1) if h else -1 for h in handles], dtype=np.int64),
    )


def _key(account: str) -> str:
    return account.lower()


def _lists(table: pa.Table, column: str) -> list[list[str]]:
    return [value or [] for value in table.column(column).to_pylist()]


def _numbers(rows: Sequence[Sequence[str]], number: dict[str, int]) -> tuple[Indices, Indices]:
    row = np.repeat(np.arange(len(rows), dtype=np.int64), [len(r) for r in rows])
    value = [number.setdefault(_key(account), len(number)) for r in rows for account in r]
    return row, np.array(value, dtype=np.int64)
