"""The first command that people run."""

import pytest

from tests.integration.cli.conftest import Cli


@pytest.mark.slow
def test_demo_shows_what_it_found_and_does_it_once(cli: Cli) -> None:
    first = cli("demo", "--no-serve", "--profiles", "200")
    second = cli("demo", "--no-serve", "--profiles", "200")

    assert first.exit_code == 0, first.output
    assert second.exit_code == 0, second.output
    for heading in ("Found", "Against the labels", "Time", "Search: ", "Why these are one creator"):
        assert heading in first.stdout
    scores = {line.split()[0]: line.split()[1:] for line in first.stdout.splitlines() if line.startswith("  congress")}
    profiles, entities, precision, _, f1, *_ = (float(each.replace(",", "")) for each in scores["congress"])
    assert (profiles, entities) == (1658, 519)
    assert precision > 0.95
    assert f1 > 0.95
    # ids last, so that the very same creators are shown, and nothing was encoded again
    assert "encode" in first.stdout
    assert "encode" not in second.stdout
    shown = [text[: text.index("Time")] + text[text.index("Search") :] for text in (first.stdout, second.stdout)]
    assert shown[0] == shown[1]
