"""A record of any source becomes a `Profile`, its safe payload and notes, or is rejected with a reason."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId, ProfileStatus
from creatorgraph.ingest.avatar import PICTURE, avatar_hash_of, without_picture
from creatorgraph.ingest.bio_text import mask_contacts, mask_emails, read_bio
from creatorgraph.ingest.contact import ContactHasher, normal_email
from creatorgraph.ingest.field import (
    CAP,
    CAPS,
    MAX_FIELD,
    MAX_ID,
    FieldError,
    clean_text,
    read_count,
    read_flag,
    read_items,
    read_rate,
    read_status,
    read_text,
    read_time,
    total_length,
)
from creatorgraph.ingest.identifier_set import IdentifierSet, PlainContact
from creatorgraph.ingest.platform_table import platform_of
from creatorgraph.ingest.platform_url import PlatformAccount, account_url, canonical_username, parse_url
from creatorgraph.ingest.redaction import redact
from creatorgraph.ingest.region import region_of
from creatorgraph.ingest.reject import Rejected, RejectReason
from creatorgraph.ingest.word import words

MAX_LINKS = 1000
FIELDS = words(
    "profile_id platform username display_name bio website links email location language followers category company job_title "
    "account_id url phone engagement_rate verified status avatar avatar_hash observed_at mentions consent"
)
"""Every field that a record may have; others are kept in the payload only."""

_Value = TypeVar("_Value")
_SHORT = frozenset({type(None), bool, int, float})
_PLAIN_TEXT = ("display_name", "location", "language", "category", "company", "job_title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """`redacted` is the payload as it may be stored. `notes` say what was dropped or changed, without values.

    `contacts` holds plain emails and phone numbers only where the record states consent; the store encrypts them.
    """

    profile: Profile
    redacted: dict[str, object]
    notes: tuple[str, ...] = ()
    contacts: tuple[PlainContact, ...] = ()


def parse_record(
    record: Mapping[str, object], *, hasher: ContactHasher, where: str, folder: Path | None = None, payload: bool = True
) -> Parsed | Rejected:
    """The profile that `record` describes. `where` (file and line) is put before each note, `folder` holds the pictures that
    records name. Without `payload`, `redacted` stays empty. Never raises for bad data."""
    for name, value in record.items():
        short = type(value) in _SHORT or (type(value) is str and len(value) <= MAX_FIELD)
        if not short and name != PICTURE and total_length(value) > MAX_FIELD:
            return Rejected(
                reason=RejectReason.FIELD_TOO_LARGE,
                detail=f"a field has more than {MAX_FIELD} characters",
                field=name if isinstance(name, str) and name in FIELDS else "(another column)",
            )
    return _Record(record, hasher, where, folder).parse(payload)


class _Record:
    """One record on its way; holds what the steps share."""

    def __init__(self, record: Mapping[str, object], hasher: ContactHasher, where: str, folder: Path | None) -> None:
        self._record = record
        self._hasher = hasher
        self._where = where
        self._folder = folder
        self._notes: list[str] = []

    def parse(self, payload: bool) -> Parsed | Rejected:
        raw_platform = self._text("platform")
        own = self._own_account()
        if raw_platform is None and own is None:
            return Rejected(
                reason=RejectReason.MISSING_PLATFORM, detail="neither a platform nor an account URL", field="platform"
            )
        platform = platform_of(raw_platform) if raw_platform is not None else own.platform if own else Platform.OTHER
        if own is not None and own.platform is not platform:
            own = None

        plain = {name: self._text(name) for name in _PLAIN_TEXT}
        region = region_of(plain["location"], plain["language"])
        found = IdentifierSet(platform=platform, hasher=self._hasher, region=region)
        username, canonical = self._username(platform, own, found)
        account_id = self._text("account_id") or (own.account_id if own else None)
        profile_id = self._text("profile_id")
        if profile_id is None:
            if canonical is None and account_id is None:
                detail = "no profile_id, and no platform and username to make one from"
                return Rejected(reason=RejectReason.MISSING_PROFILE_ID, detail=detail, field="profile_id")
            profile_id = f"{platform}:{canonical if canonical is not None else account_id}"
        if len(profile_id.encode()) > MAX_ID:
            detail = f"it has more than {MAX_ID} bytes"
            return Rejected(reason=RejectReason.FIELD_TOO_LARGE, detail=detail, field="profile_id")
        if canonical is not None and platform is not Platform.WEBSITE:
            place = f"{re.sub(r'[^a-z0-9]+', '_', (raw_platform or '').lower())}/" if platform is Platform.OTHER else ""
            found.own(IdentifierKind.USERNAME, f"{platform}:{place}{canonical}", "username")
        if account_id is not None:
            found.own(IdentifierKind.ACCOUNT_ID, f"{platform}:{account_id}", "account_id")
        if canonical is None and account_id is not None and platform is Platform.WHATSAPP:
            found.phone(f"+{account_id}", "account_id")

        if canonical is not None and platform is Platform.BLUESKY and not canonical.endswith(".bsky.social"):
            # a handle that is a domain was proved by its owner
            found.url(canonical, "username")
        website = self._website(found)
        links = self._links(found)
        url = self._url(platform, own, canonical, website, found)
        for text in self._list("email"):
            if not found.email(text, "email"):
                self._note("email", "is not a valid address")
        for text in self._list("phone"):
            if not found.phone(text, "phone"):
                self._note("phone", "is not a valid number" if region else "is not a valid international number")
        bio = self._bio(region, found)
        for text in self._list("mentions"):
            found.named(text, "mentions")

        consent = self._read("consent", read_flag) or False
        profile = Profile(
            profile_id=ProfileId(profile_id),
            platform=platform,
            username=username,
            account_id=account_id,
            url=url,
            display_name=self._masked(plain["display_name"], region),
            bio=bio,
            website=website,
            links=links,
            location=self._masked(plain["location"], region),
            language=plain["language"],
            category=self._masked(plain["category"], region),
            company=self._masked(plain["company"], region),
            job_title=self._masked(plain["job_title"], region),
            followers=self._read("followers", read_count),
            engagement_rate=self._read("engagement_rate", read_rate),
            verified=self._read("verified", read_flag),
            status=self._read("status", read_status) or ProfileStatus.ACTIVE,
            avatar_hash=avatar_hash_of(self._record, self._folder, self._note),
            observed_at=self._read("observed_at", read_time),
            identifiers=found.all(),
        )
        redacted = redact(without_picture(self._record), region=region) if payload else None
        notes = (*self._notes, *(f"{self._where}: {note}" for note in found.notes))
        return Parsed(
            profile=profile,
            redacted=redacted if isinstance(redacted, dict) else {},
            notes=notes,
            contacts=tuple(found.contacts) if consent else (),
        )

    def _note(self, field: str, text: str) -> None:
        self._notes.append(f"{self._where}: {field} {text}")

    def _read(self, field: str, reader: Callable[[object], _Value]) -> _Value | None:
        try:
            return reader(self._record.get(field))
        except FieldError as error:
            self._note(field, f"{error}; it was dropped")
            return None

    def _text(self, field: str) -> str | None:
        value = self._record.get(field)
        if value is None:
            return None
        cap = CAPS.get(field, CAP)
        if isinstance(value, str):
            if "\x00" in value:
                self._note(field, "had NUL bytes; they were taken out")
            if len(value) > cap:
                self._note(field, f"was cut to {cap} characters")
            return read_text(value, cap=cap)
        return self._read(field, lambda given: read_text(given, cap=cap))

    def _masked(self, text: str | None, region: str | None) -> str | None:
        return None if text is None else mask_contacts(text, region=region)[0]

    def _own_account(self) -> PlatformAccount | None:
        """The account that `url`, or a username written as a URL, names."""
        for field in ("url", "username"):
            value = self._record.get(field)
            if isinstance(value, str) and ("/" in value or field == "url"):
                parsed = parse_url(value)
                if isinstance(parsed, PlatformAccount):
                    return parsed
        return None

    def _username(
        self, platform: Platform, own: PlatformAccount | None, found: IdentifierSet
    ) -> tuple[str | None, str | None]:
        """The username as the source spells it, and in canonical form."""
        text = self._text("username")
        if text is None or "/" in text:
            if text is not None and (own is None or own.username is None) and "://" not in text and "@" not in text:
                canonical = canonical_username(platform, text)
                return (text, canonical) if canonical else (None, None)
            return (own.username, own.username) if own else (None, None)
        spelled = text.removeprefix("@").strip()
        if platform is not Platform.MASTODON and "@" in spelled:
            if normal_email(spelled) is not None:
                found.email(spelled, "username")
                self._note("username", "is an email address; it was kept as one")
                return (own.username, own.username) if own else (None, None)
            spelled = mask_contacts(spelled)[0]
        canonical = canonical_username(platform, spelled)
        if canonical is None and platform is Platform.MASTODON and own is not None:
            canonical = own.username
        if canonical is None and platform is Platform.MASTODON:
            other = parse_url(f"@{spelled}")
            if isinstance(other, PlatformAccount):
                # name@host of a platform that has a name of its own here
                found.account(other, "username")
        if canonical is None:
            self._note("username", f"is not a name that {platform} gives; it is kept as text and identifies nothing")
        return spelled or None, canonical

    def _url(
        self,
        platform: Platform,
        own: PlatformAccount | None,
        canonical: str | None,
        website: str | None,
        found: IdentifierSet,
    ) -> str | None:
        if own is not None and own.platform is not Platform.WHATSAPP:
            return own.url
        given = self._record.get("url")
        if isinstance(given, str) and given.strip():
            return found.url(clean_text(given)[: CAP * 2], "url")
        if platform is Platform.WEBSITE:
            return website
        return account_url(platform, canonical) if canonical is not None else None

    def _website(self, found: IdentifierSet) -> str | None:
        kept = [url for text in self._list("website") if (url := found.url(text, "website"))]
        return mask_emails(kept[0]) if kept else None

    def _links(self, found: IdentifierSet) -> tuple[str, ...]:
        kept = (found.url(text, "links") for text in self._list("links"))
        return tuple(dict.fromkeys(mask_emails(url) for url in kept if url))

    def _bio(self, region: str | None, found: IdentifierSet) -> str | None:
        text = self._text("bio")
        if text is None:
            return None
        bio = read_bio(text, region=region)
        for email in bio.emails:
            found.email(email, "bio")
        for phone in bio.phones:
            found.phone(phone, "bio")
        for platform, username in bio.accounts:
            found.account_name(platform, username, "bio")
        for url in bio.urls:
            found.url(url, "bio")
        for handle in bio.handles:
            found.mention(handle, "bio")
        return bio.masked

    def _list(self, field: str) -> Iterator[str]:
        """The texts of a field that may be a list, a list of objects with a `url`, a JSON array as text, or separated text."""
        value = self._record.get(field)
        if value is None or value == "":
            return
        count = 0
        for item in read_items(value, field=field):
            if isinstance(item, Mapping):
                item = item.get("url") or item.get("href") or item.get("value")
            if isinstance(item, (int, float)) and not isinstance(item, bool) and field == "phone":
                item = str(item)
            if not isinstance(item, str):
                if item is not None:
                    self._note(field, "has an entry that is not text; it was dropped")
                continue
            text = clean_text(item)
            if text:
                count += 1
                if count > MAX_LINKS:
                    self._note(field, f"has more than {MAX_LINKS} entries; the rest was dropped")
                    return
                yield text
