"""Unlinkable profiles: those that say too little to be linked even with their own double.

As Splink's chart of the same name: every profile is compared with itself by every signal, and weighed by the model. Where
even that stays below a threshold, no link of the profile can reach it, whoever else there is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkableStep:
    """`share` of the profiles have a weight (bits), and so a `probability`, of this or less against themselves."""

    weight: float
    probability: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinkable:
    """`steps` ascend in weight; `below` is the share of profiles that stay below the threshold of the run."""

    profiles: int
    steps: tuple[UnlinkableStep, ...]
    below: float


def unlinkable(weights: NDArray[np.float64], threshold: float) -> Unlinkable:
    """Of the match weights (n,) of profiles against themselves; `threshold` is a probability."""
    rounded, counts = np.unique(np.round(weights, 2), return_counts=True)
    share = np.cumsum(counts) / max(len(weights), 1)
    bits = float(np.log2(threshold / (1 - threshold)))
    return Unlinkable(
        profiles=len(weights),
        steps=tuple(
            UnlinkableStep(weight=float(w), probability=float(1 / (1 + np.exp2(-w))), share=float(s))
            for w, s in zip(rounded, share, strict=True)
        ),
        below=float((weights < bits).mean()) if len(weights) else 0.0,
    )
