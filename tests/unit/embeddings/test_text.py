from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.embeddings.text import MAX_CHARACTERS, bio_text, encoded_bio, profile_text, text_digest


def _profile(**fields: str | None) -> Profile:
    return Profile(profile_id=ProfileId("p1"), platform=Platform.YOUTUBE, **fields)  # type: ignore[arg-type]


def test_profile_text_is_name_category_bio_and_location() -> None:
    profile = _profile(
        display_name="Ada Baker", username="ada", category="Food", bio="Sourdough,\n every day", location=" Lyon"
    )
    assert profile_text(profile) == "Ada Baker. Food. Sourdough, every day. Lyon"
    assert bio_text(profile) == "Sourdough, every day"


def test_the_username_stands_in_for_a_missing_name() -> None:
    assert profile_text(_profile(username="ada", bio="Bread")) == "ada. Bread"
    assert profile_text(_profile(display_name=" \u200b", username="ada")) == "ada"


def test_nothing_known_is_an_empty_text() -> None:
    assert profile_text(_profile()) == ""
    assert bio_text(_profile(bio=" \n\u200b\ufeff ")) == ""


def test_what_looks_alike_has_one_digest() -> None:
    plain, odd = _profile(bio="Café in Lyon"), _profile(bio="Cafe\u0301\u200b \tin\u00a0Lyon\x00")
    assert text_digest(bio_text(plain)) == text_digest(bio_text(odd))
    assert text_digest(bio_text(plain)) != text_digest(bio_text(_profile(bio="Cafe in Lyon")))


def test_joiners_inside_emoji_and_words_stay() -> None:
    assert bio_text(_profile(bio="👩\u200d🍳 می\u200cخواهم")) == "👩\u200d🍳 می\u200cخواهم"


def test_a_bio_of_megabytes_is_cut() -> None:
    assert len(bio_text(_profile(bio="word " * 2_000_000))) <= MAX_CHARACTERS
    assert len(profile_text(_profile(display_name="n" * 9000, bio="b" * 9000))) == MAX_CHARACTERS


@given(st.text(alphabet=st.characters()))
def test_any_text_can_be_cleaned_and_digested_and_is_stable(bio: str) -> None:
    cleaned = bio_text(_profile(bio=bio))
    assert bio_text(_profile(bio=cleaned)) == cleaned
    assert len(text_digest(bio)) == 32


def test_fancy_letters_are_read_as_plain_ones() -> None:
    assert encoded_bio("𝓑𝓪𝓴𝓲𝓷𝓰 ｂｒｅａｄ") == "Baking bread"
