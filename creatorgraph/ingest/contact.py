"""Emails and phone numbers: normalised, hashed with a key, and masked for people."""

import hmac
import re
from functools import lru_cache

import phonenumbers
from anyascii import anyascii
from email_validator import EmailNotValidError, validate_email

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.ingest.word import words

_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_SHARED_LOCAL = words(
    "admin administration bookings booking business collab collabs contact contactme contactus enquiries enquiry events "
    "hello help hey hi hola info inquiries inquiry jobs mail mailbox management marketing me media newsletter noreply "
    "office partnerships pr press sales social sponsor sponsors sponsorship support team webmaster work"
)
"""Local parts that say what a mailbox is for, not whose it is; too common to compare with usernames."""
_RESERVED_MAIL = (".example", ".test")


@lru_cache(maxsize=1 << 15)
def normal_email(text: str) -> str | None:
    """The address in the form that is compared, None where `text` is no address. Nothing is asked of DNS.

    Lower case throughout (no large host tells cases apart), the host in ASCII, `+tag` taken off everywhere (it names a
    folder of the same mailbox), dots taken out and googlemail.com written gmail.com for Google's mailboxes, which ignore both.
    """
    trimmed = text.strip().strip("<>\"'.,;:()[]")
    if len(trimmed) > 320 or "@" not in trimmed:
        return None
    try:
        # test_environment lets the documentation suffix .test pass
        checked = validate_email(
            trimmed, check_deliverability=False, test_environment=trimmed.lower().endswith(_RESERVED_MAIL)
        )
    except (EmailNotValidError, ValueError):
        return None
    local = checked.local_part.lower().partition("+")[0] or checked.local_part.lower()
    domain = (checked.ascii_domain or checked.domain).lower()
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local else None


@lru_cache(maxsize=1 << 15)
def normal_phone(text: str, region: str | None = None) -> str | None:
    """The number in E.164, None where it is no valid number. Without a region only the international form is read."""
    if len(text) > 64:
        return None
    international = re.sub(r"^\s*00(?=[1-9])", "+", text)
    try:
        number = phonenumbers.parse(international, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mask_email(normal: str) -> str:
    """`m***@e***.com` for a normalised address."""
    local, _, domain = normal.rpartition("@")
    name, _, suffix = domain.partition(".")
    return f"{local[:1]}***@{name[:1]}***.{suffix}" if suffix else f"{local[:1]}***@{name[:1]}***"


def mask_phone(e164: str) -> str:
    """`+49 *** **12` for a number in E.164."""
    return f"+{phonenumbers.parse(e164).country_code} *** **{e164[-2:]}"


def fold_local(text: str) -> str:
    """A local part or a username as lower-case ASCII letters and digits only, so that the two can be compared."""
    return re.sub(r"[^a-z0-9]", "", anyascii(text).lower())


class ContactHasher:
    """HMAC-SHA-256 with the installation's key. The kind is part of the message: equal texts of two kinds differ."""

    def __init__(self, key: bytes) -> None:
        """`key`: at least 16 bytes, kept secret; with another key nothing compares with what was stored."""
        if len(key) < 16:
            raise ValueError("the contact key needs at least 16 bytes")
        self._key = key

    def email(self, text: str, *, field: str = "email") -> Identifier | None:
        """The address as an EMAIL identifier, None where it is none."""
        normal = normal_email(text)
        if normal is None:
            return None
        return Identifier(
            kind=IdentifierKind.EMAIL,
            value=self._digest(IdentifierKind.EMAIL, normal),
            shown=mask_email(normal),
            field=field,
        )

    def email_local(self, text: str, *, field: str = "email") -> Identifier | None:
        """The address's folded local part; None also where it names a purpose (info@) or is shorter than four characters."""
        normal = normal_email(text)
        if normal is None:
            return None
        local = fold_local(normal.rpartition("@")[0])
        if len(local) < 4 or local in _SHARED_LOCAL:
            return None
        return Identifier(
            kind=IdentifierKind.EMAIL_LOCAL, value=self.local_value(local), shown=f"{local[0]}***", field=field
        )

    def local_value(self, username: str) -> str:
        """What an EMAIL_LOCAL identifier would hold for `username`, to compare the two without plain text."""
        return self._digest(IdentifierKind.EMAIL_LOCAL, fold_local(username))

    def phone(self, text: str, region: str | None = None, *, field: str = "phone") -> Identifier | None:
        """The number as a PHONE identifier, None where it is none. `region` is a two-letter code."""
        normal = normal_phone(text, region)
        if normal is None:
            return None
        return Identifier(
            kind=IdentifierKind.PHONE,
            value=self._digest(IdentifierKind.PHONE, normal),
            shown=mask_phone(normal),
            field=field,
        )

    def _digest(self, kind: IdentifierKind, normal: str) -> str:
        return hmac.digest(self._key, f"{kind}:{normal}".encode(), "sha256").hex()
