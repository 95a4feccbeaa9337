from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.graphql.relay import Connection, Cursor
from creatorgraph.store.read.keyset import Page

MIXED = Cursor("mixed", (int, float, str, datetime, UUID))

whole = st.integers(-(2**63) + 1, 2**63 - 1)
fraction = st.floats(allow_nan=False, allow_infinity=False)
text = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
moment = st.datetimes(timezones=st.just(UTC))
keys = st.tuples(whole, fraction, text, moment, st.uuids().map(str))


@given(key=keys)
def test_a_cursor_gives_its_key_back(key: tuple[object, ...]) -> None:
    assert MIXED.decode(MIXED.encode(key)) == key


@given(cursor=st.text(max_size=60))
def test_any_other_text_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInputError, match="does not belong to this list"):
        MIXED.decode(cursor)


@given(key=keys, data=st.data())
def test_a_changed_cursor_is_refused(key: tuple[object, ...], data: st.DataObject) -> None:
    cursor = MIXED.encode(key)
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from("ABCXYZabcxyz0189-_").filter(lambda each: each != cursor[place]))
    with pytest.raises(InvalidInputError, match="does not belong to this list"):
        MIXED.decode(cursor[:place] + letter + cursor[place + 1 :])


@given(
    key=keys,
    other=st.sampled_from([Cursor("other", MIXED.types), Cursor("mixed", (int,)), Cursor("mixed", (str,) * 5)]),
)
def test_cursors_of_another_order_are_refused(key: tuple[object, ...], other: Cursor) -> None:
    with pytest.raises(InvalidInputError):
        other.decode(MIXED.encode(key))


@pytest.mark.parametrize("value", [True, 1.0, "1", None, 2**63, [1]])
def test_whole_numbers_are_held_to_their_type_and_range(value: object) -> None:
    with pytest.raises(InvalidInputError):
        Cursor("n", (int,)).decode(Cursor("n", (int,)).encode((value,)))


def test_a_connection_tells_where_its_page_lies() -> None:
    cursor = Cursor("n", (int,))
    page = Page(items=("a", "b"), keys=((1,), (2,)), more=True)
    found = cursor.connection(page, ["A", "B"], after=(0,))
    assert [(edge.node, cursor.decode(edge.cursor)) for edge in found.edges] == [("A", (1,)), ("B", (2,))]
    info = found.page_info
    assert (info.has_next_page, info.has_previous_page) == (True, True)
    assert (info.start_cursor, info.end_cursor) == (found.edges[0].cursor, found.edges[1].cursor)
    empty: Connection[str] = cursor.connection(Page(items=(), keys=(), more=False), [], after=None)
    assert (empty.page_info.end_cursor, empty.page_info.has_previous_page) == (None, False)
