"""Handles: what a username says about its owner, and the handles that people make of their names."""

import re

from creatorgraph.domain.platform import Platform
from creatorgraph.resolution.text.fold import squash

MIN_HANDLE = 3
_GENERATED = re.compile(r"UC[\w-]{22}|\d+")
_LINKEDIN_TAIL = re.compile(r"-[0-9a-f]*\d[0-9a-f]{4,}$")
_BLUESKY_HOST = re.compile(r"(\.bsky\.social|\.[a-z]{2,})$")
_SEPARATORS = re.compile(r"[._\-]+")
_END_DIGITS = re.compile(r"\d+$")
_MIN_STEM = 5
_MIN_PATTERN = 4


def handle_of(platform: str, username: str | None) -> str | None:
    """The squashed handle that a person chose, or None where the platform made it up (channel ids, numbers)."""
    handle = squash(_chosen(platform, username))
    return handle if len(handle) >= MIN_HANDLE else None


def _chosen(platform: str, username: str | None) -> str:
    """What of a username a person chose, as it is spelled; empty where the platform made it up."""
    text = (username or "").strip().strip("/").split("/")[-1].lstrip("@")
    if _GENERATED.fullmatch(text):
        return ""
    text = text.split("@")[0]
    if platform == Platform.BLUESKY:
        return _BLUESKY_HOST.sub("", text)
    return _LINKEDIN_TAIL.sub("", text) if platform == Platform.LINKEDIN else text


def written_handle(platform: str, username: str | None) -> str | None:
    """The handle as it is spelled, in lower case, with one dot for every separator inside (platforms refuse some of them)."""
    written = _SEPARATORS.sub(".", _chosen(platform, username).casefold()).strip(".")
    return written if len(written) >= MIN_HANDLE else None


def stem_of(handle: str) -> str | None:
    """The handle without the digits at its end, where enough of it is left to tell people apart."""
    stem = _END_DIGITS.sub("", handle)
    return stem if stem != handle and len(stem) >= _MIN_STEM else None


def handles_of_name(name: tuple[str, ...]) -> tuple[str, ...]:
    """The usual handles of a full name: first+last, last+first, initial+last, last+initial, first+initial, with middles."""
    if len(name) < 2:
        return ()
    first, last = name[0], name[-1]
    made = [
        first + last,
        last + first,
        first[0] + last,
        last + first[0],
        first + last[0],
        "".join(name),
        "".join(name[1:]) + first,
    ]
    if len(name) > 2:
        middle = name[1]
        initials = "".join(word[0] for word in name[:-1])
        made += [
            first + middle,
            first[0] + middle + last,
            first + middle[0] + last,
            initials + last,
            first + "".join(word[0] for word in name[1:]),
        ]
    return tuple(dict.fromkeys(h for h in made if len(h) >= _MIN_PATTERN))
