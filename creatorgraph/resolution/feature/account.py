"""Accounts that profiles name, joined with the profiles that have them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.domain.platform import LINK_IN_BIO
from creatorgraph.resolution.feature.column import Distinct, distinct, entries_of, joined, looked_up, texts_by
from creatorgraph.resolution.feature.incidence import Incidence, Indices, incidence_of


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
    size = table.num_rows
    owned, named, listed = (entries_of(table.column(name)) for name in ("usernames", "accounts", "listed_accounts"))
    texts, (owns, names, lists) = _numbered([owned.texts, named.texts, listed.texts], str.lower)
    own = np.full(size, -1, dtype=np.int64)
    own[owned.rows[::-1]] = owns[::-1]  # backwards, so that the first of several stays
    named_table = _foreign(named.rows, names, own, len(texts))
    platform = distinct(table.column("platform"))
    codes = {name: index for index, name in enumerate(platform.texts.to_pylist())}
    of_account = np.array([codes.get(text.split(":", 1)[0], -1) for text in texts.to_pylist()] or [-1], dtype=np.int64)
    rows, values = named_table.row_of_entry, named_table.values
    known = of_account[values] >= 0
    page = np.array([name in LINK_IN_BIO for name in codes] or [False], dtype=bool)
    mentions, handles = entries_of(table.column("mentions")), table.column("username")
    spelled, (mentioned,) = _numbered([mentions.texts], _mention)
    return AccountTable(
        own=np.where(username >= 0, own, -1),
        named=named_table,
        listed=_foreign(listed.rows, lists, own, len(texts)),
        namers=named_table.frequency(),
        named_platforms=incidence_of(rows[known], of_account[values[known]], height=size, width=len(codes)),
        platform_of_own=platform.number,
        is_page=page[platform.number],
        mentioned=incidence_of(mentions.rows, mentioned, height=size, width=len(spelled)),
        own_mention=_looked_up(distinct(handles), _mention, spelled),
    )


def _foreign(rows: Indices, values: Indices, own: Indices, width: int) -> Incidence:
    """What a profile says of its own account is no link to another."""
    foreign = values != own[rows]
    return incidence_of(rows[foreign], values[foreign], height=len(own), width=width)


def _mention(handle: str) -> str:
    return handle.lower().lstrip("@")


def _numbered(
    columns: Sequence[pa.StringArray], spelling: Callable[[str], str]
) -> tuple[pa.StringArray, tuple[Indices, ...]]:
    """The distinct spellings of all the columns' texts, and each text's number among them."""
    found = [distinct(column) for column in columns]
    texts = distinct(joined([texts_by(one.texts, spelling) for one in found])).texts
    return texts, tuple(_looked_up(one, spelling, texts) for one in found)


def _looked_up(found: Distinct, spelling: Callable[[str], str], texts: pa.StringArray) -> Indices:
    places = looked_up(texts_by(found.texts, spelling), texts)
    return np.where(found.number >= 0, places[found.number], -1) if len(places) else found.number
