"""Every connection of the schema: its statements do not grow with its length, and its cursors hold while data changes."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_composite_type,
    is_required_argument,
)

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.steward import Role, Steward, StewardId
from creatorgraph.domain.tenant import OPERATOR
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.graphql.limit import MAX_KEY
from creatorgraph.graphql.node import global_id
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.engines import Engines
from creatorgraph.services.private.collection import add_to_collection, make_collection
from creatorgraph.store.database import Database
from creatorgraph.store.table import collection, creator, webhook, webhook_delivery, webhook_message
from creatorgraph.store.write.creator import write_creators
from tests.integration.conftest import START, _view, creator_id, embedded_engines

Ask = Callable[..., Awaitable[dict[str, Any]]]
SCHEMA = build_schema()._schema
ROOTS = {
    "Query": "{{ {inner} }}",
    "Creator": "query {{ creators(first: {many}) {{ edges {{ node {{ {inner} }} }} }} }}",
    "Profile": "query {{ creators(first: {many}) {{ edges {{ node {{ profiles(first: 3) "
    "{{ edges {{ node {{ {inner} }} }} }} }} }} }} }}",
    "Tenant": "{{ tenant {{ {inner} }} }}",
    "Collection": "query {{ collections(first: {many}) {{ edges {{ node {{ {inner} }} }} }} }}",
    "Webhook": "query {{ webhooks(first: {many}) {{ edges {{ node {{ {inner} }} }} }} }}",
}
"""How each type that has connections is reached, many of it at once."""
OWNED = 12
TRIES = 3
"""When two answers come apart, what both ask for next makes two batches: the fewest statements are what the query needs."""
COUNTED_ELSEWHERE = {("Query", "match")}
"""It needs a model, which this world lacks: tests/integration/services/test_match.py."""
GIVEN = {
    "since": '"2026-01-01T00:00:00Z"',
    "until": '"2026-01-02T00:00:00Z"',
    "query": '"bread"',
    "typed": '"ma"',
    "id": '"01910000-0000-7000-8000-000000000005"',
}


def paged() -> list[tuple[str, str]]:
    """Every field that is paged: (type, field). Walks through the graph are bounded by their number (MAX_TRAVERSALS)."""
    return [
        (name, field)
        for name, kind in sorted(SCHEMA.type_map.items())
        if isinstance(kind, GraphQLObjectType)
        and name not in ("Mutation", "Subscription")
        and not name.startswith("__")
        for field, each in sorted(kind.fields.items())
        if "first" in each.args and "depth" not in each.args and (name, field) not in COUNTED_ELSEWHERE
    ]


def written(name: str, field: GraphQLField, first: int) -> str:
    """The field with its required arguments, and below it everything that costs no walk, two levels deep."""
    given = [
        f"{key}: {GIVEN[key]}" for key, each in field.args.items() if key != "first" and is_required_argument(each)
    ]
    kind = get_named_type(field.type)
    return f"{name}({', '.join([f'first: {first}', *given])}) {{ {selected(kind, 4)} }}"


def selected(kind: Any, depth: int) -> str:
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return "__typename"
    found = ["__typename"]
    for name, each in kind.fields.items():
        inner = get_named_type(each.type)
        if any(is_required_argument(argument) for argument in each.args.values()) or "depth" in each.args:
            continue
        if not is_composite_type(inner):
            found.append(name)
        elif depth > 0 and "first" not in each.args:
            found.append(f"{name} {{ {selected(inner, depth - 1)} }}")
    return " ".join(found)


@contextmanager
def counted() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def test_there_is_a_way_to_every_connection() -> None:
    assert {kind for kind, _ in paged()} == set(ROOTS)
    assert len(paged()) >= 10


@pytest.fixture(scope="module")
def owned(engines: Engines, creators: tuple[CreatorId, ...]) -> Iterator[None]:
    """Twelve collections of ten creators and twelve webhooks with ten attempts, all of them the operator's."""
    for number in range(OWNED):
        made = make_collection(engines, OPERATOR, f"Set {number}")
        add_to_collection(engines, OPERATOR, made.collection_id, list(creators[number : number + 10]))
    ids = [f"01910000-0000-7000-8000-0000000001{number:02}" for number in range(OWNED)]
    own = {"tenant_id": OPERATOR}
    endpoint = own | {"url": "https://hooks.example.com/", "description": "", "events": ["creator.merged"]}
    message = own | {"type": "creator.merged", "creators": [], "occurred_at": START}
    attempt = own | {"attempt": 1, "at": START, "duration_ms": 5, "status": 200}
    with engines.database.for_operator() as connection:
        connection.execute(sa.insert(webhook), [endpoint | {"webhook_id": each} for each in ids])
        connection.execute(
            sa.insert(webhook_message), [message | {"webhook_id": each, "message_id": each} for each in ids]
        )
        tries = [attempt | {"webhook_id": each, "message_id": each} for each in ids for _ in range(10)]
        connection.execute(sa.insert(webhook_delivery), tries)
    yield
    with engines.database.for_operator() as connection:
        connection.execute(sa.delete(collection))
        connection.execute(sa.delete(webhook))


