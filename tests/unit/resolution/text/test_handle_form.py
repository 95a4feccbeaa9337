import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.text.handle_form import form_of

ANN_LEE = ("ann", "lee")


@pytest.mark.parametrize(
    ("written", "name", "form", "marked"),
    [
        ("ann.lee88", ANN_LEE, "A.B", "<ann>.<lee>"),
        ("leeann", ANN_LEE, "BA", "<lee><ann>"),
        ("alee", ANN_LEE, "UB", "(a)<lee>"),
        ("ann.l", ANN_LEE, "A.V", "<ann>.(l)"),
        ("annlcooks", ANN_LEE, "AVcooks", "<ann>(l)cooks"),
        ("realannlee", ANN_LEE, "realAB", "real<ann><lee>"),
        ("lunarfox", ANN_LEE, "lunarfox", "lunarfox"),
        # a short word is not found inside of a long one
        ("annalee", ("ann", "annalee"), "B", "<annalee>"),
    ],
)
def test_how_a_handle_is_made_of_a_name(written: str, name: tuple[str, ...], form: str, marked: str) -> None:
    found = form_of(written, [name])
    assert found is not None
    assert (found.form, found.marked) == (form, marked)


def test_nothing_but_digits_has_no_form() -> None:
    assert form_of("1988", [ANN_LEE]) is None


def test_the_name_that_explains_most_counts() -> None:
    found = form_of("annlee", [("music",), ANN_LEE, ("ann",)])
    assert found is not None
    assert found.form == "AB"


def test_a_handle_lies_in_another_only_at_whole_words() -> None:
    short, long = form_of("annl", [ANN_LEE]), form_of("annlee88", [ANN_LEE])
    assert short is not None
    assert long is not None
    assert short.marked not in long.marked


words = st.text("abcdefgh", min_size=1, max_size=6)


@given(st.text("abcdefgh.1", min_size=1, max_size=20), st.lists(st.tuples(words, words), max_size=4))
def test_names_may_come_in_any_order(written: str, names: list[tuple[str, str]]) -> None:
    one, other = form_of(written, names), form_of(written, names[::-1])
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.form == other.form
