"""One spelling for values that differ in nothing that counts, by the kind of their column."""

import re
from collections.abc import Callable
from datetime import datetime

from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.mapping import ColumnRule
from creatorgraph.resolution.text.fold import fold, squash

_YEAR_FIRST = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})(?:[T ].*)?")
_NO_DIGIT = re.compile(r"\D")
_ZERO_FRACTION = re.compile(r"\.0+$")
_PHONE_DIGITS = 9
"""Of a number's end: what is before them is country and trunk prefix, which writers give or leave out."""
_LEAST_PHONE = 6


def normaliser_of(rule: ColumnRule) -> Callable[[str], str]:
    """What makes a value of this column comparable; it gives "" for a value that says nothing."""
    match rule.kind:
        case ColumnKind.DATE:
            written = rule.format
            return date_digits if written is None else lambda text: _date_written(text, written)
        case ColumnKind.EMAIL:
            return _lowered
        case ColumnKind.PHONE:
            return _phone
        case ColumnKind.CODE:
            return squash
        case ColumnKind.NUMBER:
            return _number
        case _:
            return fold


def date_digits(text: str) -> str:
    """`YYYYMMDD` of a date that is written year first, or last with a day that can be no month; else "".

    Days that no calendar has are kept: they are typing errors, and compared as such.
    """
    stripped = text.strip()
    if found := _YEAR_FIRST.fullmatch(stripped):
        return "".join(found.groups())
    if found := _YEAR_LAST.fullmatch(stripped):
        one, two, year = found.groups()
        if int(one) > 12 or one == two:
            return f"{year}{int(two):02}{int(one):02}"
        if int(two) > 12:
            return f"{year}{int(one):02}{int(two):02}"
    return ""


def _date_written(text: str, written: str) -> str:
    try:
        return f"{datetime.strptime(text.strip(), written):%Y%m%d}"  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return ""


def _lowered(text: str) -> str:
    # an address that lost its @ is a typing error, and compared as such
    return text.strip().lower()


def _phone(text: str) -> str:
    digits = _NO_DIGIT.sub("", text)
    return digits[-_PHONE_DIGITS:] if len(digits) >= _LEAST_PHONE else ""


def _number(text: str) -> str:
    plain = text.strip().lower().replace(",", "").lstrip("$€£ ")
    return _ZERO_FRACTION.sub("", plain) if plain else ""
