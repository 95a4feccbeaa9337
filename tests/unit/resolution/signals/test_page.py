from pathlib import Path

from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.page import signal_page

COMMITTED = Path(__file__).parents[4] / "docs" / "signals.md"


def test_the_committed_page_is_the_signals() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == signal_page(SIGNALS).rstrip("\n") + "\n", (
        "run `creatorgraph signals --out docs/signals.md`"
    )


def test_every_signal_and_level_has_its_place_in_order() -> None:
    page = signal_page(SIGNALS)
    places = [page.index(f"\n## {signal.name}\n") for signal in SIGNALS]
    assert places == sorted(places)
    for signal, begin, end in zip(SIGNALS, places, [*places[1:], len(page)], strict=True):
        section = page[begin:end]
        assert all(f"| `{level.name}` | {level.text} |" in section for level in signal.levels)
        assert signal.non_matches.value in section
        assert all(f"`{column}`" in section for column in signal.columns)


def test_weights_are_of_shares_that_sum_to_one() -> None:
    row = next(line for line in signal_page(SIGNALS).splitlines() if line.startswith("| `second` |"))
    # 0.03 of 1 against 0.3 of 1
    assert row.endswith("| 0.03 | 0.30 | -3.3 |")
