"""The payload as it may be stored: emails and phone numbers masked wherever they stand, NUL bytes and URL credentials gone."""

import re
from functools import lru_cache

from creatorgraph.ingest.bio_text import mask_contacts, mask_emails
from creatorgraph.ingest.contact import mask_phone, normal_phone

MAX_DEPTH = 32
"""Levels of nesting that are kept."""
MAX_RAW = 4096
"""Characters of a rejected record's text that are kept."""

_MAX_KEY = 255
_RISKY = re.compile(r"[\x00@]|\d[\s().\-/]{0,3}\d[\s().\-/]{0,3}\d[\s().\-/]{0,3}\d|[\[({<][aA][tT][\])}>]")
"""What an ASCII text must contain to need any change; most texts do not."""
_CREDENTIALS = re.compile(r"(?<=://)[^\s/?#@]{1,512}@")
_WHATSAPP = re.compile(r"((?:wa\.me/|phone=|tel:)(?:\+|%2B)?)(\d{5,13})(\d{2})(?!\d)", re.IGNORECASE)
_PHONE_KEY = re.compile(r"phone|mobile|whatsapp|\btel\b|tel_|fax|cell|contact_n|handy", re.IGNORECASE)
_DIGITS = re.compile(r"\d")


def redact_text(text: str, *, region: str | None = None) -> str:
    """`text` without NUL bytes, lone surrogates, URL credentials, and with emails and phone numbers masked."""
    if text.isascii() and not _RISKY.search(text):
        return text
    if "\x00" in text:
        text = text.replace("\x00", "")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    if "://" in text and "@" in text:
        text = _CREDENTIALS.sub("", text)
    if "wa.me/" in text or "phone=" in text or "tel:" in text:
        text = _WHATSAPP.sub(r"\1***\3", text)
    if text.startswith(("https://", "http://")) and " " not in text:
        return mask_emails(text)
    return mask_contacts(text, region=region)[0]


def redact(value: object, *, region: str | None = None, phone: bool = False, depth: int = 0) -> object:
    """A copy of JSON-like `value` that is safe to store. `phone`: the value stands under a key that names phone numbers."""
    if value is None:
        return None
    if isinstance(value, str):
        return _redact_number(value, region) if phone and _DIGITS.search(value) else redact_text(value, region=region)
    if phone and isinstance(value, (int, float)) and not isinstance(value, bool):
        return _redact_number(str(value), region)
    if isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        # JSON and PostgreSQL's jsonb take any number, orjson 64 bits
        return value if -(1 << 63) <= value < 1 << 64 else str(value)
    if depth >= MAX_DEPTH:
        return None
    if isinstance(value, dict):
        safe = {}
        for key, inner in value.items():
            name, names_phone = _safe_key(str(key)[:_MAX_KEY])
            safe[name] = redact(inner, region=region, phone=phone or names_phone, depth=depth + 1)
        return safe
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redact(inner, region=region, phone=phone, depth=depth + 1) for inner in value]
    return redact_text(str(value), region=region)


@lru_cache(maxsize=1024)
def _safe_key(key: str) -> tuple[str, bool]:
    """The key with contacts masked, and whether it names phone numbers."""
    return redact_text(key), _PHONE_KEY.search(key) is not None


def _redact_number(text: str, region: str | None) -> str:
    normal = normal_phone(text, region)
    if normal is not None:
        return mask_phone(normal)
    digits = _DIGITS.findall(text)
    # no number that we can read, but it stands where numbers stand
    return f"*** **{''.join(digits[-2:])}" if len(digits) >= 5 else redact_text(text, region=region)


def redact_raw(raw: str) -> str:
    """The bounded, safe text of a record that could not be parsed."""
    # masked before it is cut, so that the cut cannot leave half an address
    return redact_text(raw[: MAX_RAW + 512])[:MAX_RAW]
