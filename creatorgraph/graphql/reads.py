"""What an operation has read, as the tags that its answer is kept with."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.services.answer_cache import DERIVED, LISTED
from creatorgraph.store.read.keyset import Page, Part
from creatorgraph.store.read.link import Pair
from creatorgraph.store.write.notice import account_tag, creator_tag, profile_tag

MOST_TAGS = 500
"""An answer made of more is dropped by every change, as lists are."""
Note = Callable[["Reads", Sequence[Any], Sequence[Any]], None]
"""Notes what the keys of a batch and what was found for them mean."""


class Reads:
    """Filled by the loaders. `open` until something is read whose changes nobody would tell: then the answer is not kept."""

    __slots__ = ("_tags", "open")

    def __init__(self) -> None:
        self._tags: set[str] = set()
        self.open = True

    @property
    def tags(self) -> frozenset[str]:
        if len(self._tags) > MOST_TAGS:
            return frozenset((LISTED, DERIVED)) & (self._tags | {LISTED})
        return frozenset(self._tags)

    def creators(self, ids: Iterable[str]) -> None:
        self._tags.update(map(creator_tag, ids))

    def profiles(self, ids: Iterable[str]) -> None:
        self._tags.update(map(profile_tag, ids))

    def note(self, tag: str) -> None:
        self._tags.add(tag)

    def close(self) -> None:
        self.open = False


def untold(reads: Reads, _keys: Sequence[Any], _found: Sequence[Any]) -> None:
    """For what changes without a word, and for what is not everybody's."""
    reads.close()


def of_creators(reads: Reads, keys: Sequence[CreatorId], _found: Sequence[Any]) -> None:
    reads.creators(keys)


def of_profiles(reads: Reads, keys: Sequence[ProfileId], _found: Sequence[Any]) -> None:
    reads.profiles(keys)


def of_accounts(reads: Reads, keys: Sequence[tuple[Platform, str]], found: Sequence[Any]) -> None:
    for (platform, key), seen in zip(keys, found, strict=True):
        reads.note(account_tag(platform.value, key))
        if seen is not None:
            reads.profiles((seen.profile.profile_id,))


def of_pairs(reads: Reads, keys: Sequence[Pair], _found: Sequence[Any]) -> None:
    reads.profiles(each for pair in keys for each in pair)


def of_creator_parts(reads: Reads, keys: Sequence[Part], _found: Sequence[Any]) -> None:
    """What happens to a creator's profiles, and to links at them, is told of the creator too."""
    reads.creators(part.parent for part in keys)


def of_member_parts(reads: Reads, keys: Sequence[Part], found: Sequence[Page[Any]]) -> None:
    of_creator_parts(reads, keys, found)
    reads.profiles(seen.profile.profile_id for page in found for seen in page.items)


def of_linked_parts(reads: Reads, keys: Sequence[tuple[Part, float]], _found: Sequence[Any]) -> None:
    reads.profiles(part.parent for part, _ in keys)


def listed(reads: Reads, _keys: Sequence[Any], _found: Sequence[Any]) -> None:
    reads.note(LISTED)


def derived(reads: Reads, _keys: Sequence[Any], _found: Sequence[Any]) -> None:
    reads.note(DERIVED)
