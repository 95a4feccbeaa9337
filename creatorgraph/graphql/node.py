"""Ids: the global ones of Relay, and the raw ids of profiles and creators that people have from files and exports."""

from uuid import UUID

import orjson
import strawberry
from strawberry.relay.utils import from_base64, to_base64

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.profile import ProfileId
from creatorgraph.graph.element import NodeId, NodeKind
from creatorgraph.store.read.link import Pair, pair_of

CREATOR, PROFILE, LINK, REVIEW_ITEM = "Creator", "Profile", "Link", "ReviewItem"
DECISION, VIEWER, API_KEY = "DecisionRecord", "Viewer", "ApiKey"
COLLECTION, EXPORT, TENANT = "Collection", "Export", "Tenant"
WEBHOOK, WEBHOOK_MESSAGE, WEBHOOK_DELIVERY = "Webhook", "WebhookMessage", "WebhookDelivery"
_TYPES = frozenset(
    {
        *(CREATOR, PROFILE, LINK, REVIEW_ITEM, DECISION, VIEWER),
        *(API_KEY, TENANT, COLLECTION, EXPORT, WEBHOOK, WEBHOOK_MESSAGE),
    }
)


def global_id(type_name: str, key: str) -> strawberry.ID:
    return strawberry.ID(to_base64(type_name, key))


def parts_of(global_: str) -> tuple[str, str] | None:
    """The type and key of a global id; None where the text is not one of ours."""
    try:
        type_name, key = from_base64(global_)
    except ValueError:
        return None
    return (type_name, key) if type_name in _TYPES else None


def subject_of(id_: str) -> NodeId:
    """The creator or profile that an id names: a global id, a creator's UUID, or else the id of a profile.

    Raises:
        InvalidInputError: a global id of something else.
    """
    parts = parts_of(id_)
    if parts is None:
        return NodeId.creator(CreatorId(id_.lower())) if is_uuid(id_) else NodeId.profile(ProfileId(id_))
    type_name, key = parts
    if type_name == CREATOR and is_uuid(key):
        return NodeId.creator(CreatorId(key))
    if type_name == PROFILE and "\x00" not in key:
        return NodeId.profile(ProfileId(key))
    raise _wrong("a creator or a profile")


def profile_of(id_: str) -> ProfileId:
    """The profile that an id names: a global id or the raw id.

    Raises:
        InvalidInputError: a global id of something else.
    """
    parts = parts_of(id_)
    if parts is None:
        return ProfileId(id_)
    if parts[0] != PROFILE or "\x00" in parts[1]:
        raise _wrong("a profile")
    return ProfileId(parts[1])


def item_of(id_: str) -> Pair:
    """The pair of the review item that a global id names. Raises InvalidInputError where it names something else."""
    parts = parts_of(id_)
    if parts is None or parts[0] != REVIEW_ITEM:
        raise _wrong("a review item")
    return pair_of_key(parts[1])


def creator_of(id_: str) -> CreatorId:
    """The creator that a global id or UUID names. Raises InvalidInputError where it names something else."""
    subject = subject_of(id_)
    if subject.kind is not NodeKind.CREATOR:
        raise _wrong("a creator")
    return CreatorId(subject.key)


def uuid_of(type_name: str, id_: str) -> str:
    """The UUID that a global id of this type holds, or the id itself. Raises InvalidInputError where it is neither."""
    parts = parts_of(id_)
    key = parts[1] if parts and parts[0] == type_name else id_
    if not is_uuid(key):
        raise _wrong(f"a {type_name}")
    return key.lower()


def pair_key(pair: Pair) -> str:
    """The key of what belongs to a pair. Profile ids may hold any character, so no separator would do."""
    return orjson.dumps(pair).decode()


def pair_of_key(key: str) -> Pair:
    """Raises InvalidInputError where the key is none of ours."""
    try:
        left, right = orjson.loads(key)
    except (ValueError, TypeError) as error:
        raise _wrong("a pair") from error
    if not isinstance(left, str) or not isinstance(right, str) or left == right or "\x00" in left + right:
        raise _wrong("a pair")
    return pair_of(ProfileId(left), ProfileId(right))


def is_uuid(text: str) -> bool:
    """Whether it is a UUID in the usual form with hyphens, in any case."""
    try:
        return len(text) == 36 and str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _wrong(what: str) -> InvalidInputError:
    return InvalidInputError(f"this is not the id of {what}", where="id", mend="Pass an id as the API gave it.")
