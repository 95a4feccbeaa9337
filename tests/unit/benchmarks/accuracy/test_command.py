"""A tiny comparison, with the peers that are installed."""

from pathlib import Path

import pytest

from benchmarks.accuracy import labelled
from benchmarks.accuracy.command import main
from benchmarks.accuracy.contender import BEST, BY_HAND, RULE, SAME_NAME, SAME_USERNAME
from benchmarks.accuracy.result import read_scores
from benchmarks.goldenmatch_peer import PEER as GOLDENMATCH
from benchmarks.goldenmatch_peer import PYTHON
from benchmarks.plain_splink import PEER as SPLINK
from benchmarks.project import PROJECT
from creatorgraph.synth.world import write_world

PROFILES = 400
ALWAYS = {PROJECT, SPLINK, BY_HAND, BEST, RULE, SAME_NAME, SAME_USERNAME}


def lay_out(folder: Path) -> None:
    made = write_world(folder / "small", PROFILES, seed=5)
    people: dict[str, list[str]] = {}
    for line in made.truth.read_text().splitlines()[1:]:
        profile, entity, _ = line.split(",")
        people.setdefault(entity, []).append(profile)
    several = [(entity, found) for entity, found in people.items() if len(found) > 1]
    rows = [f"{found[0]},{found[1]},{entity},partial,different" for entity, found in several]
    (folder / "small" / "true_pairs.csv").write_text(
        "profile_id_l,profile_id_r,entity_id,name_relation,bio_relation\n" + "\n".join(rows) + "\n"
    )


@pytest.mark.slow
def test_everybody_runs_and_the_page_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(tmp_path / "data")
    results, page = tmp_path / "accuracy.json", tmp_path / "docs" / "page.md"
    page.parent.mkdir()
    page.write_text("# Benchmarks\n")
    assert main(["--data", str(tmp_path / "data"), "--only", "^small$"], results=results, page=page) == 0

    kept = read_scores(results)
    found = {score.contender: score for score in kept.scores}
    assert set(found) - {GOLDENMATCH} == ALWAYS
    assert (GOLDENMATCH in found) == PYTHON.exists()
    # each of them really looked at the profiles
    assert found[PROJECT].f1 > 0.8
    assert found[SPLINK].f1 > 0.6
    assert 0 < found[SAME_USERNAME].recall < found[RULE].recall
    assert found[BEST].f1 >= found[BY_HAND].f1 - 0.01
    assert all(score.seconds is not None and score.peak_mb for name, score in found.items() if name != BEST)
    assert [hard.contender for hard in kept.hard] == [PROJECT, SPLINK, BY_HAND]
    (partial,) = {hard.slices["partial"][1] for hard in kept.hard}
    assert partial > 10

    text = page.read_text()
    assert text.startswith("# Benchmarks\n")
    assert f"| small | {found[PROJECT].f1:.3f} |" in text
    assert "recall partial" in text
    assert PROJECT in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--data", "no such folder"], ["--only", "("]])
def test_bad_use_is_told(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments, results=tmp_path / "r.json", page=tmp_path / "p.md")
    assert stopped.value.code == 2
    assert arguments[1] in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_world_is_of_a_size_that_the_rule_can_compare() -> None:
    assert labelled.WORLD <= 10_000
