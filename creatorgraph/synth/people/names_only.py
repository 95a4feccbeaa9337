"""A profile as a list of names would carry it: no account, no address, the name in the list's own style.

For measuring the resolver on labelled data without usernames. What is rewritten depends on the list alone, so two records
of one list are written alike; what a record says of its person beside name and addresses stays as it is.
"""

import re
from collections.abc import Mapping
from random import Random

from creatorgraph.synth.people.style import NameStyle, draw_style, parts_of, written

_GONE = (
    "username", "account_id", "url", "website", "links", "email", "phone", "mentions", "followers", "engagement_rate",
    "verified", "avatar_hash",
)  # fmt: skip
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)@\w[\w.]*|\b[\w-]+\.(?:com|net|org|io|me|dev|tv)\b\S*"
)


def names_only(record: Mapping[str, object], rng: Random, style: NameStyle | None = None) -> dict[str, object]:
    """The record without username, addresses and counts, on platform `website`, its name in `style`.

    Without a style one is drawn from `rng`: give each list's records a generator of the same seed, as in
    `names_only(record, Random(f"{seed} {list_name}"))`. Names that do not read as given and family name stay as they are.
    """
    chosen = style or draw_style(rng)
    made = {field: value for field, value in record.items() if field not in _GONE}
    made["platform"] = "website"
    if isinstance(name := record.get("display_name"), str) and (parts := parts_of(name)):
        made["display_name"] = written(parts, chosen)
    if isinstance(bio := record.get("bio"), str):
        made["bio"] = " ".join(_ADDRESS.sub(" ", bio).split()) or None
    return made
