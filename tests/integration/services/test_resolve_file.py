import csv
import errno
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.services.resolve_file import resolve_files
from tests.integration.services.test_ingest import ODD

Write = Callable[..., Path]


def run(paths: list[Path], out: Path, encoder: Encoder) -> dict[str, bytes]:
    resolve_files(paths, out, encoder=lambda: encoder, options=ResolveOptions())
    return {name: (out / name).read_bytes() for name in ("clusters.csv", "model.json")}


@pytest.fixture(scope="module")
def whole(world: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run over the world leaves that nothing has stopped."""
    return run([world / "profiles.jsonl"], tmp_path_factory.mktemp("whole"), encoder)


def test_every_profile_is_in_one_cluster_and_links_carry_evidence(
    world: Path, tmp_path: Path, encoder: Encoder
) -> None:
    summary = resolve_files(
        [world / "profiles.jsonl"], tmp_path / "out", encoder=lambda: encoder, options=ResolveOptions()
    )
    rows = list(csv.DictReader((tmp_path / "out" / "clusters.csv").read_text().splitlines()))
    ids = [json.loads(line)["profile_id"] for line in (world / "profiles.jsonl").read_text().splitlines()]
    assert sorted(r["profile_id"] for r in rows) == sorted(ids)
    assert len({r["creator_id"] for r in rows}) == summary.creators < len(ids)
    links = pq.read_table(tmp_path / "out" / "links.parquet").to_pylist()
    assert {"left", "right", "probability", "match_weight", "evidence"} <= links[0].keys()
    assert all(link["left"] < link["right"] and link["evidence"] for link in links)


def test_the_order_of_lines_and_files_does_not_matter(
    world: Path, whole: dict[str, bytes], tmp_path: Path, encoder: Encoder
) -> None:
    lines = (world / "profiles.jsonl").read_text().splitlines(keepends=True)
    first, second = tmp_path / "b.jsonl", tmp_path / "a.jsonl"
    first.write_text("".join(reversed(lines[:170])))
    second.write_text("".join(lines[170:]))
    assert run([first, second], tmp_path / "parts", encoder) == whole


def test_one_profile_id_in_two_files_is_refused_with_its_line(
    tmp_path: Path, write_file: Write, encoder: Encoder
) -> None:
    record = {"profile_id": "p", "platform": "x", "username": "someone"}
    paths = [write_file("one.jsonl", record), write_file("two.jsonl", record)]
    with pytest.raises(InvalidInputError, match=r"two\.jsonl:1"):
        run(paths, tmp_path / "out", encoder)


def test_refused_records_are_written_aside(tmp_path: Path, write_file: Write, encoder: Encoder) -> None:
    path = write_file("in.jsonl", {"profile_id": "p", "platform": "x", "username": "someone"}, {"username": "nobody"})
    summary = resolve_files([path], tmp_path / "out", encoder=lambda: encoder, options=ResolveOptions())
    assert (summary.profiles, summary.rejected) == (1, 1)
    assert json.loads((tmp_path / "out" / "rejects.jsonl").read_text())["line"] == 2


def test_records_that_few_readers_take_are_resolved_with_the_others(
    tmp_path: Path, write_file: Write, encoder: Encoder
) -> None:
    path = write_file("in.jsonl", *({"profile_id": f"z{i}", "platform": "x", "username": f"ann{i}"} for i in range(9)))
    path.write_text(ODD + path.read_text())
    summary = resolve_files([path], tmp_path / "out", encoder=lambda: encoder, options=ResolveOptions())
    assert (summary.profiles, summary.rejected) == (12, 0)


def test_mailboxes_and_pictures_speak_and_no_mailbox_is_shown(
    tmp_path: Path, write_file: Write, encoder: Encoder
) -> None:
    face = "0f1e2d3c4b5a6978"
    path = write_file(
        "in.jsonl",
        {"profile_id": "a", "platform": "x", "username": "qxzvortlewymk", "avatar_hash": face},
        {"profile_id": "b", "platform": "github", "username": "other", "email": "qxzvortlewymk@example.org"}
        | {"avatar_hash": face.upper()},
        *({"profile_id": f"z{i}", "platform": "x", "username": f"ann{i}"} for i in range(60)),
    )
    resolve_files([path], tmp_path / "out", encoder=lambda: encoder, options=ResolveOptions())
    links = pq.read_table(tmp_path / "out" / "links.parquet").to_pylist()
    [evidence] = [link["evidence"] for link in links if (link["left"], link["right"]) == ("a", "b")]
    seen = {row["signal"]: (row["level"], row["left_value"], row["right_value"]) for row in evidence}
    assert seen["avatar"] == ("same", face, face)
    assert seen["mailbox"][0] in ("uncommon", "rare")
    assert seen["mailbox"][1:] == (None, None)


def test_a_stopped_run_goes_on_and_ends_the_same(
    world: Path, whole: dict[str, bytes], tmp_path: Path, encoder: Encoder
) -> None:
    out, work = tmp_path / "out", tmp_path / "elsewhere"

    def resolve(opened: Callable[[], Encoder], options: ResolveOptions) -> None:
        resolve_files([world / "profiles.jsonl"], out, encoder=opened, options=options, work=work)

    def stopped() -> Encoder:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        resolve(stopped, ResolveOptions())
    parsed = (work / "stage-profiles.arrow").stat().st_mtime_ns
    # other settings need no other table
    with pytest.raises(KeyboardInterrupt):
        resolve(stopped, ResolveOptions(match_threshold=0.6))
    assert (work / "stage-profiles.arrow").stat().st_mtime_ns == parsed
    resolve(lambda: encoder, ResolveOptions())
    assert {name: (out / name).read_bytes() for name in whole} == whole
    assert not work.exists()
    assert sorted(path.name for path in out.iterdir()) == [
        "clusters.csv",
        "links.parquet",
        "model.counts.npz",
        "model.json",
    ]


def test_a_disk_too_full_for_checkpoints_costs_a_warning(
    world: Path, whole: dict[str, bytes], tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    out = tmp_path / "out"
    summary = resolve_files([world / "profiles.jsonl"], out, encoder=lambda: encoder, options=ResolveOptions())
    assert {name: (out / name).read_bytes() for name in whole} == whole
    assert [text.split(" could")[0] for text in summary.warnings[:2]] == [
        "the stage 'candidates'",
        "the stage 'patterns'",
    ]
    assert "No space left on device" in summary.warnings[0]


def test_many_bios_are_compared_by_their_words(world: Path, tmp_path: Path) -> None:
    summary = resolve_files(
        [world / "profiles.jsonl"],
        tmp_path / "out",
        encoder=lambda: pytest.fail("opened"),
        options=ResolveOptions(),
        encode_limit=5,
    )
    assert not summary.bio_meaning
    assert "CREATORGRAPH_ENCODE_LIMIT (5)" in summary.warnings[0]
    assert summary.accepted_links > 0
