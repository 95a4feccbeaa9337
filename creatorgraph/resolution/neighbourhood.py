"""Scores of some pairs without a run: the same model in its compiled form, on profiles and their neighbours alone.

What a signal says of two profiles depends on the two, on the model, and on who shares what both have. Whoever shares it is a
neighbour of both, so a population of the pair and its neighbours says what a run over everything would say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.comparison.pairs import Pairs
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.model.competition import competed_with
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.observation import observed_levels
from creatorgraph.resolution.signals import SIGNALS, bio
from creatorgraph.resolution.signals.signal import Levels

Weights = NDArray[np.float64]
_BIO = SIGNALS.index(bio.SIGNAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One entry per pair: its levels, the bits that the limit on context took or gave, and the match weight with them but before
    competition and calibration."""

    levels: Levels
    context: Weights
    weight: Weights


def compared(population: Population, left: Indices, right: Indices, model: ModelArtefact) -> Compared:
    """Pairs of rows (left < right) of a population that holds the neighbours of one side of each."""
    levels = observed_levels(Pairs(population=population, left=left, right=right), threads=1)
    weight, context = level_scores(SIGNALS, model.fitted, levels)
    return Compared(levels=levels, context=context, weight=weight)


def most_with_meanings(found: Compared, model: ModelArtefact) -> Weights:
    """The greatest weights that the pairs may have, whatever the bios mean that were not encoded yet."""
    possible = [_with_bios(found, levels, model) for levels in bio.with_any_meaning(found.levels[:, _BIO])]
    most: Weights = np.max([found.weight, *(each.weight for each in possible)], axis=0)
    return most


def with_meanings(
    found: Compared, population: Population, left: Indices, right: Indices, model: ModelArtefact
) -> Compared:
    """What was found of the pairs, with the bios looked at again: some were encoded since."""
    return _with_bios(found, bio.SIGNAL.compare(Pairs(population=population, left=left, right=right)), model)


def _with_bios(found: Compared, levels: Levels, model: ModelArtefact) -> Compared:
    other = found.levels.copy()
    other[:, _BIO] = levels
    weight, context = level_scores(SIGNALS, model.fitted, other)
    return Compared(levels=other, context=context, weight=weight)


def after_competition(
    platform: NDArray[np.int64], named: NDArray[np.bool_], left: Indices, right: Indices, weight: Weights, gain: Weights
) -> Weights:
    """The weights of pairs of profiles after competition. Right for every pair of which all pairs of both ends are given.

    `platform` (a number each) and `named` (whether it has a username) are per profile, `gain` is the model's.
    """
    return competed_with(
        platform,
        int(platform.max(initial=0)) + 1,
        left,
        right,
        weight,
        takes_part=named[left] & named[right],
        gain=gain,
    )[0]
