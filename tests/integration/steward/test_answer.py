"""Stewards' answers, three of a hundred wrong, never lower F1: a world, through queue, decisions and training."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from benchmarks.accuracy.labelled import LabelledSet, read_records, write_records
from benchmarks.decision.trial import ANSWERS, Sampling, copy_of, run_trial
from benchmarks.label import read_truth
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.resolution.model.decided import LEAST_DECIDED
from creatorgraph.services.engines import Engines
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.synth.world import write_world
from tests.conftest import fresh_database
from tests.integration.steward.conftest import engines_over

PROFILES, SEED = 4_500, 3
NAMELESS = 0.41
"""Share of profiles that show no name: with names in all, .99 is found before anybody answers, and one wrong answer that joins
two whole creators takes more than a queue of 160 items can give."""


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> LabelledSet:
    made = write_world(tmp_path_factory.mktemp("world"), PROFILES, SEED)
    draw = Random(SEED)
    records = read_records(made.profiles)
    for record in records:
        if draw.random() < NAMELESS:
            record["display_name"] = None
    return LabelledSet(name="world", profiles=write_records(made.profiles, records), truth=read_truth(made.truth))


@pytest.fixture(scope="module")
def resolved(
    postgres_url: str,
    template_database: str,
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
    labelled: LabelledSet,
) -> Iterator[Engines]:
    """The world, resolved; every trial works on a copy."""
    made = fresh_database(postgres_url, template_database)
    opened = engines_over(next(made), encoder, tmp_path_factory.mktemp("answer"))
    # a long queue: also of what is probably not the same
    engines = replace(opened, settings=opened.settings.model_copy(update={"review_threshold": 0.05}))
    ingest_files(engines, [labelled.profiles])
    resolve_all(engines)
    yield engines
    next(made, None)


@pytest.mark.slow
@pytest.mark.parametrize(("sampling", "seed"), [(Sampling.PRIORITY, 0), (Sampling.RANDOM, 1)])
def test_answers_never_lower_f1(resolved: Engines, labelled: LabelledSet, sampling: Sampling, seed: int) -> None:
    with copy_of(resolved) as copy:
        trial = run_trial(copy, labelled, sampling, seed)
    assert trial.wrong >= 3
    assert trial.answered >= ANSWERS / 3
    assert trial.decided.f1 >= trial.before.f1
    assert trial.trained.f1 >= trial.before.f1
    # what the console says of the run
    quality = trial.quality
    assert quality.trained_on_decisions >= LEAST_DECIDED
    assert quality.held_out > 0
    assert quality.held_out_log_loss is not None
    assert quality.held_out_log_loss_before is not None
    assert (quality.held_out_log_loss < quality.held_out_log_loss_before) == quality.used
