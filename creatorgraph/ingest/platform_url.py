"""One parser for every URL: an account of a known platform, a plain page, or a refusal with its reason."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.account import (
    FEDIVERSE_NAME,
    PlatformAccount,
    account_url,
    canonical_username,
    fediverse_account,
    platform_account,
)
from creatorgraph.ingest.field import clean_text
from creatorgraph.ingest.host import (
    CONTENT_HOSTS,
    SHORTENERS,
    ascii_host,
    has_public_suffix,
    is_private,
    is_shared,
    site_of,
)
from creatorgraph.ingest.platform_rule import CONTENT_WORDS, PlatformRule
from creatorgraph.ingest.platform_table import OWNED_SUFFIXES, rule_of_host

__all__ = [
    "ParsedUrl",
    "PlainUrl",
    "PlatformAccount",
    "Refusal",
    "RefusalReason",
    "account_url",
    "canonical_username",
    "parse_url",
]

MAX_URL = 2048
"""Characters; longer text is refused before it is parsed."""


class RefusalReason(StrEnum):
    NOT_A_URL = "not_a_url"
    TOO_LONG = "too_long"
    UNSUPPORTED_SCHEME = "unsupported_scheme"
    CREDENTIALS = "credentials"
    PRIVATE_ADDRESS = "private_address"
    SHORTENER = "shortener"
    PLATFORM_PAGE = "platform_page"
    """The platform's own start, help, login or search page."""
    CONTENT = "content"
    """A post, video, repository, invitation or other piece, not the account."""
    INVALID_USERNAME = "invalid_username"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainUrl:
    """A page that is no account of a known platform.

    `host` is what one owner controls (the registrable domain, or the full name below a shared suffix). `shared` says that
    many people have pages there, so that only the whole URL ties profiles together. `owner` is the account that the site
    belongs to by the platform's rule (name.github.io).
    """

    url: str
    host: str
    shared: bool = False
    owner: PlatformAccount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a text is neither. `detail` quotes nothing of it; `stripped` is the URL without the credentials it had."""

    reason: RefusalReason
    detail: str
    stripped: str | None = None


ParsedUrl = PlatformAccount | PlainUrl | Refusal

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):(?!\d)")
_SLIPS = re.compile(r"^(?:https?:[/\\ ]*)+", re.IGNORECASE)
_HOST_LIKE = re.compile(r"[^\s/?#@]+\.[^\W\d_][\w\-]*(?::\d{1,5})?(?=[/?#]|$)")
_FEDIVERSE_PATH = re.compile(r"(?:web/)?@([A-Za-z0-9_][\w.\-]*)(?:@([\w.\-]+))?(/.*)?", re.ASCII)
_MULTI_USER_PATH = re.compile(
    r"/(?:[@~]|(?:u|user|users|profile|profiles|people|members?|in|freelancers)/)", re.IGNORECASE
)
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|yclid|igsh(?:id)?|mc_[ce]id|ref|ref_.*|refsrc|source|src|si|feature|lipi|trk|_ga|_gl|mibextid"
    r"|original_referer|hl|lang|locale|s|t|app|is_from_webapp|sender_device|share_.*|_t|_r|originalsubdomain",
    re.IGNORECASE,
)
_DOCUMENTATION = (".example", ".test")
"""Suffixes that the public list lacks but examples and generated data use (RFC 2606)."""
NOT_FEDIVERSE = frozenset(
    [
        "mirror.xyz",
        "replit.com",
        "speakerdeck.com",
        "steemit.com",
        "hive.blog",
        "peakd.com",
        "tistory.com",
    ]
)
"""Sites with accounts at /@name that do not speak ActivityPub."""


@lru_cache(maxsize=1 << 15)
def parse_url(text: str) -> ParsedUrl:
    """What `text` points at. Takes URLs without a scheme, `@name@host` of the fediverse, and any other text; never raises."""
    if len(text) > MAX_URL:
        return _refuse(RefusalReason.TOO_LONG, f"longer than {MAX_URL} characters")
    cleaned = clean_text(text).strip("<>\"'“”").rstrip(".,;:!…")
    if match := FEDIVERSE_NAME.fullmatch(cleaned):
        return (
            _fediverse(match[1], match[2])
            if cleaned[0] == "@"
            else _refuse(RefusalReason.NOT_A_URL, "looks like an email address")
        )
    if cleaned.startswith("//"):
        cleaned = f"https:{cleaned}"
    scheme = _SCHEME.match(cleaned)
    if scheme and not _HOST_LIKE.match(cleaned):
        if scheme[1].lower() not in ("http", "https"):
            return _refuse(RefusalReason.UNSUPPORTED_SCHEME, "only http and https name accounts")
        # "https: //host", "https:/host" and "https:https://host" are common slips
        return _split(f"https://{_SLIPS.sub('', cleaned)}", explicit=True)
    if "@" in cleaned.partition("/")[0] and _HOST_LIKE.match(cleaned.partition("@")[2]):
        return _split(f"https://{cleaned}", explicit=False)
    if not _HOST_LIKE.match(cleaned):
        return _refuse(RefusalReason.NOT_A_URL, "no host name")
    return _split(f"https://{cleaned}", explicit=False)


def _refuse(reason: RefusalReason, detail: str) -> Refusal:
    return Refusal(reason=reason, detail=detail)


def _split(url: str, *, explicit: bool) -> ParsedUrl:
    try:
        parts = urlsplit(url)
        port = parts.port
        name = parts.hostname or ""
    except ValueError:
        return _refuse(RefusalReason.NOT_A_URL, "not a valid URL")
    if "@" in parts.netloc:
        bare = parts.netloc.rpartition("@")[2]
        stripped = parts._replace(netloc=bare).geturl()
        return Refusal(
            reason=RefusalReason.CREDENTIALS, detail="has a user name or password before the host", stripped=stripped
        )
    if is_private(name):
        return _refuse(RefusalReason.PRIVATE_ADDRESS, "an address or a name of a private network")
    host = ascii_host(name)
    if host is None or "." not in host:
        return _refuse(RefusalReason.NOT_A_URL, "not a host name")
    if is_private(host):
        return _refuse(RefusalReason.PRIVATE_ADDRESS, "an address or a name of a private network")
    if host.removeprefix("www.") in SHORTENERS:
        return _refuse(RefusalReason.SHORTENER, "a link shortener hides the address")
    if host.removeprefix("www.") in CONTENT_HOSTS:
        return _refuse(RefusalReason.CONTENT, "a host of videos, pictures or invitations")
    found = rule_of_host(host)
    if found is not None:
        return _account(found[0], found[1], parts)
    if (
        not explicit
        and not host.startswith("www.")
        and not has_public_suffix(host)
        and not host.endswith(_DOCUMENTATION)
    ):
        return _refuse(RefusalReason.NOT_A_URL, "not a host name")
    path = _decoded(parts.path)
    match = _FEDIVERSE_PATH.fullmatch(path)
    site = site_of(host)
    if match and site not in NOT_FEDIVERSE and not is_shared(host):
        if match[3] and not re.fullmatch(r"/(?:with_replies|media|followers|following|featured)?", match[3]):
            return _refuse(RefusalReason.CONTENT, "a post of a fediverse account")
        return _fediverse(match[1], match[2] or host.removeprefix("www."))
    return _plain(parts, host, port, site)


def _plain(parts: SplitResult, host: str, port: int | None, site: str) -> PlainUrl:
    path = quote(unquote(re.sub(r"/{2,}", "/", parts.path), errors="replace"), safe="/@:+~!$&'()*,;=-._").rstrip("/")
    kept = (
        [(k, v) for k, v in parse_qsl(parts.query, max_num_fields=None) if not _TRACKING.fullmatch(k)]
        if parts.query
        else []
    )
    where = host.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    shared = is_shared(host) or _MULTI_USER_PATH.match(parts.path) is not None
    owner = None
    label, _, suffix = site.partition(".")
    if suffix in OWNED_SUFFIXES:
        platform = OWNED_SUFFIXES[suffix]
        username = canonical_username(platform, label)
        if username is not None:
            owner = platform_account(platform, username=username)
    return PlainUrl(
        url=f"https://{where}{path}{'?' + urlencode(sorted(kept)) if kept else ''}",
        host=site,
        shared=shared,
        owner=owner,
    )


def _account(rule: PlatformRule, label: str | None, parts: SplitResult) -> PlatformAccount | Refusal:
    path = _decoded(parts.path)
    if label == "":
        return _refuse(RefusalReason.PLATFORM_PAGE, f"a page of {rule.platform} itself")
    if label is not None:
        if not rule.is_tab(path):
            return _refuse(RefusalReason.CONTENT, f"a piece of content on {rule.platform}")
        name = f"{label}.{rule.hosts[1]}" if rule.platform is Platform.BLUESKY else label
        username = canonical_username(rule.platform, name)
        return platform_account(rule.platform, username=username) if username else _invalid(rule)
    if rule.platform is Platform.X and parts.fragment.startswith("!/"):
        path = _decoded(parts.fragment[2:])
    if not path:
        return _refuse(RefusalReason.PLATFORM_PAGE, f"the start page of {rule.platform}")
    if rule.query and parts.query:
        values = dict(parse_qsl(parts.query))
        path += next((f"?{key}={values[key]}" for key in rule.query if key in values), "")
    return _match(rule, path)


def _match(rule: PlatformRule, path: str) -> PlatformAccount | Refusal:
    refusal = _refuse(RefusalReason.CONTENT, f"a page of {rule.platform} that is no account")
    for pattern in rule.compiled:
        match = pattern.fullmatch(path)
        if match is None:
            continue
        groups = match.groupdict()
        if not rule.is_tab(groups.get("rest")):
            continue
        if account_id := groups.get("id"):
            if rule.id_pattern.fullmatch(account_id):
                return platform_account(rule.platform, account_id=account_id)
            refusal = _invalid(rule)
            continue
        name = groups["user"]
        if name.lower() in rule.reserved and match.start("user") == 0:
            piece = name.lower() in CONTENT_WORDS
            reason = RefusalReason.CONTENT if piece else RefusalReason.PLATFORM_PAGE
            refusal = _refuse(reason, f"a page of {rule.platform} that is no account")
            continue
        space, _, _ = name.rpartition("/")
        username = canonical_username(rule.platform, name.replace(space, space.lower(), 1) if space else name)
        if username is not None:
            return platform_account(rule.platform, username=username)
        refusal = _invalid(rule)
    return refusal


def _invalid(rule: PlatformRule) -> Refusal:
    return _refuse(RefusalReason.INVALID_USERNAME, f"not a name that {rule.platform} gives")


def _fediverse(name: str, host: str) -> PlatformAccount | Refusal:
    found = fediverse_account(name, host)
    return found if found is not None else _refuse(RefusalReason.INVALID_USERNAME, "no account of a public host")


def _decoded(path: str) -> str:
    """The path's segments, percent-decoded, without empty ones; a decoded separator stays encoded."""
    segments = (segment for segment in path.split("/") if segment)
    return "/".join(
        decoded
        if "/" not in (decoded := unquote(segment, errors="replace").strip()) and "?" not in decoded
        else segment
        for segment in segments
    )
