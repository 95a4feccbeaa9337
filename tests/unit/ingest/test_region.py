"""The country of a phone number, told from location and language."""

import pytest

from creatorgraph.ingest.region import region_of


@pytest.mark.parametrize(
    ("location", "language", "region"),
    [
        ("Berlin, Germany", None, "DE"),
        ("München, Deutschland", None, "DE"),
        ("日本", None, "JP"),
        ("London, UK", None, "GB"),
        ("New York / USA", None, "US"),
        ("San Francisco, CA", None, None),
        ("Everywhere", "pt-BR", "BR"),
        (None, "zh_Hant_TW", "TW"),
        (None, "en", None),
        (None, "en-ZZ", None),
        ("x" * 1000, None, None),
    ],
)
def test_regions(location: str | None, language: str | None, region: str | None) -> None:
    assert region_of(location, language) == region
