"""What an error says as a whole."""

import pytest

from creatorgraph.domain.error import CreatorgraphError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CreatorgraphError("the id is not ours"), "the id is not ours"),
        (CreatorgraphError("the id is not ours", where="id"), "id: the id is not ours"),
        (CreatorgraphError("the id is not ours", where="id", mend="Ask again."), "id: the id is not ours. Ask again."),
        (CreatorgraphError("Nobody answers.", mend="Try again."), "Nobody answers. Try again."),
    ],
    ids=["what", "where", "mend", "sentence"],
)
def test_what_where_and_mend_are_sentences(error: CreatorgraphError, said: str) -> None:
    assert str(error) == said
