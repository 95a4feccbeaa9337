"""Single fields of a record: from whatever a source wrote to the type that a profile has, or a note why not."""

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import orjson

from creatorgraph.domain.profile import ProfileStatus

MAX_FIELD = 1 << 20
"""Characters of one field; a record with a longer one is rejected."""
MAX_ID = 1024
"""Bytes of a profile_id: a longer one is rejected. The indexes take two of them in 2,704 bytes."""
CAPS = {
    "profile_id": MAX_FIELD,  # cut, it would be another's
    "bio": 1 << 16,
    "display_name": 512,  # creators are indexed by it
    "username": 255,
    "account_id": 255,
    "language": 35,
    "avatar_hash": 128,
}
CAP = 1024
"""Characters that are kept of a field which CAPS does not name."""

_MAX_FOLLOWERS = 10_000_000_000
"""More than there are people: a number above it is a mistake of the source."""
_MAX_RATE = 1000.0
_MULTIPLES = {"": 1.0, "k": 1e3, "m": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9}
_COUNT = re.compile(r"(\d[\d.,'’_\s]*)\s*(k|m|mio|b|bn)?\.?\s*\+?", re.IGNORECASE)
# controls but tab and newline, and the invisible marks that change how text is shown
_CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SEPARATOR = re.compile(r"[\s;|]+|,(?=\s|https?:)")
"""What stands between items; URLs have commas."""
_SEPARATORS = {
    "email": re.compile(r"[\s;|,]+"),
    # numbers are written with spaces, dots, commas and slashes
    "phone": re.compile(r"[;|\n]|[,/]\s*(?=\+)"),
}
_TRUE = frozenset({"true", "yes", "y", "1", "t"})
_FALSE = frozenset({"false", "no", "n", "0", "f"})


class FieldError(Exception):
    """The value cannot be used; the message is the note, without the value."""


def clean_text(text: str) -> str:
    """`text` in NFC without NUL bytes, lone surrogates, control characters and outer white space."""
    if text.isascii():
        return (text if text.isprintable() else _CONTROL.sub("", text.replace("\x00", ""))).strip()
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\x00", ""))).strip()


def read_text(value: object, *, cap: int = CAP) -> str | None:
    """Text of at most `cap` characters; numbers are written out. Raises FieldError for lists and objects."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise FieldError("is not text")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) >= 1 << 64:
        raise FieldError("is not a number that can be kept")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return clean_text(str(value))[:cap].rstrip() or None


def read_count(value: object) -> int | None:
    """A count from 12300, "12,300", "12.3k" or "1.2M". Raises FieldError for negative and absurd ones."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise FieldError("is not a number")
    if isinstance(value, str):
        number = _count_of(value)
    elif isinstance(value, (int, float)):
        number = math.inf if abs(value) >= 1e300 else float(value)
    else:
        raise FieldError("is not a number")
    if number is None:
        return None
    if math.isnan(number):
        return None
    if number < 0:
        raise FieldError("is negative")
    if number > _MAX_FOLLOWERS:
        raise FieldError("is larger than any account has")
    return round(number)


def _count_of(text: str) -> float | None:
    folded = text.strip()
    if not folded:
        return None
    negative = folded.startswith(("-", "−"))
    match = _COUNT.fullmatch(folded.lstrip("-−+").strip()) if len(folded) <= 40 else None
    if match is None:
        raise FieldError("is not a number")
    digits = re.sub(r"['’_\s]", "", match[1])
    unit = (match[2] or "").lower()
    marks, groups = re.findall(r"[.,]", digits), re.split(r"[.,]", digits)
    # the last mark begins a fraction where it is another than those before (1.234,5), but 12,34,567 only has groups;
    # one by itself groups thousands in 12,300 and begins a fraction in 12.3k and 12.50
    grouped = len(marks) == 1 and len(groups[0]) <= 3 and len(groups[1]) == 3 and not unit
    if marks and marks[-1] not in marks[:-1] and groups[-1] and not grouped:
        number = float("".join(groups[:-1]) + "." + groups[-1])
    else:
        number = float("".join(groups))
    return (-1 if negative else 1) * number * _MULTIPLES[unit]


def read_rate(value: object) -> float | None:
    """A rate in percent from 3.2, "3.2" or "3,2 %". Raises FieldError outside 0 to 1000."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            number = float(value.strip().rstrip("%").strip().replace(",", "."))
        except ValueError:
            raise FieldError("is not a number") from None
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        number = math.inf if abs(value) >= 1e300 else float(value)
    else:
        raise FieldError("is not a number")
    if math.isnan(number):
        return None
    if not 0 <= number <= _MAX_RATE:
        raise FieldError("is outside 0 to 1000 percent")
    return number


def read_flag(value: object) -> bool | None:
    """True or False from booleans, 0 and 1, yes and no. Raises FieldError for anything else."""
    if value is None or isinstance(value, bool):
        return value
    folded = str(value).strip().lower() if isinstance(value, (str, int, float)) else "?"
    if folded.removesuffix(".0") in _TRUE:
        return True
    if folded.removesuffix(".0") in _FALSE:
        return False
    if not folded:
        return None
    raise FieldError("is neither true nor false")


def read_status(value: object) -> ProfileStatus:
    """The status; ACTIVE where none is given. Raises FieldError for unknown words."""
    text = read_text(value)
    if text is None:
        return ProfileStatus.ACTIVE
    try:
        return ProfileStatus(text.lower())
    except ValueError:
        raise FieldError(f"is none of {', '.join(ProfileStatus)}") from None


def read_time(value: object) -> datetime | None:
    """A time with zone from ISO 8601 text (UTC where it has none), a date (its midnight), seconds or milliseconds since 1970."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, datetime):
            moment = value
        elif isinstance(value, date):
            moment = datetime.combine(value, time(), tzinfo=UTC)
        elif isinstance(value, str):
            moment = datetime.fromisoformat(value.strip())
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            moment = datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, tz=UTC)
        else:
            raise FieldError("is not a time")
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise FieldError("is not a time") from None
    if not 1990 <= moment.year <= 2200:
        raise FieldError("is not a time that a profile can have been seen at")
    return moment


def read_items(value: object, *, field: str) -> list[object]:
    """The items of a field that may be a list, a JSON array as text, or text with the separators of that field between them."""
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            try:
                decoded = orjson.loads(value)
            except orjson.JSONDecodeError:
                decoded = None
            if isinstance(decoded, list):
                return decoded
        return list(_SEPARATORS.get(field, _SEPARATOR).split(value.strip()))
    if isinstance(value, (list, tuple)):
        return list(value)
    if hasattr(value, "tolist"):
        return list(value.tolist())
    return [value]


def total_length(value: object) -> int:
    """Characters of text, summed over lists and objects; counting stops above MAX_FIELD."""
    if isinstance(value, str):
        return len(value)
    total = 0
    waiting = [value]
    while waiting and total <= MAX_FIELD:
        item = waiting.pop()
        if isinstance(item, (str, bytes)):
            total += len(item)
        elif isinstance(item, Mapping):
            total += len(item)
            waiting.extend(item.values())
            total += sum(len(key) for key in item if isinstance(key, str))
        elif isinstance(item, (list, tuple)):
            total += len(item)
            waiting.extend(item)
    return total
