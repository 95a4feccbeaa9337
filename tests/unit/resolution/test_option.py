import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.option import ResolveOptions


@pytest.mark.parametrize(
    "wrong", [{"match_threshold": 1.0}, {"review_threshold": 0.9}, {"floor": 0.0}, {"max_block_size": 1}]
)
def test_settings_out_of_order_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidInputError):
        ResolveOptions(**wrong)  # type: ignore[arg-type]
