"""The read side: what can be asked."""

import asyncio
from typing import Annotated

import strawberry
from strawberry import relay

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.role import Scope
from creatorgraph.graph.element import NodeKind
from creatorgraph.graph.port import MAX_DEPTH
from creatorgraph.graphql import network, node
from creatorgraph.graphql.collection import CollectionQuery
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.creator import Creator, CreatorResult, find_creator
from creatorgraph.graphql.creator_filter import CreatorFilter, CreatorOrder, to_store
from creatorgraph.graphql.export import ExportQuery
from creatorgraph.graphql.field import resolved
from creatorgraph.graphql.limit import MAX_IDS, page_size
from creatorgraph.graphql.link import Link
from creatorgraph.graphql.match import MAX_CANDIDATES, MatchCandidate, ProfileInput, candidates
from creatorgraph.graphql.pair import PairExplanation, explanation
from creatorgraph.graphql.private import PrivateQuery
from creatorgraph.graphql.profile import Profile
from creatorgraph.graphql.relay import After, Connection, First
from creatorgraph.graphql.review import ReviewItem
from creatorgraph.graphql.review_query import ReviewQuery
from creatorgraph.graphql.search_query import SearchQuery
from creatorgraph.graphql.stats import Stats
from creatorgraph.graphql.tenant import TenantQuery
from creatorgraph.graphql.usage import UsageQuery
from creatorgraph.graphql.webhook import WebhookQuery
from creatorgraph.ingest.platform_url import PlainUrl, PlatformAccount, canonical_username, parse_url
from creatorgraph.store.read.creator import page_of_creators
from creatorgraph.store.read.link import pair_of
from creatorgraph.store.read.stats import read_stats

_argument = strawberry.argument
NodeArgument = Annotated[strawberry.ID, _argument(description="A global id.")]
SubjectArgument = Annotated[
    strawberry.ID, _argument(description="A global id, a creator's UUID, or the raw id of a profile.")
]
ProfileArgument = Annotated[strawberry.ID, _argument(description="The global or raw id of a profile.")]
FilterArgument = Annotated[CreatorFilter | None, _argument(description="Which creators; null: all.")]


