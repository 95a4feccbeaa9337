"""Folding: one spelling for texts that differ in case, accents, punctuation or width only."""

import re
import unicodedata

_APOSTROPHE = re.compile(r"['’`´ʼ]")
_SIGN = re.compile(r"[^\w\s]|_")
_SPACE = re.compile(r"\s+")
_FOLDED = re.compile("(?:[a-z0-9]+(?: [a-z0-9]+)*)?").fullmatch
"""Most texts that are folded were folded before, or are usernames of letters and digits."""
# Accents of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel marks: a name is the same with and without
# them. The marks of Indic and other scripts are vowels: without them राहुल would be रहल.
_ACCENT = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)


class _Plain(dict[int, str]):
    """Letters, digits and marks as they are, a space for anything else; each character is looked at once."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        plain = character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
        self[point] = plain
        return plain


_PLAIN = _Plain()


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and punctuation, words parted by one space; scripts are kept."""
    if _FOLDED(text):
        return text
    if text.isascii():
        plain = _SIGN.sub(" ", _APOSTROPHE.sub("", text.lower()))
    else:
        bare = _ACCENT.sub("", unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text)))
        whole = unicodedata.normalize("NFC", bare).casefold()
        plain = whole.translate(_PLAIN)
    return _SPACE.sub(" ", plain).strip()


def squash(text: str) -> str:
    """The folded text with every space and sign taken out, as handles are written: `Jane O'Neil` -> `janeoneil`."""
    return fold(text).replace(" ", "")
