"""One private record: read as ingest reads one, so that it is matched like one; contacts become keyed hashes at once."""

import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import orjson

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.private import CONTACT_KINDS
from creatorgraph.domain.profile import Profile
from creatorgraph.ingest.bio_text import mask_contacts
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.identifier_set import PlainContact
from creatorgraph.ingest.record import parse_record
from creatorgraph.ingest.reject import Rejected
from creatorgraph.services.arrival.match import ASKED

MOST_REF = 200
MOST_NOTE = 4_000
MOST_TEXT = 1_000
"""Characters."""
MOST_CONTACTS = 20
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateRecord:
    """What a tenant gives. Contacts are kept in full (encrypted) only with `consent`; without it they can be matched alone.

    `consent_at` is when the person agreed; None: it is taken to be now.
    """

    ref: str
    platform: Platform | None = None
    username: str | None = None
    url: str | None = None
    display_name: str | None = None
    bio: str | None = None
    location: str | None = None
    website: str | None = None
    note: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    consent: bool = False
    consent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord:
    """As it is stored: the profile without plain contacts, its contacts, and a digest of all that was given."""

    ref: str
    profile: Profile
    note: str | None
    contacts: tuple[Identifier, ...]
    plain: tuple[PlainContact, ...]
    consent: bool
    consent_at: datetime | None
    digest: bytes


def read_private(given: PrivateRecord, secret: bytes) -> ReadRecord:
    """
    Raises:
        InvalidInputError: nothing is known of the person, a contact is none, or a text cannot be stored.
    """
    _check(given)
    texts: dict[str, object] = {
        name: getattr(given, name)
        for name in ("username", "url", "display_name", "bio", "location", "website")
        if getattr(given, name) is not None
    }
    if not texts and not given.emails and not given.phones:
        raise InvalidInputError("nothing is known of the person", mend="Give at least one text, such as username.")
    platform = given.platform or (None if given.url else Platform.OTHER)
    record = {**texts, "profile_id": ASKED, "email": list(given.emails), "phone": list(given.phones), "consent": True}
    if platform is not None:
        record["platform"] = platform.value
    parsed = parse_record(record, hasher=ContactHasher(secret), where="profile", payload=False)
    if isinstance(parsed, Rejected):
        raise InvalidInputError(
            parsed.detail, where=parsed.field, mend="Give a platform, or the address of an account."
        )
    contacts = tuple({(each.kind, each.value): each for each in parsed.profile.identifiers if _contact(each)}.values())
    for field, kind in (("emails", IdentifierKind.EMAIL), ("phones", IdentifierKind.PHONE)):
        given_so = len(set(getattr(given, field)))
        if given_so and not any(each.kind is kind for each in contacts):
            raise InvalidInputError(
                "this is no contact that can be reached", where=field, mend="Give name@host, or +49… with country code."
            )
    note = None if given.note is None else mask_contacts(given.note, region=None)[0]
    return ReadRecord(
        ref=given.ref,
        profile=parsed.profile,
        note=note,
        contacts=contacts,
        plain=parsed.contacts if given.consent else (),
        consent=given.consent,
        consent_at=given.consent_at,
        digest=_digest(given, secret),
    )


def stored_columns(read: ReadRecord) -> dict[str, object]:
    """The record as a row of the table, without its ids."""
    profile = read.profile
    accounts = profile.identifier_values(IdentifierKind.USERNAME)
    return {
        "ref": read.ref,
        "platform": profile.platform.value,
        "account": accounts[0] if accounts else None,
        "username": profile.username,
        "account_id": profile.account_id,
        "url": profile.url,
        "display_name": profile.display_name,
        "bio": profile.bio,
        "location": profile.location,
        "website": profile.website,
        "note": read.note,
        "identifiers": [asdict(each) for each in profile.identifiers],
        "digest": read.digest,
    }


def stored_profile(columns: Mapping[str, object]) -> Profile:
    """The profile of such a row, to be matched."""
    texts = ("username", "account_id", "url", "display_name", "bio", "location", "website")
    listed = columns["identifiers"]
    identifiers = [
        Identifier(kind=IdentifierKind(each["kind"]), value=each["value"], shown=each["shown"], field=each["field"])
        for each in (listed if isinstance(listed, list) else ())
    ]
    return Profile(
        profile_id=ASKED,
        platform=Platform(str(columns["platform"])),
        identifiers=tuple(identifiers),
        **{name: columns[name] for name in texts},  # type: ignore[arg-type]
    )


def _check(given: PrivateRecord) -> None:
    if not given.ref or len(given.ref) > MOST_REF or not given.ref.isprintable() or "/" in given.ref:
        raise InvalidInputError(
            "this is no key of a record",
            where="ref",
            mend=f"Give 1 to {MOST_REF} printable characters without a slash.",
        )
    if len(given.emails) + len(given.phones) > MOST_CONTACTS:
        raise InvalidInputError("these are too many contacts", where="emails", mend=f"Give {MOST_CONTACTS} at most.")
    agreed, now = given.consent_at, datetime.now(UTC)
    if agreed is not None and (agreed.tzinfo is None or not _EARLIEST <= agreed <= now + timedelta(days=1)):
        raise InvalidInputError(
            "nobody agreed then", where="consent_at", mend="Give a moment since 1970 that has come, with its offset."
        )
    named = {name: value for name, value in asdict(given).items() if isinstance(value, str)}
    listed = {"emails": " ".join(given.emails), "phones": " ".join(given.phones)}
    for name, value in (named | listed).items():
        most = MOST_NOTE if name in ("note", "emails", "phones") else MOST_TEXT
        if len(value) > most or "\x00" in value or not _encodes(value):
            raise InvalidInputError(
                f"this text cannot be stored: more than {most} characters, or a NUL or half a surrogate pair in it",
                where=name,
                mend="Shorten or clean it.",
            )


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _contact(each: Identifier) -> bool:
    return each.kind in CONTACT_KINDS


def _digest(given: PrivateRecord, secret: bytes) -> bytes:
    said = orjson.dumps(asdict(given), option=orjson.OPT_SORT_KEYS)
    return hmac.digest(secret, b"private record:" + said, "sha256")
