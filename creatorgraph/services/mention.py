"""Whether a text names somebody: in any case and script, and with the escapes of JSON inside JSON as well."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from creatorgraph.ingest.field import clean_text

_TELLING = 4
"""Columns from which a name tells one text from others; an ideograph has two."""
_ESCAPED = re.compile(r"((?:\\+u[0-9a-fA-F]{4})+)|\\+([bfnrt]?)")
_CONTROLS = {"": "", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
# Turkish has two letters i, and each has the other's capital
_ONE_I = str.maketrans({"ı": "i", "\u0307": ""})


def mentioning(names: Iterable[str]) -> Callable[[str], bool]:
    """Tells whether a text holds one of the names; those that are too short to tell anything are left out."""
    needles = frozenset(plain for plain in map(_plain, names) if _columns(plain) >= _TELLING)

    def mentions(text: str) -> bool:
        plain = _plain(text)
        return any(needle in plain for needle in needles)

    return mentions


def _plain(text: str) -> str:
    """One spelling for what differs in case, escapes, quotes (CSV writes them twice) and invisible marks only."""
    text = text.replace('"', "")
    if "\\" in text:
        text = _ESCAPED.sub(_character, text)
    folded = clean_text(text).casefold()
    return folded if folded.isascii() else folded.translate(_ONE_I)


def _character(escape: re.Match[str]) -> str:
    """What an escape stands for; outside JSON too, where a backslash before anything else is no loss."""
    if not escape[1]:
        return _CONTROLS[escape[2]]
    units = bytes.fromhex(escape[1].replace("\\", "").replace("u", ""))
    return units.decode("utf-16-be", "replace")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