@strawberry.type(description="What can be asked.")
class Query(
    SearchQuery,
    ReviewQuery,
    TenantQuery,
    UsageQuery,
    PrivateQuery,
    CollectionQuery,
    ExportQuery,
    WebhookQuery,
):
    @resolved("Any object by its global id; null where there is none. Retired creators: see `creator`.")
    async def node(self, info: Info, id: NodeArgument) -> relay.Node | None:  # noqa: A002
        return await _node(info, id)

    @resolved("Several objects by their global ids (at most 100), in the same order.")
    async def nodes(
        self, info: Info, ids: Annotated[list[strawberry.ID], _argument(description="Global ids.")]
    ) -> list[relay.Node | None]:
        if len(ids) > MAX_IDS:
            raise InvalidInputError(f"{len(ids)} ids are too many", where="ids", mend=f"Ask for {MAX_IDS} at a time.")
        return list(await asyncio.gather(*(_node(info, each) for each in ids)))

    @resolved("A creator by its id, or by the id of one of its profiles. A retired id answers with where it leads.")
    async def creator(self, info: Info, id: SubjectArgument) -> CreatorResult | None:  # noqa: A002
        subject = node.subject_of(id)
        if subject.kind is NodeKind.CREATOR:
            found = await find_creator(info, CreatorId(subject.key))
            if found is not None or node.parts_of(id):
                return found
        # what looks like a UUID may be how a source names its profiles
        key = subject.key if subject.kind is NodeKind.PROFILE else id
        owner = await info.context.loaders.creator_of.load(ProfileId(key))
        return await find_creator(info, owner) if owner else None

    @resolved("A profile by its account; null where it is not known.")
    async def profile(
        self,
        info: Info,
        platform: Annotated[Platform, _argument(description="The platform.")],
        username: Annotated[str, _argument(description="The username, with or without @, in any spelling.")],
    ) -> Profile | None:
        key = canonical_username(platform, username)
        return await _account(info, platform, key) if key else None

    @resolved("A profile by the address of its account, in any of the platform's usual forms.")
    async def profile_by_url(
        self, info: Info, url: Annotated[str, _argument(description="Such as `https://youtube.com/@name`.")]
    ) -> Profile | None:
        parsed = parse_url(url)
        account = parsed.owner if isinstance(parsed, PlainUrl) else parsed
        if not isinstance(account, PlatformAccount):
            said = (
                f"this is no account: {account.detail}" if account else "this is no account of a platform that we know"
            )
            raise InvalidInputError(said, where="url", mend="Pass the address of an account.")
        if account.username is not None:
            return await _account(info, account.platform, account.username)
        seen = await info.context.loaders.account_id.load((account.platform, account.account_id or ""))
        return Profile.of(seen) if seen else None

    @resolved("Creators page by page. Cursors hold while data changes: nothing twice, nothing left out.")
    async def creators(
        self,
        info: Info,
        first: First,
        filter: FilterArgument = None,  # noqa: A002
        order_by: Annotated[CreatorOrder, _argument(description="The order.")] = CreatorOrder(),  # noqa: B008
        after: After = None,
    ) -> Connection[Creator]:
        cursor = order_by.cursor()
        key = cursor.decode(after)
        page = await info.context.engines.database.ask(
            page_of_creators,
            to_store(filter),
            order_by=order_by.field,
            descending=order_by.direction.value == "desc",
            first=page_size(first),
            after=key,
        )
        return cursor.connection(page, [Creator.of(each) for each in page.items], key)

    @resolved("Who a profile might be, the most probable first: as if it arrived now, and nothing is stored.")
    async def match(
        self,
        info: Info,
        profile: Annotated[ProfileInput, _argument(description="What is known of it.")],
        first: Annotated[int, _argument(description=f"How many at most: 1 to {MAX_CANDIDATES}.")] = 5,
    ) -> list[MatchCandidate]:
        info.context.caller.require(Scope.MATCH)
        return [] if info.context.blind else await candidates(info, profile, first)

    @resolved("Whether two profiles are linked, and why.")
    async def explain(self, info: Info, left: ProfileArgument, right: ProfileArgument) -> PairExplanation:
        ends = node.profile_of(left), node.profile_of(right)
        if ends[0] == ends[1]:
            raise InvalidInputError("left and right are one profile", where="right", mend="Pass two profiles.")
        for where, seen in zip(("left", "right"), await info.context.loaders.profile.load_many(ends), strict=True):
            if seen is None:
                raise NotFoundError("there is no such profile", where=where)
        return await explanation(info, pair_of(*ends))

    @resolved(
        "The shortest ways between two creators or profiles in the graph, at most five. Null with an error where "
        "the graph engine does not answer."
    )
    async def path(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, _argument(name="from", description="Where to start: an id as for `creator`.")],
        to: SubjectArgument,
        max_depth: Annotated[int, _argument(description=f"How many edges at most: 1 to {MAX_DEPTH}.")] = 4,
    ) -> list[network.Path] | None:
        start, end = node.subject_of(from_), node.subject_of(to)
        depth = page_size(max_depth, most=MAX_DEPTH, where="maxDepth")
        found = await asyncio.to_thread(info.context.engines.graph.paths, start, end, max_depth=depth)
        return [network.Path.of(each) for each in found]

    @resolved("Counts of everything.")
    async def stats(self, info: Info) -> Stats:
        return Stats.of(await info.context.engines.database.ask(read_stats))


async def _account(info: Info, platform: Platform, key: str) -> Profile | None:
    seen = await info.context.loaders.account.load((platform, key))
    return Profile.of(seen) if seen else None


async def _node(info: Info, id_: str) -> relay.Node | None:
    loaders = info.context.loaders
    match node.parts_of(id_):
        case (node.CREATOR, key) if node.is_uuid(key):
            creator = await loaders.creator.load(CreatorId(key))
            return Creator.of(creator) if creator else None
        case (node.PROFILE, key) if "\x00" not in key:
            profile = await loaders.profile.load(ProfileId(key))
            return Profile.of(profile) if profile else None
        case (node.LINK, key):
            link = await loaders.link.load(node.pair_of_key(key))
            return Link.of(link) if link else None
        case (node.REVIEW_ITEM, key):
            item = await loaders.review_item.load(node.pair_of_key(key))
            return ReviewItem.of(item, info=info) if item else None
        case _:
            raise InvalidInputError("this is no global id of ours", where="id", mend="Pass an id as the API gave it.")
