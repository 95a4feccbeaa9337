"""What is kept of a comparison, and the part of the page made of it."""

from pathlib import Path

from benchmarks.accuracy.contender import BEST
from benchmarks.accuracy.report import render
from benchmarks.accuracy.result import HardScore, Score, Scores, merge, read_scores, score_of, write_scores
from benchmarks.project import PROJECT
from creatorgraph.resolution.evaluation import evaluate

FOUND = evaluate({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "1", "c": "2"})


def score(set_name: str, contender: str = PROJECT, bits: float | None = None) -> Score:
    return score_of(
        FOUND,
        set_name=set_name,
        contender=contender,
        machine="a machine",
        when="2026-01-02T03:04:05+00:00",
        seconds=1.25,
        peak_bytes=2_000_000,
        threshold_bits=bits,
    )


def hard(set_name: str) -> HardScore:
    return HardScore(
        set_name=set_name,
        contender=PROJECT,
        threshold_bits=None,
        precision=0.5,
        slices={"partial": (1, 4), "cross_script": (0, 0)},
        namesakes=(1, 12),
    )


def test_a_file_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "results" / "accuracy.json"
    kept = Scores(scores=(score("one"), score("one", BEST, -1.5)), hard=(hard("one"),))
    assert read_scores(path) == Scores()
    write_scores(path, kept)
    assert read_scores(path) == kept
    assert [found.name for found in path.parent.iterdir()] == ["accuracy.json"]


def test_a_set_that_was_run_again_takes_the_place_of_the_old() -> None:
    kept = merge(Scores(scores=(score("two", BEST), score("one"))), Scores(scores=(score("two"),), hard=(hard("two"),)))
    assert [(found.set_name, found.contender) for found in kept.scores] == [("one", PROJECT), ("two", PROJECT)]
    assert merge(kept, Scores(scores=(score("two"),))).hard == ()


def test_the_part_has_the_figures() -> None:
    text = render(Scores(scores=(score("one"), score("two", BEST, -1.5)), hard=(hard("one"),)))
    assert f"| pair F1 | {PROJECT} | {BEST} |" in text
    assert "| one | 0.500 |  |" in text
    assert "| two |  | 0.500 |" in text
    assert "| one | creatorgraph | 0.333 | 1.000 | 0.500 | 0.714 | 0.000 | 3 (2) | 1.2 | 2 | 2026-01-02 |" in text
    assert "(-1.5 bits)" in text
    assert "| one | creatorgraph | 0.500 | 0.250 of 4 |  | 1 of 12 |" in text
    assert "Pairs that are hard" not in render(Scores(scores=(score("one"),)))
