"""The figures that are kept of stewards' decisions, and the part of the page that shows them."""

from dataclasses import replace
from pathlib import Path

from benchmarks.decision.page import render
from benchmarks.decision.result import DecisionResult, merge, read_decision_results, write_decision_results

RAISED = DecisionResult(
    set_name="one",
    sampling="random",
    seed=0,
    answered=300,
    wrong=9,
    contradicted=2,
    mended=1,
    f1_before=0.95,
    f1_decided=0.96,
    f1_trained=0.97,
    used=True,
    held_out=57,
    log_loss_before=0.41,
    log_loss=0.39,
    machine="a machine",
    when="2026-11-21T21:00:00+00:00",
)


def test_a_fall_at_any_step_is_a_fall() -> None:
    assert not RAISED.lowered
    assert not replace(RAISED, f1_decided=0.95, f1_trained=0.95).lowered
    assert replace(RAISED, f1_decided=0.9499).lowered
    assert replace(RAISED, f1_trained=0.9499).lowered


def test_a_set_that_is_measured_again_is_replaced_whole(tmp_path: Path) -> None:
    other, again = replace(RAISED, set_name="two"), replace(RAISED, seed=7)
    kept = merge([RAISED, replace(RAISED, seed=1), other], [again])
    assert kept == [again, other]
    write_decision_results(tmp_path / "new" / "decision.json", kept)
    assert read_decision_results(tmp_path / "new" / "decision.json") == kept
    assert read_decision_results(tmp_path / "none.json") == []


def test_the_page_tells_every_figure() -> None:
    untold = replace(RAISED, used=False, held_out=0, log_loss=None, log_loss_before=None)
    told, unlearned = render([RAISED, untold]).splitlines()[-2:]
    assert told == (
        "| one | random | 0 | 300 | 9 | 2 | 1 | 0.9500 | 0.9600 | 0.9700 | yes | 57 | 0.410 | 0.390 | 2026-11-21 |"
    )
    assert "| no | 0 |  |  |" in unlearned
