"""Automatic persisted queries: what is kept, and what makes room."""

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.graphql.document import listed
from creatorgraph.graphql.remembered import Remembered, check_hash, hash_of


def test_what_was_not_used_for_longest_makes_room() -> None:
    kept = Remembered(most=2)
    for name in ("a", "b"):
        kept.keep(name, name)
    assert kept.text("a") == "a"
    kept.keep("c", "c")
    assert [kept.text(name) for name in "abc"] == ["a", None, "c"]


def test_long_texts_push_out_many() -> None:
    kept = Remembered(characters=10)
    for name in ("a", "b", "c"):
        kept.keep(name, "12345")
    kept.keep("c", "12345")
    assert len(kept) == 2
    kept.keep("d", "1234567890")
    assert [kept.text(name) for name in "abcd"] == [None, None, None, "1234567890"]
    kept.keep("e", "12345678901")
    assert len(kept) == 0


@pytest.mark.parametrize("persisted", [{}, {"version": 2, "sha256Hash": "a"}, {"version": 1, "sha256Hash": 7}])
def test_other_protocols_are_refused(persisted: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        hash_of(persisted)


def test_a_hash_is_of_its_text() -> None:
    [digest] = listed(["{ viewer { name } }"])
    check_hash(hash_of({"version": 1, "sha256Hash": digest.upper()}), "{ viewer { name } }")
    with pytest.raises(InvalidInputError):
        check_hash(digest, "{ viewer { id } }")
