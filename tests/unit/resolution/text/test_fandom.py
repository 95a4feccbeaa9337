import pytest

from creatorgraph.resolution.text.fandom import is_about_somebody


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Jane Roe Fan Page", ""),
        ("Jane Roe Fans", "daily pictures"),
        ("Jane Roe", "Not affiliated with Jane."),
        ("Jane Roe", "UNOFFICIAL – archive"),
        ("Jane Roe", "Compte fan, non officiel"),
        ("Джейн Роу", "Фан-клуб"),
        ("ジェーン", "非公式アカウント"),
    ],
)
def test_pages_that_say_so(name: str, bio: str) -> None:
    assert is_about_somebody(name, bio)


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Jane Roe", "Big fan of coffee"),
        ("Fans", ""),
        ("", ""),
        ("Jane Fanning", "official account"),
        ("Ceiling Fan Co", ""),
    ],
)
def test_pages_that_do_not(name: str, bio: str) -> None:
    assert not is_about_somebody(name, bio)
