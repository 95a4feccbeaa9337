"""What is found in running text, and what is not taken for something."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.bio_text import read_bio


def test_everything_in_one_bio() -> None:
    bio = read_bio(
        "Dev & mum 🦊 IG: @mara.lind | Mara.Lind+x@gmail.com or +49 30 901820. Blog: mara.dev/about, "
        "me @mara@social.example and @studio. (https://twitter.com/mara)",
    )
    assert bio.emails == ("maralind@gmail.com",)
    assert bio.phones == ("+4930901820",)
    assert bio.urls == ("https://twitter.com/mara", "mara.dev/about")
    assert bio.handles == ("studio",)
    assert bio.accounts == ((Platform.MASTODON, "mara@social.example"), (Platform.INSTAGRAM, "mara.lind"))
    assert "maralind" not in bio.masked.lower().replace(".", "").replace("@maralind", "")
    assert "901820" not in bio.masked
    assert "m***@g***.com or +49 *** **20" in bio.masked


@pytest.mark.parametrize(
    "text", ["mara [at] studio [dot] com", "mara(at)studio.com", "mara {at} studio.com", "MARA@STUDIO.COM"]
)
def test_spelled_out_addresses(text: str) -> None:
    bio = read_bio(f"write to {text} please")
    assert bio.emails == ("mara@studio.com",)
    assert bio.masked == "write to m***@s***.com please"


@pytest.mark.parametrize(
    "text",
    [
        "I use Node.js and ASP.NET",
        "see main.py, README.md",
        "e.g. this, i.e. that",
        "v1.2.3",
        "Ex-Twitter - Engineer",
        "YouTube: weekly videos",
    ],
)
def test_prose_is_not_taken_for_sites_or_accounts(text: str) -> None:
    bio = read_bio(text)
    assert (bio.urls, bio.accounts, bio.handles, bio.masked) == ((), (), (), text)


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("TikTok @mara.l", (Platform.TIKTOK, "mara.l")),
        ("yt: maratalks", (Platform.YOUTUBE, "maratalks")),
        ("Twitter - @mara", (Platform.X, "mara")),
        ("insta: mara.lind | cats", (Platform.INSTAGRAM, "mara.lind")),
    ],
)
def test_a_platforms_word_before_a_handle(text: str, account: tuple[Platform, str]) -> None:
    assert read_bio(text).accounts == (account,)


def test_a_national_number_needs_the_region() -> None:
    assert read_bio("call 030 901820").phones == ()
    assert read_bio("call 030 901820", region="DE").phones == ("+4930901820",)


def test_trailing_punctuation_is_no_part_of_a_url() -> None:
    assert read_bio("(see https://mara.dev/a_(b).), www.mara.dev!").urls == ("https://mara.dev/a_(b)", "www.mara.dev")


@given(st.one_of(st.text(max_size=200), st.text(alphabet="a.@:/ 0+(-)atdot[]\n", max_size=300)))
def test_no_text_makes_it_raise_or_leaves_an_address(text: str) -> None:
    bio = read_bio(text)
    assert read_bio(bio.masked).emails == ()


@pytest.mark.parametrize("piece", ["a.", "@", "a@", "1 ", "(", "a@b.", "http://", "-", "ig:", "a[at]"])
def test_long_texts_take_linear_time(piece: str) -> None:
    def least_seconds(length: int) -> float:
        text = piece * (length // len(piece))
        times = []
        for _ in range(3):
            start = time.process_time()
            read_bio(text)
            times.append(time.process_time() - start)
        return min(times)

    # ten times the text: ten times the work, where a quadratic pattern would take a hundred times
    assert least_seconds(60_000) < 40 * least_seconds(6_000)
