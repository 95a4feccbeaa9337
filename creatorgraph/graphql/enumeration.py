"""The enumerations of the inner layers, made known to GraphQL with descriptions; imported before the schema is built."""

from enum import Enum, StrEnum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from creatorgraph.domain.creator import CreatorKind
from creatorgraph.domain.decision import Act, Verdict
from creatorgraph.domain.export import ExportFormat, ExportState
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.identity_event import IdentityEventKind
from creatorgraph.domain.link import LinkDecider
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.private import PrivateState
from creatorgraph.domain.profile import ProfileStatus
from creatorgraph.domain.review import Band, ReviewEventKind, ReviewReason, ReviewState
from creatorgraph.domain.steward import Role
from creatorgraph.domain.tenant import Plan
from creatorgraph.domain.webhook import DisabledReason, WebhookEvent
from creatorgraph.graph.element import EdgeKind, NodeKind
from creatorgraph.services.explanation import PairStatus
from creatorgraph.services.search_facet import SuggestionKind
from creatorgraph.services.search_rank import SearchMode
from creatorgraph.store.read.creator import CreatorOrderField


class OrderDirection(StrEnum):
    ASC = "asc"
    DESC = "desc"


class WayOutAction(StrEnum):
    OVERRIDE_STANDING = "override_standing"
    KEEP_STANDING = "keep_standing"


class RedirectReason(StrEnum):
    MERGED = "merged"
    MOVED = "moved"


