from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
    is_introspection_type,
)

from creatorgraph.graphql.schema import sdl

COMMITTED = Path(__file__).parents[3] / "schema.graphql"


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text() == sdl(), "run `creatorgraph schema --out schema.graphql`"


def test_every_type_field_and_argument_is_described() -> None:
    bare: list[str] = []
    for name, kind in build_schema(sdl()).type_map.items():
        if is_introspection_type(kind) or name in ("String", "Int", "Float", "Boolean", "ID"):
            continue
        if not kind.description:
            bare.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            bare += [f"{name}.{field}" for field, each in kind.fields.items() if not each.description]
        if isinstance(kind, GraphQLObjectType):
            bare += [
                f"{name}.{field}({argument})"
                for field, each in kind.fields.items()
                for argument, said in each.args.items()
                if not said.description
            ]
        if isinstance(kind, GraphQLEnumType) and name != "Platform":
            bare += [f"{name}.{value}" for value, each in kind.values.items() if not each.description]
    assert bare == []


def test_every_paged_list_is_bounded() -> None:
    """A list of objects is either a connection, has a `first` argument, or is bounded by what it belongs to."""
    bounded = {
        "Query.nodes", "Query.path", "Link.evidence", "PairExplanation.evidence", "PairExplanation.via",
        "PairExplanation.sharedIdentifiers", "Profile.identifiers", "Cohesion.bridges", "SearchHit.whyRanked",
        "Stats.platforms", "NetworkFragment.nodes", "NetworkFragment.edges", "Path.nodes", "Path.edges",
        "Agreement.machine", "QueueSummary.byReason", "QueueSummary.burnDown", "ReviewItem.comments",
        "ReviewItem.decisions", "IdentityPreview.creators", "IdentityPreview.contradictions",
        "PreviewedCreator.profiles", "BulkPreview.sample", "BulkDone.decisions", "DecisionMade.creators",
        "DecisionMade.events", "IdentityChanged.creators", "IdentityChanged.events", "IdentityChanged.decisions",
        "ContradictsDecision.standing", "ContradictsDecision.through", "ContradictsDecision.waysOut",
        "Mutation.claimNextReview", "SearchPart.hits", "MatchCandidate.evidence", "SearchFacets.platforms",
        "SearchFacets.categories", "SearchFacets.languages", "SearchFacets.countries", "PrivateMatch.reasons",
        "PrivateProfile.contacts", "PrivateProfile.contactsInFull",
        "Query.usageByDay", "KeyUsage.days",
    }  # fmt: skip
    found, types = set(), build_schema(sdl()).type_map
    for name, kind in types.items():
        if not isinstance(kind, GraphQLObjectType) or is_introspection_type(kind) or name.endswith("Connection"):
            continue
        for field, each in kind.fields.items():
            inner = str(each.type).strip("[]!")
            of_objects = isinstance(types[inner], GraphQLObjectType | GraphQLInterfaceType)
            if "[" in str(each.type) and of_objects and "first" not in each.args:
                found.add(f"{name}.{field}")
    assert found == bounded