@pytest.mark.usefixtures("owned")
@pytest.mark.parametrize(("kind", "field"), paged(), ids=".".join)
async def test_statements_do_not_grow_with_a_connection(ask: Ask, kind: str, field: str) -> None:
    found = SCHEMA.type_map[kind]
    assert isinstance(found, GraphQLObjectType)
    caller = Steward(
        steward_id=StewardId("0192aaaa-0000-7000-8000-00000000000f"), name="admin", role=Role.ADMIN, created_at=START
    )
    await ask("{ stats { creators } }")
    counts = []
    for many, first in ((1, 1), (3, 3), (12, 10)):
        document = ROOTS[kind].format(inner=written(field, found.fields[field], first), many=many)
        tries = []
        for _ in range(TRIES):
            with counted() as statements:
                result = await ask(document, caller=caller)
            assert result["errors"] == []
            tries.append(len([each for each in statements if "FROM" in each]))
        counts.append(min(tries))
    # a few objects may lack what many have between them, so the first may need fewer
    assert counts[1] >= counts[0]
    # what is reached on ways of different length makes batches of its own; a statement for each parent would be nine more
    assert counts[2] <= counts[1] + 4
    assert counts[2] <= 25


@pytest.fixture
def changing(database: Database, encoder: Encoder, tmp_path: Any) -> Iterator[Engines]:
    """Engines over a world of its own, whose creators come and go."""
    from tests.integration.conftest import write_world

    write_world(database)
    opened = embedded_engines(database, encoder, tmp_path)
    yield opened
    opened.graph.close()


@pytest.mark.parametrize("order", ["FOLLOWERS", "NAME", "CREATED"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_cursors_hold_while_creators_come_and_go(ask: Ask, changing: Engines, order: str, direction: str) -> None:
    page = f"""query ($after: String) {{
      creators(first: 7, after: $after, orderBy: {{field: {order}, direction: {direction}}}) {{
        pageInfo {{ endCursor hasNextPage }} edges {{ node {{ id displayName }} }} }} }}"""
    seen: list[str] = []
    after, more, turn = None, True, 0
    while more:
        found = (await ask(page, over=changing, after=after))["data"]["creators"]
        seen += [each["node"]["displayName"] for each in found["edges"]]
        after, more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]
        _change(changing, turn)
        turn += 1
    await changing.database.aclose()
    old = [each for each in seen if each < "Maker 60"]
    assert len(seen) == len(set(seen))
    # who was there all the time is there once, whatever came before or behind
    assert {f"Maker {n:02}" for n in range(60)} - set(old) <= {f"Maker {n:02}" for n in GOING}
    assert turn > 8


async def test_every_cursor_that_is_given_out_is_taken(ask: Ask, changing: Engines) -> None:
    """Names are kept up to 1,024 characters, of which each may be three bytes."""
    with changing.database.transaction() as connection:
        connection.execute(creator.update().values(display_name=sa.func.repeat("あ", 1020) + creator.c.display_name))
    order = "orderBy: {field: NAME, direction: ASC}"
    fields = "{ pageInfo { endCursor } edges { node { id } } }"
    first = (await ask(f"{{ creators(first: 1, {order}) {fields} }}", over=changing))["data"]["creators"]
    cursor = first["pageInfo"]["endCursor"]
    assert len(cursor) > 4000
    by_variable = f"query ($after: String) {{ creators(first: 1, after: $after, {order}) {fields} }}"
    as_text = f'{{ creators(first: 1, after: "{cursor}", {order}) {fields} }}'
    for found in (await ask(by_variable, over=changing, after=cursor), await ask(as_text, over=changing)):
        assert found["errors"] == []
        assert found["data"]["creators"]["edges"] != first["edges"]
    await changing.database.aclose()


async def test_ids_may_be_as_long_as_those_that_are_given_out_and_other_texts_may_not(ask: Ask) -> None:
    long, too_long = global_id("Profile", "あ" * 1024), "x" * (MAX_KEY + 1)
    by_variable = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    for found in (await ask(by_variable, ids=[long]), await ask(f'{{ nodes(ids: ["{long}"]) {{ id }} }}')):
        assert found == {"data": {"nodes": [None]}, "errors": []}
    for text, query in (
        (too_long, "query ($text: [ID!]!) { nodes(ids: $text) { id } }"),
        (too_long, "query ($text: String) { creators(first: 1, after: $text) { edges { cursor } } }"),
        (long, "query ($text: String!) { creators(first: 1, filter: {category: $text}) { edges { cursor } } }"),
    ):
        refused = await ask(query, text=text)
        assert [each["extensions"]["where"] for each in refused["errors"]] == ["variables"]
    refused = await ask(f'{{ creators(first: 1, filter: {{category: "{long}"}}) {{ edges {{ cursor }} }} }}')
    assert "longer than" in refused["errors"][0]["message"]


GOING = (3, 17, 31, 45)


def _change(engines: Engines, turn: int) -> None:
    """A creator comes at either end of every order, and one goes."""
    with engines.database.transaction() as connection:
        write_creators(connection, [_view(60 + turn)])
        if turn < len(GOING):
            connection.execute(
                creator.update().where(creator.c.creator_id == creator_id(GOING[turn])).values(retired_at=sa.func.now())
            )


def test_required_arguments_are_known() -> None:
    for kind, field in paged():
        found = SCHEMA.type_map[kind]
        assert isinstance(found, GraphQLObjectType)
        for name, argument in found.fields[field].args.items():
            if name != "first" and isinstance(argument.type, GraphQLNonNull) and is_required_argument(argument):
                assert name in GIVEN