def _register(enum: type[Enum], name: str, description: str, **values: str) -> None:
    """Makes `enum` a GraphQL enumeration; `values` describes members by name, and must describe all where it has any."""
    strawberry.enum(enum, name=name, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    if values and values.keys() != enum.__members__.keys():
        raise TypeError(f"the descriptions of {name} do not fit its members")
    for value in definition.values:
        value.description = values.get(value.name)


_register(
    Platform, "Platform", "Where a profile lives. WEBSITE is a page of one's own, OTHER any place without a name here."
)
_register(
    PrivateState,
    "PrivateState",
    "How far the matching of a private profile has come.",
    WAITING="It is looked up soon.",
    MATCHED="A shared creator was found.",
    UNMATCHED="Nobody was found; it is looked up again once a day, and when an account of its name comes in.",
)
_register(
    CreatorKind,
    "CreatorKind",
    "What stands behind the profiles.",
    PERSON="One person.",
    BRAND="A company, product or organisation.",
    FAN_PAGE="A page of fans about somebody.",
    AGENCY="An agency that runs accounts for others.",
    UNKNOWN="Nothing speaks clearly for one of the others.",
)
_register(
    ProfileStatus,
    "ProfileStatus",
    "Whether the account was there when it was last seen.",
    ACTIVE="It answered.",
    INACTIVE="It was gone (404 or 410).",
    SUSPENDED="The platform has closed it.",
)
_register(
    IdentifierKind,
    "IdentifierKind",
    "The kinds of identifiers that can tie profiles together.",
    USERNAME="The profile's own account, as platform:username.",
    ACCOUNT_ID="The platform's own lasting id of the account.",
    ACCOUNT="Another account that the profile names or links.",
    URL="A URL that is no account of a known platform.",
    HOST="The domain of such a URL.",
    EMAIL="An email address, masked.",
    EMAIL_LOCAL="The part of an email address before the @, masked.",
    PHONE="A phone number, masked.",
    MENTION="An @handle in the bio whose platform is not said.",
)
_register(
    LinkDecider,
    "LinkDecision",
    "Who or what scored the link.",
    MODEL="The statistical model.",
    STEWARD="A person.",
    LINK_IN_BIO="A link-in-bio page that lists both accounts.",
    PLATFORM="A platform that itself ties the two accounts.",
)
_register(
    IdentityEventKind,
    "IdentityEventKind",
    "What happened to a creator.",
    CREATED="It came to be, with these profiles; split from `other` where that is set.",
    MERGED="It survived and took in these profiles of `other`, which retired.",
    SPLIT="It lost these profiles to the new creator `other`.",
    JOINED="These profiles, new or moved from `other`, became members.",
    LEFT="These profiles left, to `other` or because they were deleted.",
    RETIRED="It has no members left; `other` is its successor, if any.",
    ERASED="It was erased on request.",
)
_register(
    ExportFormat,
    "ExportFormat",
    "Of the files of an export.",
    CSV="With a line of names; lists and evidence are JSON in their cell.",
    JSONL="A JSON object a line.",
    PARQUET="Apache Parquet.",
)
_register(
    ExportState,
    "ExportState",
    "How far an export is.",
    WAITING="It is ordered.",
    RUNNING="It is being written, or written anew because somebody was erased.",
    READY="It can be fetched.",
    FAILED="It was given up; `failure` says why.",
    CANCELLED="It was cancelled.",
    DELETED="Its files were deleted by its owner.",
    EXPIRED="Its days are over and its files are deleted.",
)
_register(
    ReviewReason,
    "ReviewReason",
    "Why a pair should be looked at.",
    UNCERTAIN_LINK="The link is neither probable enough to accept nor improbable enough to drop.",
    BRIDGE="The creator falls apart without this weak link.",
    SAME_PLATFORM_TWICE="Two accounts on a platform where people have one.",
    TOO_LARGE="More members than one person is likely to have; this is the weakest link.",
    CONFLICT="The link was accepted, yet clustering or a decision keeps the two apart.",
)
_register(
    ReviewState,
    "ReviewState",
    "Where a review item stands.",
    OPEN="It waits for somebody.",
    CLAIMED="Somebody looks at it.",
    DECIDED="Somebody has decided.",
    CLOSED="New facts have made it needless.",
)
_register(
    Verdict,
    "Decision",
    "What a person said about a pair.",
    SAME="One person.",
    DIFFERENT="Two persons; no later run joins them.",
    UNSURE="Cannot say.",
)
_register(
    Act,
    "DecisionAct",
    "What a decision was part of.",
    DECIDE="An answer to a review item, or to many at once.",
    MERGE="Creators were merged by hand.",
    SPLIT="A creator was split by hand.",
    MOVE="A profile was moved by hand.",
    UNDO="Something was taken back.",
)
_register(
    Role,
    "Role",
    "What a caller may do. A steward may do what an analyst may, an admin everything.",
    ANALYST="Read the queue, its figures and the audit.",
    STEWARD="Decide, merge, split, move and undo.",
    ADMIN="See to stewards, tenants and keys.",
    FRONTEND="Read what is shared.",
    PARTNER="Read, match, export, subscribe, and keep profiles of one's own.",
)
_register(
    Plan,
    "Plan",
    "What a tenant has agreed on; each includes those before it.",
    STANDARD="The smaller rate, and no walks through the graph.",
    ENTERPRISE="The larger rate, and every field.",
    OPERATOR="The operator's own: no rate, and every field.",
)
_register(
    Band,
    "Band",
    "Probabilities in words.",
    LIKELY_SAME="From 0.9.",
    LEANING_SAME="From 0.6.",
    TOSS_UP="From 0.4.",
    LEANING_DIFFERENT="From 0.1.",
    LIKELY_DIFFERENT="Below 0.1.",
)
_register(
    ReviewEventKind,
    "ReviewQueueEventKind",
    "What happened to an item of the queue.",
    OPENED="It came up, or came up again.",
    CLAIMED="A steward holds it.",
    RELEASED="Nobody holds it any more.",
    DECIDED="It was decided.",
    CLOSED="New facts have made it needless.",
    UNDONE="Its decision was taken back: it waits again.",
)
_register(
    WayOutAction,
    "WayOutAction",
    "What can be done about a contradiction.",
    OVERRIDE_STANDING="Withdraw what stands, then do what was asked.",
    KEEP_STANDING="Leave everything as it is.",
)
_register(
    EdgeKind,
    "EdgeKind",
    "The kinds of edges in the graph.",
    HAS_USERNAME="Profile to username.",
    HAS_URL="Profile to URL.",
    HAS_EMAIL="Profile to email address.",
    HAS_PHONE="Profile to phone number.",
    SIMILAR_TO="Two profiles with near text; the weight is the cosine.",
    LINKED="Two profiles with a scored link; the weight is its probability.",
    MEMBER_OF="Profile to creator.",
    MENTIONS="The source names the account of the target.",
)
_register(
    NodeKind,
    "NodeKind",
    "The kinds of nodes in the graph.",
    PROFILE="A profile.",
    IDENTIFIER="A username, URL, email address or phone number that profiles hold.",
    CREATOR="A creator.",
)
_register(
    PairStatus,
    "PairStatus",
    "What is stored about a pair of profiles.",
    ACCEPTED="A link that was accepted.",
    BELOW_THRESHOLD="A link that was not probable enough.",
    NO_LINK="No link: not compared, or improbable.",
)
_register(
    SearchMode,
    "SearchMode",
    "How to search.",
    HYBRID="By meaning and by words.",
    SEMANTIC="By meaning alone: the cosine of the query's and the profile's vectors.",
    TEXT="By words alone: all of them must be there, the last one may go on. For names.",
)
_register(
    SuggestionKind,
    "SuggestionKind",
    "What a suggestion is.",
    NAME="The name of a creator.",
    USERNAME="A username of a creator.",
    CATEGORY="A category.",
)
_register(
    CreatorOrderField,
    "CreatorOrderField",
    "What creators are ordered by.",
    FOLLOWERS="The sum of followers.",
    NAME="The display name.",
    UPDATED="When the creator last changed.",
    CREATED="When the creator came to be.",
)
_register(OrderDirection, "OrderDirection", "Which end comes first.", ASC="The smallest.", DESC="The largest.")
_register(
    RedirectReason,
    "RedirectReason",
    "Why a creator id leads to another one.",
    MERGED="The two creators were merged; the older id survived.",
    MOVED="Its profiles moved to the other creator.",
)
_register(
    WebhookEvent,
    "WebhookEvent",
    "What a webhook may be told of.",
    CREATED="Creators came to be.",
    UPDATED="The merged views, members or links of creators changed.",
    MERGED="Creators were merged into others; each message names the successors.",
    SPLIT="Creators lost profiles to new ones.",
    ERASED="Somebody was erased: forget what was fetched about them.",
)
_register(
    DisabledReason,
    "WebhookDisabledReason",
    "Why nothing is sent to a webhook.",
    REQUEST="The tenant said so.",
    GONE="It answered 410.",
    FAILING="Nothing was taken for days.",
)
