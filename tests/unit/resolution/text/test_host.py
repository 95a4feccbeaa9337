import pytest

from creatorgraph.resolution.text.host import host_and_path, owner_of_host, owner_of_path, subdomain_of


@pytest.mark.parametrize(
    ("host", "owner"),
    [("www.ann.com", "ann"), ("ann.github.io", "ann"), ("shop.ann.co.uk", "ann"), ("github.io", None), ("co.uk", None)],
)
def test_owner_of_a_host(host: str, owner: str | None) -> None:
    assert owner_of_host(host) == owner


def test_subdomain() -> None:
    assert subdomain_of("ann.example.com") == "ann"
    assert subdomain_of("www.example.com") is None
    assert subdomain_of("example.com") is None


def test_owner_of_a_path_skips_page_words_and_numbers() -> None:
    assert owner_of_path("/profile/@Ann.Roe") == "annroe"
    assert owner_of_path("/about/index.html") is None
    assert owner_of_path("/users/12345") is None
    assert owner_of_path("") is None


def test_host_and_path() -> None:
    assert host_and_path("https://www.Example.com:443/a/") == ("example.com", "/a")
    assert host_and_path("example.com/a") == ("example.com", "/a")
    assert host_and_path("http://[broken") == ("", "")
