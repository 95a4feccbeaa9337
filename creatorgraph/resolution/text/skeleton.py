"""Skeletons: what is left of a word in every spelling that transliterators and their bearers give it, its consonants.

A transliteration by table writes `राहुल शर्मा` as rahul srma, Tamil without voice (`குணபாண்டி` kunpanti, for Gunapandi) and
Arabic without short vowels (`محمد` mhmd, for Mohammed). Consonants, without voice, aspiration and doubling, are common to them.
"""

import re
from functools import lru_cache

_ASPIRATED = re.compile(r"(?<=[ptkbdgjcsz])h")
_SOUNDS = str.maketrans(
    {"b": "p", "d": "t", "g": "k", "q": "k", "w": "v", "z": "s", "j": "s", "x": "s"} | dict.fromkeys("aeiouy", None)
)
_DOUBLED = re.compile(r"(.)\1+")
_MIN_LENGTH = 2
_WORDS = 1 << 16
"""Words whose skeletons are kept, some 10 MB: names are made of the same words again and again."""
_ARTICLE = "al"
"""Of Arabic names: written on to them, or apart, or not at all."""


def skeletons(name: str, *, made: bool) -> tuple[str, ...]:
    """The skeletons of a full name's words, sorted; empty where one of two words has none."""
    parts = sorted(skeleton(word, made=made) for word in name.split() if word != _ARTICLE)
    return tuple(parts) if len(parts) > 1 and all(parts) else ()


@lru_cache(maxsize=_WORDS)
def skeleton(word: str, *, made: bool) -> str:
    """The consonants of a word in Latin letters; `made` says that a table transliterated it. Empty where too few are left.

    People write c for k or s and ch for one sound; tables write c for the sound of ch only.
    """
    plain = word.replace("ph", "f")
    plain = plain.replace("c", "s") if made else re.sub("c(?=[eiy])|ch", "s", plain).replace("c", "k")
    bare = _DOUBLED.sub(r"\1", _ASPIRATED.sub("", plain).translate(_SOUNDS))
    return bare if len(bare) >= _MIN_LENGTH else ""
