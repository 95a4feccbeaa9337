from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.element import NodeKind
from creatorgraph.graphql.node import global_id, is_uuid, pair_key, pair_of_key, parts_of, profile_of, subject_of
from creatorgraph.store.read.link import pair_of

names = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(key=names)
def test_global_ids_give_their_parts_back(key: str) -> None:
    assert parts_of(global_id("Profile", key)) == ("Profile", key)
    assert profile_of(global_id("Profile", key)) == key


@given(text=names)
def test_any_text_names_a_profile_or_is_a_global_id(text: str) -> None:
    if parts_of(text) is None:
        assert profile_of(text) == text
        assert subject_of(text).kind is (NodeKind.CREATOR if is_uuid(text) else NodeKind.PROFILE)


def test_uuids_name_creators() -> None:
    creator = str(uuid4())
    for id_ in (creator, creator.upper(), global_id("Creator", creator)):
        assert (subject_of(id_).kind, subject_of(id_).key) == (NodeKind.CREATOR, creator)


@pytest.mark.parametrize(
    "text", ["{01910000-0000-7000-8000-000000000000}", "0191000000007000800000000000000000", "x" * 36]
)
def test_only_the_usual_form_is_a_uuid(text: str) -> None:
    assert not is_uuid(text)


@given(left=names, right=names)
def test_pairs_of_any_characters_survive_their_key(left: str, right: str) -> None:
    if left != right:
        pair = pair_of(ProfileId(left), ProfileId(right))
        assert pair_of_key(pair_key(pair)) == pair


@pytest.mark.parametrize(
    "key", ["", "[]", '["a"]', '["a","a"]', '["a",1]', '["a","b","c"]', "null", '["a","b\\u0000"]']
)
def test_broken_pairs_are_refused(key: str) -> None:
    with pytest.raises(InvalidInputError):
        pair_of_key(key)


def test_ids_of_other_types_are_refused() -> None:
    with pytest.raises(InvalidInputError):
        subject_of(global_id("Link", '["a","b"]'))
    with pytest.raises(InvalidInputError):
        profile_of(global_id("Creator", str(uuid4())))
