"""Decisions in training: simulated stewards answer the review queue of a synthetic world from its truth, one in twenty wrong."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import numpy as np
import orjson
import pyarrow as pa
import pytest

from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.resolution.evaluation.calibration import calibration
from creatorgraph.resolution.model import decided
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.resolution.pipeline import links_of, resolve
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.resolution.result import Resolution
from creatorgraph.resolution.review import ReviewFacts, review_items
from creatorgraph.synth.world import write_world

ITEMS, MISTAKES = 200, 0.05
OPTIONS = ResolveOptions()
Truth = dict[str, str]
Train = Callable[[], Resolution]


def world(folder: Path, seed: int, size: int = 2_500) -> tuple[pa.Table, Truth]:
    files = write_world(folder, size, seed=seed)
    hasher = ContactHasher(b"k" * 32)
    parsed = [
        parse_record(orjson.loads(line), hasher=hasher, where="line")
        for line in files.profiles.read_bytes().splitlines()
    ]
    with files.truth.open(newline="") as rows:
        truth = {row["profile_id"]: row["entity_id"] for row in csv.DictReader(rows)}
    return to_table([each.profile for each in parsed if isinstance(each, Parsed)]), truth


def answers(table: pa.Table, found: Resolution, truth: Truth, seed: int) -> list[Decision]:
    ids, platforms, usernames = (table.column(name).to_pylist() for name in ("profile_id", "platform", "username"))
    facts = {
        i: ReviewFacts(platform=Platform(p), username=u, followers=None)
        for i, p, u in zip(ids, platforms, usernames, strict=True)
    }
    items = review_items(
        links_of(found.links, evidence=False),
        dict(zip(*(column.to_pylist() for column in found.clusters.columns), strict=True)),
        profiles=facts,
        review_threshold=OPTIONS.review_threshold,
        match_threshold=OPTIONS.match_threshold,
    )
    random = Random(seed)
    return [
        verdict(item.left, item.right, (truth[item.left] == truth[item.right]) != (random.random() < MISTAKES))
        for item in items[:ITEMS]
    ]


def verdict(left: str, right: str, same: bool) -> Decision:
    return Decision(
        decision_id=f"{left} {right}",
        left=ProfileId(left),
        right=ProfileId(right),
        verdict=Verdict.SAME if same else Verdict.DIFFERENT,
        actor="steward",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def quality(found: Resolution, truth: Truth, told: Sequence[Decision]) -> tuple[float, float]:
    """Pair F1, and ECE over the links that nobody decided."""
    clusters = dict(zip(*(column.to_pylist() for column in found.clusters.columns), strict=True))
    answered = {(d.left, d.right) for d in told}
    links = [link for link in links_of(found.links, evidence=False) if (link.left, link.right) not in answered]
    true = np.array([truth[link.left] == truth[link.right] for link in links])
    measured = calibration(np.array([link.probability for link in links]), true)
    assert measured is not None
    return evaluate(clusters, truth).f1, measured.ece_width


def test_stewards_answers_make_it_no_worse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_training, without = [], []
    for seed in (1, 2, 3, 4):
        table, truth = world(tmp_path / str(seed), seed)
        told = answers(table, resolve(table), truth, seed)
        taught = resolve(table, decisions=told)
        with_training.append(quality(taught, truth, told))
        with monkeypatch.context() as patch:
            patch.setattr(decided, "LEAST_DECIDED", 10**9)
            alone = resolve(table, decisions=told)
        without.append(quality(alone, truth, told))
        assert alone.model["training"]["chosen"] == "unsupervised"
    f1, ece = np.mean(with_training, axis=0)
    f1_before, ece_before = np.mean(without, axis=0)
    print(f"pair F1 {f1_before:.4f} -> {f1:.4f}, ECE {ece_before:.4f} -> {ece:.4f}")  # noqa: T201
    # four worlds: what lies within the noise of them is neither better nor worse
    assert f1 > f1_before - 0.001
    assert ece < ece_before + 0.002


def test_answers_that_say_nothing_new_are_not_learned_from(tmp_path: Path) -> None:
    """Where a coin was tossed for each verdict of its probability, the model without decisions stands."""
    table, _ = world(tmp_path, 3, 4_000)
    before = resolve(table)
    random = Random(3)
    links = [link for link in links_of(before.links, evidence=False) if 0.05 < link.probability < 0.95]
    told = [verdict(link.left, link.right, random.random() < link.probability) for link in random.sample(links, 150)]
    after = resolve(table, decisions=told)
    report = after.model["training"]
    assert report["chosen"] == "unsupervised"
    assert report["held_out"] > 20
    assert set(report["log_loss"]) == set(report["ece"]) >= {"unsupervised", "decisions, isotonic"}
    assert after.model["settings"] == before.model["settings"]
    assert Counter(d.verdict for d in told).most_common()[-1][1] >= decided.LEAST_OF_EACH


def test_the_order_of_decisions_changes_nothing(tmp_path: Path) -> None:
    table, truth = world(tmp_path, 1)
    told = answers(table, resolve(table), truth, 1)
    one, other = (resolve(rows, decisions=d) for rows, d in ((table, told), (table.slice(0)[::-1], told[::-1])))
    assert one.model == other.model
    assert one.links.equals(other.links)
