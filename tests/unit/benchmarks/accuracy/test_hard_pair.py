"""Pairs that do not look like what they are."""

from pathlib import Path

from benchmarks.accuracy.hard_pair import hard_pairs

HEADER = "profile_id_l,profile_id_r,entity_id,name_relation,bio_relation\n"


def test_slices_and_namesakes_are_counted(tmp_path: Path) -> None:
    pairs, namesakes = tmp_path / "true_pairs.csv", tmp_path / "namesakes.csv"
    pairs.write_text(
        f"{HEADER}a,b,1,partial,different\na,c,1,partial,same\nb,c,1,same,different\nd,e,2,cross_script,\n"
    )
    namesakes.write_text("profile_id_l,profile_id_r,name\na,d,N\na,z,N\n")
    found = hard_pairs({"a": "1", "b": "1", "c": "2", "d": "1"}, pairs, namesakes)
    assert found.slices == {"partial": (1, 2), "cross_script": (0, 1), "different": (1, 2)}
    assert found.namesakes == (1, 2)
    assert hard_pairs({}, pairs, None).namesakes is None
