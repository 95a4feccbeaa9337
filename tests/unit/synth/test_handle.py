"""Handles: never given twice, and the disguises that people choose."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.platform import Platform
from creatorgraph.synth.account import open_account
from creatorgraph.synth.culture import CULTURES
from creatorgraph.synth.handle import TakenHandles, base_handle, look_alike
from creatorgraph.synth.niche import NICHES


def test_a_handle_is_given_once_per_platform_and_false_alarms_are_rare() -> None:
    taken = TakenHandles(20_000)
    assert all(not (taken.claim("x", "ann") and taken.claim("x", "ann")) for _ in range(2))
    assert taken.claim("tiktok", "ann")
    refused = sum(not taken.claim("x", f"handle{number}") for number in range(20_000))
    assert refused < 200


@given(seed=st.integers(0, 10_000))
def test_everybody_finds_a_handle_though_all_want_the_same(seed: int) -> None:
    rng, taken = Random(seed), TakenHandles(100)
    handles = [open_account(rng, taken, Platform.X, "annlee").username for _ in range(60)]
    assert len(set(handles)) == 60
    assert all("annlee" in handle for handle in handles)


@given(seed=st.integers(0, 10_000))
def test_handles_are_plain_ascii_whatever_the_script(seed: int) -> None:
    rng = Random(seed)
    for culture in CULTURES:
        name = culture.name(rng)
        handle, stage = base_handle(rng, name, rng.choice(NICHES))
        assert handle.isascii()
        assert handle == handle.lower()
        assert len(handle) >= 3
        assert stage is None or stage.replace(" ", "").lower() == handle
        assert name.given
        assert name.family
        assert name.latin.isascii() or name.latin == name.native


@given(seed=st.integers(0, 10_000), handle=st.sampled_from(["annlee", "bob", "mimi.tv", "x_x"]))
def test_a_look_alike_is_close_but_never_the_same(seed: int, handle: str) -> None:
    other = look_alike(Random(seed), handle)
    assert other != handle
    assert abs(len(other) - len(handle)) <= 9
