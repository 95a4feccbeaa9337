"""Follower quality: how usual the engagement of an account is for its platform and size."""

from collections.abc import Mapping, Sequence
from math import log

from creatorgraph.store.read.search_source import Norm, SourceProfile
from creatorgraph.store.write.search import LOWEST_RATE

OUTLIER = 3.5
"""The modified z-score from which a value counts as an outlier (Iglewicz and Hoaglin, How to Detect and Handle Outliers,
1993): the quality is nought from here."""


def follower_quality(members: Sequence[SourceProfile], norms: Mapping[tuple[str, int], Norm]) -> float | None:
    """0 (an outlier) to 1 (as the median of its like); None where nothing is known.

    Of each active account that has followers and an engagement rate: 1 - |z| / 3.5, at least 0, where z is the modified
    z-score of the logarithm of its rate among stored accounts of its platform with as many digits of followers, or of all
    platforms where those are fewer than thirty. Bought followers never engage and bought engagement has no followers, so
    both ends count alike. Accounts are averaged, weighed by the digits of their followers. It says how plausible an audience
    is, not that it is real: nobody has looked at the followers themselves.
    """
    total = weight = 0.0
    for each in members:
        if not each.active or not each.followers or each.followers < 1 or each.engagement_rate is None:
            continue
        magnitude = len(str(each.followers)) - 1
        norm = norms.get((each.platform, magnitude)) or norms.get(("", magnitude))
        if norm is None:
            continue
        score = abs(log(max(each.engagement_rate, LOWEST_RATE)) - norm.centre) / norm.spread
        total += (magnitude + 1) * max(0.0, 1 - score / OUTLIER)
        weight += magnitude + 1
    return round(total / weight, 6) if weight else None
