"""Which text of a profile is encoded, and how a change of it is noticed."""

import hashlib
import unicodedata

from creatorgraph.domain.profile import Profile

# Models read a few hundred tokens. This is several times that in any script, and keeps a bio of megabytes from
# costing seconds in the tokenizer only to be cut afterwards.
MAX_CHARACTERS = 4096


def profile_text(profile: Profile) -> str:
    """Name, category, bio and location: what semantic search indexes. The username stands in for a missing name. May be empty."""
    name = _clean(profile.display_name) or _clean(profile.username)
    parts = (name, _clean(profile.category), _clean(profile.bio), _clean(profile.location))
    return ". ".join(part for part in parts if part)[:MAX_CHARACTERS]


def bio_text(profile: Profile) -> str:
    """The bio alone: what resolution compares (names and usernames are signals of their own). May be empty."""
    return encoded_bio(profile.bio)


def encoded_bio(bio: str | None) -> str:
    """What is encoded of a profile's bio."""
    return _clean(bio)[:MAX_CHARACTERS]


def text_digest(text: str) -> str:
    """The first 128 bits of SHA-256, as 32 hex digits: enough that no two texts meet, half the memory."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:32]


def _clean(text: str | None) -> str:
    """Composed, fancy letters plain, without invisible characters, blanks single: what reads alike is one text.

    Models do not know mathematical and full-width letters, with which people decorate their names.
    """
    if not text:
        return ""
    # Several times the limit, as composing and dropping blanks shorten a text.
    composed = unicodedata.normalize("NFKC", text[: 8 * MAX_CHARACTERS])
    visible = (" " if char.isspace() else char for char in composed if char.isspace() or _visible(char))
    return " ".join("".join(visible).split())


def _visible(char: str) -> bool:
    # The joiners inside emoji, Persian and Indic words are format characters (Cf), but they change what is read.
    return char in "\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
