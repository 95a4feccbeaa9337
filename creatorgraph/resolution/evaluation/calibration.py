"""Calibration: whether of the pairs given probability p a share of p are true.

Expected calibration error (Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
Binning", AAAI 2015; Guo and others, "On Calibration of Modern Neural Networks", ICML 2017, equation 3):

    ECE = sum over bins b of n_b / n * |share of true pairs in b - mean probability in b|

Bins are of equal width in probability, or of equal mass (as many pairs in each; equal probabilities stay together). The
Brier score (Brier, "Verification of Forecasts Expressed in Terms of Probability", 1950) is the mean of (p - true)^2.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from creatorgraph.domain.error import InvalidInputError

BINS = 10
_Z95 = 1.959964
"""The 97.5th percentile of the normal distribution: two-sided 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Pairs of like probability. `least` and `most` are the 95 % interval of `share` (Wilson, 1927)."""

    low: float
    high: float
    pairs: int
    mean: float
    share: float
    least: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """`width` and `mass` are the filled bins of equal width and of equal mass, ascending, each with its ECE."""

    pairs: int
    width: tuple[Bin, ...]
    mass: tuple[Bin, ...]
    ece_width: float
    ece_mass: float
    brier: float


def calibration(probability: NDArray[np.float64], true: NDArray[np.bool_], *, bins: int = BINS) -> Calibration | None:
    """Of `probability` (n,) against `true` (n,); None where n is 0.

    Raises InvalidInputError where a probability is not within 0 and 1 or the lengths differ.
    """
    if len(probability) != len(true) or not bool(((probability >= 0) & (probability <= 1)).all()):
        raise InvalidInputError(
            "probabilities must be between 0 and 1, one a label", where="probability", mend="Give scored pairs."
        )
    if not len(probability):
        return None
    inner = np.linspace(0, 1, bins + 1)[1:-1]
    quantiles = np.unique(np.quantile(probability, inner, method="lower"))
    width = _bins(probability, true, np.searchsorted(inner, probability, side="right"))
    mass = _bins(probability, true, np.searchsorted(quantiles, probability, side="left"))
    return Calibration(
        pairs=len(probability),
        width=width,
        mass=mass,
        ece_width=_error(width),
        ece_mass=_error(mass),
        brier=float(np.mean((probability - true) ** 2)),
    )


def _bins(probability: NDArray[np.float64], true: NDArray[np.bool_], number: NDArray[np.int64]) -> tuple[Bin, ...]:
    found = []
    for each in np.unique(number):
        inside = probability[number == each]
        share = float(true[number == each].mean())
        least, most = _wilson(share, len(inside))
        found.append(
            Bin(
                low=float(inside.min()),
                high=float(inside.max()),
                pairs=len(inside),
                mean=float(inside.mean()),
                share=share,
                least=least,
                most=most,
            )
        )
    return tuple(found)


def _error(bins: tuple[Bin, ...]) -> float:
    total = sum(each.pairs for each in bins)
    return sum(each.pairs / total * abs(each.share - each.mean) for each in bins)


def _wilson(share: float, n: int) -> tuple[float, float]:
    square = _Z95 * _Z95
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = _Z95 * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, centre - half), min(1.0, centre + half)
