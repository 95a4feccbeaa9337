import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.services.highlight import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("One thing", ["One thing"]),
        ("Bread. Cakes! More?", ["Bread.", "Cakes!", "More?"]),
        ("baker | runner · Lyon\n• mother", ["baker", "runner", "Lyon", "mother"]),
        ("v2.0 is out", ["v2.0 is out"]),
        ("again. again.", ["again."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@given(text=st.text(max_size=200))
def test_sentences_are_pieces_of_the_text(text: str) -> None:
    assert all(part in text and part.strip() == part != "" for part in sentences_of(text))
