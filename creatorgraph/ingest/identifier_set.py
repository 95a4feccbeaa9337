"""Collects the identifiers of one profile: each once, its own account never as another's."""

from dataclasses import dataclass

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.contact import ContactHasher, normal_email, normal_phone
from creatorgraph.ingest.platform_table import platform_of
from creatorgraph.ingest.platform_url import (
    PlainUrl,
    PlatformAccount,
    Refusal,
    RefusalReason,
    canonical_username,
    parse_url,
)

MAX_VALUE = 2000
"""Bytes of an identifier; PostgreSQL's index takes 2,704 with its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainContact:
    """A contact that the source lets us keep in plain text; `value` is the hash of the identifier that it belongs to."""

    kind: IdentifierKind
    value: str
    plain: str
    field: str


class IdentifierSet:
    """The identifiers found so far, in order, with notes on what was refused."""

    def __init__(self, *, platform: Platform, hasher: ContactHasher, region: str | None) -> None:
        self._platform = platform
        self._hasher = hasher
        self._region = region
        self._found: dict[tuple[IdentifierKind, str], Identifier] = {}
        self._own: set[str] = set()
        self.contacts: list[PlainContact] = []
        self.notes: list[str] = []

    def all(self) -> tuple[Identifier, ...]:
        return tuple(self._found.values())

    def own(self, kind: IdentifierKind, value: str, field: str) -> None:
        """The profile's own USERNAME or ACCOUNT_ID."""
        self._own.add(value)
        self._add(kind, value, value, field)

    def account(self, account: PlatformAccount, field: str) -> None:
        if account.key not in self._own:
            self._add(IdentifierKind.ACCOUNT, account.key, account.key, field)

    def account_name(self, platform: Platform, username: str, field: str) -> None:
        """An account by its canonical name."""
        value = f"{platform}:{username}"
        if value not in self._own:
            self._add(IdentifierKind.ACCOUNT, value, value, field)

    def mention(self, handle: str, field: str) -> None:
        """An @handle: on the profile's own platform where it has names of its own kind, else on any."""
        if self._platform.one_account_each and self._platform is not Platform.MASTODON:
            name = canonical_username(self._platform, handle)
            value = None if name is None else f"{self._platform}:{name}"
        else:
            value = f"*:{handle.lower()}"
        if value is not None and value not in self._own:
            self._add(IdentifierKind.MENTION, value, f"@{value.partition(':')[2]}", field)

    def email(self, text: str, field: str) -> bool:
        """Whether `text` is an address; its hash, and that of its local part, are added."""
        found = self._hasher.email(text, field=field)
        if found is None:
            return False
        if (found.kind, found.value) not in self._found:
            self._found[found.kind, found.value] = found
            self.contacts.append(
                PlainContact(kind=found.kind, value=found.value, plain=normal_email(text) or "", field=field)
            )
            local = self._hasher.email_local(text, field=field)
            if local is not None:
                self._found.setdefault((local.kind, local.value), local)
        return True

    def phone(self, text: str, field: str) -> bool:
        """Whether `text` is a phone number; its hash is added."""
        found = self._hasher.phone(text, self._region, field=field)
        if found is None:
            return False
        if (found.kind, found.value) not in self._found:
            self._found[found.kind, found.value] = found
            plain = normal_phone(text, self._region) or ""
            self.contacts.append(PlainContact(kind=found.kind, value=found.value, plain=plain, field=field))
        return True

    def url(self, text: str, field: str) -> str | None:
        """Adds what `text` points at; the URL to keep in the profile, None where it holds a contact or is no URL."""
        lowered = text[:7].lower()
        if lowered == "mailto:":
            if not self.email(text[7:].partition("?")[0].replace("%40", "@"), field):
                self.notes.append(f"{field}: a mailto link without a valid address")
            return None
        if lowered[:4] == "tel:":
            if not self.phone(text[4:], field):
                self.notes.append(f"{field}: a tel link without a valid number")
            return None
        parsed = parse_url(text)
        if isinstance(parsed, Refusal):
            if parsed.reason is RefusalReason.CREDENTIALS and parsed.stripped is not None:
                self.notes.append(f"{field}: {parsed.reason}: {parsed.detail}; they were taken off")
                return self.url(parsed.stripped, field)
            if parsed.reason is RefusalReason.NOT_A_URL and "@" in text and self.email(text, field):
                return None
            self.notes.append(f"{field}: {parsed.reason}: {parsed.detail}")
            readable = (
                RefusalReason.SHORTENER,
                RefusalReason.CONTENT,
                RefusalReason.PLATFORM_PAGE,
                RefusalReason.INVALID_USERNAME,
            )
            return text if parsed.reason in readable else None
        if isinstance(parsed, PlatformAccount):
            if parsed.platform is Platform.WHATSAPP and parsed.account_id:
                # the account's name is a phone number, so it is kept as one
                self.phone(f"+{parsed.account_id}", field)
                return None
            self.account(parsed, field)
            return parsed.url
        self._plain(parsed, field)
        return parsed.url

    def named(self, text: str, field: str) -> None:
        """A mention in a list: an @handle, `platform:name`, `@name@host` or a URL."""
        name = text.strip()
        platform_name, colon, rest = name.partition(":")
        if colon and not rest.startswith("//"):
            platform = platform_of(platform_name)
            username = canonical_username(platform, rest) if platform.one_account_each else None
            if username is not None:
                self.account_name(platform, username, field)
                return
        parsed = parse_url(name)
        if isinstance(parsed, PlatformAccount):
            self.account(parsed, field)
        elif name.startswith("@") or ("." not in name and "/" not in name and name):
            self.mention(name.removeprefix("@"), field)
        elif not isinstance(parsed, Refusal):
            self._plain(parsed, field)

    def _plain(self, page: PlainUrl, field: str) -> None:
        self._add(IdentifierKind.URL, page.url, page.url, field)
        if not page.shared:
            self._add(IdentifierKind.HOST, page.host, page.host, field)
        if page.owner is not None:
            self.account(page.owner, field)

    def _add(self, kind: IdentifierKind, value: str, shown: str, field: str) -> None:
        if len(value.encode()) > MAX_VALUE:
            self.notes.append(f"{field}: longer than {MAX_VALUE} bytes; it ties nothing")
            return
        key = (kind, value)
        if key not in self._found:
            self._found[key] = Identifier(kind=kind, value=value, shown=shown, field=field)
