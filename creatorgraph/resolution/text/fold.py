"""Folding: one spelling for texts that differ in case, accents, punctuation or width only."""

import re
import unicodedata

_APOSTROPHE = re.compile(r"['’`´ʼ]")
_SEPARATOR = re.compile(r"[^\w\s]|_")
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and punctuation, words parted by one space; scripts are kept."""
    if text.isascii():
        text = text.lower()
    else:
        wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
        text = "".join(c for c in wide if not unicodedata.combining(c)).casefold()
    return _SPACE.sub(" ", _SEPARATOR.sub(" ", _APOSTROPHE.sub("", text))).strip()


def squash(text: str) -> str:
    """The folded text with every space and sign taken out, as handles are written: `Jane O'Neil` -> `janeoneil`."""
    return _NOT_WORD.sub("", fold(text))
