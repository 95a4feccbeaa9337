"""What a bio says in running text: emails, phone numbers, URLs, @handles, accounts with their platform named."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.contact import mask_email, mask_phone, normal_email, normal_phone
from creatorgraph.ingest.host import has_public_suffix
from creatorgraph.ingest.platform_table import BIO_WORDS
from creatorgraph.ingest.platform_url import canonical_username
from creatorgraph.ingest.word import words

_EMAIL = re.compile(r"(?<![\w.+\-@])[\w.+%\-]{1,64}@(?:[\w\-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@])")
_SPELLED_EMAIL = re.compile(
    r"(?<![\w.+\-])([\w.+\-]{1,64})\s?(?:\[at\]|\(at\)|\{at\}|<at>)\s?([\w\-]{1,63}(?:(?:\.|\s?(?:\[dot\]|\(dot\)|\{dot\})\s?)[\w\-]{2,63}){1,4})",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s?(?:\[dot\]|\(dot\)|\{dot\})\s?", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w@#/.\-+])(?:\(?\+\(?|\()?\d(?:[\s().\-/]{0,3}\d){6,17}(?![\w@])")
"""A run of 7 to 18 digits that is no part of a name, URL or longer number."""
_FEDIVERSE = re.compile(
    r"(?<![\w.@/])@([A-Za-z0-9_][\w.\-]{0,63})@((?:[a-z0-9\-]{1,63}\.){1,5}[a-z]{2,24})", re.IGNORECASE | re.ASCII
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”]{3,2000}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./:\-])(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,5}[a-z]{2,24}(?![\w@\-])(?:/[^\s<>\"'“”]{0,500})?", re.ASCII
)
_HANDLE = re.compile(r"(?<![\w@./+\-])@([A-Za-z0-9_][A-Za-z0-9_.\-]{1,62})(?![\w@])", re.ASCII)
_NAMED = re.compile(
    rf"(?<!\w)({'|'.join(sorted(map(re.escape, BIO_WORDS), key=len, reverse=True))})\s?"
    r"(?:[:\-–—➡→=]?\s?@([A-Za-z0-9_][\w.\-]{1,62})|:\s?([A-Za-z0-9_][\w.\-]{1,62})(?=\s*(?:$|[|•\n])))",
    re.IGNORECASE | re.ASCII,
)
"""A platform's word and a handle. Without an @ the handle must stand alone: "YouTube: weekly videos" names no account."""
_AT_WORD = re.compile(r"[\[({<]at[\])}>]", re.IGNORECASE)
_MAYBE_CONTACT = re.compile(r"@|\d[\s().\-/]{0,3}\d[\s().\-/]{0,3}\d[\s().\-/]{0,3}\d|[\[({<][aA][tT][\])}>]")
"""What a text must contain to hold a contact; cheap, for the many texts that hold none."""
_FILE_SUFFIXES = words("md py rs sh pl cc so zip mov js ts java app ps st vi pm am")
"""Country suffixes that end file and product names at least as often as sites; bare, without a path, they are no URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BioText:
    """`masked` is the text with emails and phone numbers masked. `accounts` are (platform, canonical username) pairs."""

    masked: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    accounts: tuple[tuple[Platform, str], ...] = ()


def read_bio(text: str, *, region: str | None = None) -> BioText:
    """Everything that `text` names, in order of appearance. Emails come normalised, phone numbers in E.164."""
    masked, emails, phones = mask_contacts(text, region=region)
    if "@" not in text and "." not in text and ":" not in text:
        return BioText(masked=masked, emails=emails, phones=phones)
    rest, accounts = _take_fediverse(text)
    urls: list[str] = []

    def take_url(match: re.Match[str]) -> str:
        urls.append(_trimmed(match[0]))
        return " "

    def take_named(match: re.Match[str]) -> str:
        platform = BIO_WORDS[match[1].lower()]
        username = canonical_username(platform, (match[2] or match[3]).rstrip(".-"))
        if username is None:
            return match[0]
        accounts.append((platform, username))
        return " "

    # emails leave the text first, so that their hosts are not taken for sites of the person
    rest = _without_emails(rest)
    if "://" in rest or "www." in rest.lower():
        rest = _URL.sub(take_url, rest)
    if "." in rest:
        rest = _BARE.sub(lambda match: take_url(match) if _is_site(match[0]) else match[0], rest)
    if "@" in rest or ":" in rest:
        rest = _NAMED.sub(take_named, rest)
    handles = (match[1].rstrip(".-").lower() for match in _HANDLE.finditer(rest)) if "@" in rest else ()
    return BioText(
        masked=masked,
        emails=emails,
        phones=phones,
        urls=tuple(dict.fromkeys(urls)),
        handles=tuple(dict.fromkeys(handle for handle in handles if len(handle) > 1)),
        accounts=tuple(dict.fromkeys(accounts)),
    )


def _without_emails(text: str) -> str:
    if _AT_WORD.search(text):
        text = _SPELLED_EMAIL.sub(" ", text)
    return _EMAIL.sub(" ", text) if "@" in text else text


def mask_emails(text: str) -> str:
    """`text`, a URL, with emails masked; digits in a URL are ids and dates, so phone numbers are left."""
    return _EMAIL.sub(lambda match: mask_email(normal_email(match[0]) or match[0]), text) if "@" in text else text


@lru_cache(maxsize=8)
def mask_contacts(text: str, *, region: str | None = None) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """`text` with emails and phone numbers masked, the emails (normalised) and the numbers (E.164) that were in it."""
    if not _MAYBE_CONTACT.search(text):
        return text, (), ()
    emails: list[str] = []
    phones: list[str] = []

    def email(match: re.Match[str]) -> str:
        normal = normal_email(match[0])
        if normal is None:
            # not an address that can be compared, but it may still be read as one
            return f"{match[0][:1]}***@***"
        emails.append(normal)
        return mask_email(normal)

    def spelled(match: re.Match[str]) -> str:
        normal = normal_email(f"{match[1]}@{_DOT.sub('.', match[2])}")
        if normal is None:
            return match[0]
        emails.append(normal)
        return mask_email(normal)

    if "@" in text:
        text = _EMAIL.sub(email, text)
    if _AT_WORD.search(text):
        text = _SPELLED_EMAIL.sub(spelled, text)
    if _DIGITS.search(text):
        text = _mask_phones(text, region, phones)
    return text, tuple(dict.fromkeys(emails)), tuple(dict.fromkeys(phones))


def _mask_phones(text: str, region: str | None, phones: list[str]) -> str:
    def number(match: re.Match[str]) -> str:
        run = match[0]
        if run.startswith(("+", "(+", "00")):
            e164 = normal_phone(run)
            if e164 is not None:
                phones.append(e164)
                return mask_phone(e164)
        elif region is None:
            return run
        return _mask_run(run, region, phones)

    return _DIGITS.sub(number, text)


def _mask_run(run: str, region: str | None, phones: list[str]) -> str:
    """A run of digits that may hold several numbers, or a date; the matcher tells them apart."""
    pieces: list[str] = []
    end = 0
    for match in phonenumbers.PhoneNumberMatcher(run, region, leniency=phonenumbers.Leniency.VALID, max_tries=20):
        e164 = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        phones.append(e164)
        pieces += [run[end : match.start], mask_phone(e164)]
        end = match.end
    return "".join(pieces) + run[end:]


def _take_fediverse(text: str) -> tuple[str, list[tuple[Platform, str]]]:
    found: list[tuple[Platform, str]] = []

    def take(match: re.Match[str]) -> str:
        username = canonical_username(Platform.MASTODON, f"{match[1]}@{match[2]}")
        if username is None:
            return match[0]
        found.append((Platform.MASTODON, username))
        return " "

    return (_FEDIVERSE.sub(take, text) if "@" in text else text), found


def _is_site(text: str) -> bool:
    host, slash, _ = text.partition("/")
    return has_public_suffix(host) and (bool(slash) or host.rpartition(".")[2] not in _FILE_SUFFIXES)


def _trimmed(url: str) -> str:
    url = url.rstrip(".,;:!?…*_~|»”’")
    while url.endswith((")", "]", "}")) and url.count(url[-1]) > url.count({")": "(", "]": "[", "}": "{"}[url[-1]]):
        url = url[:-1].rstrip(".,;:!?")
    return url
