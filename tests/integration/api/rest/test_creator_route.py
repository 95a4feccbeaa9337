"""Creators over REST: by id, by account, in batches; in two forms, with tags, redirects and problems."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import sqlalchemy as sa

from creatorgraph.api.app import MAX_BODY, create_app
from creatorgraph.domain.creator import CreatorId
from creatorgraph.graphql.limit import MAX_KEY
from creatorgraph.graphql.link import LINK_CURSOR
from creatorgraph.services.engines import Engines
from creatorgraph.store.table import creator
from tests.integration.conftest import ERASED, GONE, OLD, OLDER, creator_id

PROBLEM = "application/problem+json"
NOBODY = "01910000-0000-7000-8000-0000000fffff"


@pytest.fixture
async def client(engines: Engines) -> AsyncIterator[httpx.AsyncClient]:
    async with AsyncExitStack() as stack:
        app = create_app(engines)
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        yield await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://localhost"))


async def test_a_creator_with_everything_that_ties_it_together(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v1/creators/{creator_id(5)}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found = answer.json()
    assert (found["id"], found["profile_count"], found["version"]) == (creator_id(5), 3, 1)
    assert [each["profile_id"] for each in found["profiles"]["items"]] == ["p005i", "p005y", "p005x"]
    assert found["facts"]["name"]["source"]["platform"] == "instagram"
    assert found["facts"]["name"]["seen_at"]
    links = found["links"]["items"]
    assert [each["probability"] for each in links] == [0.99, 0.8, 0.1]
    assert all(each["cross_platform"] for each in links)
    first = links[0]
    assert first["method"] == {"decided_by": "model", "model_version": "m1"}
    assert {"first_seen_at", "last_seen_at", "updated_at"} <= first.keys()
    assert first["evidence"][0]["explanation"] == "The usernames are the same."
    assert (found["profiles"]["next"], found["links"]["next"]) == (None, None)


async def test_pages_go_on_where_the_last_ended(client: httpx.AsyncClient) -> None:
    place, seen = f"/v1/creators/{creator_id(5)}", []
    after: dict[str, Any] = {}
    for _ in range(3):
        found = (await client.get(place, params={"page_size": 1, **after})).json()
        [item], [link] = found["profiles"]["items"], found["links"]["items"]
        # the ends of a link may be on another page
        assert {link["left"]["username"], link["right"]["username"]} == {"Maker05"}
        seen.append(item["profile_id"])
        after = {"profiles_after": found["profiles"]["next"], "links_after": found["links"]["next"]}
    assert seen == ["p005i", "p005y", "p005x"]
    assert after == {"profiles_after": None, "links_after": None}


async def test_a_cursor_may_hold_ids_of_any_length(client: httpx.AsyncClient) -> None:
    place, long = f"/v1/creators/{creator_id(5)}", LINK_CURSOR.encode((0.8, "p" * 1024, "q" * 1024))
    found = await client.get(place, params={"links_after": long})
    assert found.status_code == 200
    assert [each["probability"] for each in found.json()["links"]["items"]] == [0.1]
    assert (await client.get(place, params={"links_after": "A" * (MAX_KEY + 1)})).status_code == 400


async def test_the_tag_changes_with_the_answer_and_its_form(client: httpx.AsyncClient) -> None:
    place = f"/v1/creators/{creator_id(5)}"
    tags = set()
    for headers in ({}, {"accept": "application/ld+json"}, {"accept-encoding": "identity"}):
        answer = await client.get(place, headers=headers)
        tag = answer.headers["etag"]
        assert tag.startswith('"1-')
        assert answer.headers["cache-control"] == "private, no-cache"
        for condition in (tag, f'W/{tag}, "x"', "*"):
            again = await client.get(place, headers={**headers, "if-none-match": condition})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert (await client.get(place, headers={**headers, "if-none-match": '"1-x"'})).status_code == 200
        tags.add(tag)
    assert len(tags) == 3


async def test_json_ld_says_who_and_where_else(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        f"/v1/creators/{creator_id(5)}", headers={"accept": "text/html, application/ld+json;q=0.9"}
    )
    assert answer.headers["content-type"] == "application/ld+json"
    page = answer.json()
    assert page["@type"] == "ProfilePage"
    about = page["mainEntity"]
    assert (about["@type"], about["name"]) == ("Person", "Maker 05")
    assert about["sameAs"] == [f"https://{each}.com/maker05" for each in ("instagram", "youtube", "x")]
    assert len(about["subjectOf"]) == 3
    assert about["link"][0]["probability"] == 0.99
    assert all(term in page["@context"][1] for term in about["link"][0])


@pytest.mark.parametrize("accept", ["text/html", "application/xml, application/json;q=0", "*/*;q=0"])
async def test_other_forms_are_not_acceptable(client: httpx.AsyncClient, accept: str) -> None:
    answer = await client.get(f"/v1/creators/{creator_id(5)}", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (406, PROBLEM)


@pytest.mark.parametrize("retired", [OLD, OLDER])
async def test_a_retired_id_leads_to_its_successor(client: httpx.AsyncClient, retired: CreatorId) -> None:
    answer = await client.get(f"/v1/creators/{retired}", params={"page_size": 2})
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/v1/creators/{creator_id(0)}?page_size=2"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.json()["successor"] == creator_id(0)
    followed = await client.get(answer.headers["location"])
    assert followed.json()["id"] == creator_id(0)


@pytest.mark.parametrize(
    ("place", "status", "code"),
    [
        (f"creators/{GONE}", 410, "gone"),
        (f"creators/{ERASED}", 410, "gone"),
        (f"creators/{NOBODY}", 404, "not_found"),
        ("creators/5", 422, "invalid_input"),
        (f"creators/{creator_id(5)}?page_size=1000000", 422, "invalid_input"),
        (f"creators/{creator_id(5)}?links_after=WyJsaW5rIl0", 400, "invalid_input"),
        ("profiles/instagram/nobody/creator", 404, "not_found"),
        ("profiles/nowhere/maker05/creator", 422, "invalid_input"),
        ("profiles/instagram/%00/creator", 404, "not_found"),
    ],
)
async def test_what_is_not_there_is_a_problem(client: httpx.AsyncClient, place: str, status: int, code: str) -> None:
    answer = await client.get(f"/v1/{place}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    said = answer.json()
    assert (said["status"], said["code"]) == (status, code)
    assert said["detail"]
    # values may be personal
    assert "nobody" not in answer.text
    assert "1000000" not in answer.text


async def test_a_token_that_is_nobodys_is_a_problem(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v1/creators/{creator_id(5)}", headers={"authorization": "Bearer nothing"})
    assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM)
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_creator_of_an_account(client: httpx.AsyncClient) -> None:
    for spelled in ("maker05", "@MAKER05"):
        answer = await client.get(f"/v1/profiles/x/{spelled}/creator")
        assert (answer.status_code, answer.json()["id"]) == (200, creator_id(5))
        assert answer.headers["content-location"] == f"/v1/creators/{creator_id(5)}"
        assert answer.headers["etag"] == (await client.get(f"/v1/creators/{creator_id(5)}")).headers["etag"]


async def test_a_batch_answers_for_each_id(client: httpx.AsyncClient) -> None:
    ids = [creator_id(5), OLDER, ERASED, NOBODY, creator_id(5)]
    results = (await client.post("/v1/creators:batchGet", json={"ids": ids})).json()["results"]
    assert [(each["id"], each["status"]) for each in results] == list(zip(ids, [200, 308, 410, 404, 200], strict=True))
    assert results[0]["creator"] == results[4]["creator"]
    assert results[1]["moved"]["successor"] == creator_id(0)
    assert [results[n]["problem"]["code"] for n in (2, 3)] == ["gone", "not_found"]


async def test_a_creator_that_changes_meanwhile_does_not_spoil_the_others(
    client: httpx.AsyncClient, engines: Engines
) -> None:
    """Its golden record names a profile that was removed since."""
    changed = creator.update().where(creator.c.creator_id == creator_id(7))
    with engines.database.transaction() as connection:
        golden = connection.execute(
            sa.select(creator.c.golden).where(creator.c.creator_id == creator_id(7))
        ).scalar_one()
        connection.execute(changed.values(golden={**golden, "name": {**golden["name"], "source": "gone"}}))
    try:
        ids = [creator_id(6), creator_id(7), creator_id(8)]
        answer = await client.post("/v1/creators:batchGet", json={"ids": ids})
        alone = await client.get(f"/v1/creators/{creator_id(7)}")
    finally:
        with engines.database.transaction() as connection:
            connection.execute(changed.values(golden=golden))
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [(each["id"], each["status"]) for each in results] == list(zip(ids, [200, 404, 200], strict=True))
    for problem in (results[1]["problem"], alone.json()):
        assert (problem["status"], problem["mend"]) == (404, "Ask again.")


@pytest.mark.parametrize("ids", [[], ["x"], [creator_id(1)] * 51, None, [None]])
async def test_batches_are_bounded(client: httpx.AsyncClient, ids: Any) -> None:
    answer = await client.post("/v1/creators:batchGet", json={"ids": ids})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


async def test_a_body_that_cannot_be_read_is_a_problem(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "application/json"}
    answers = {
        content: await client.post("/v1/creators:batchGet", content=content, headers=headers)
        for content in (b"\xff\xfe\x00", b"{", b"[" * 5000, b" " * (MAX_BODY + 1))
    }
    assert [answer.status_code for answer in answers.values()] == [400, 422, 400, 413]
    undeclared = await client.post("/v1/creators:batchGet", content=_endless(), headers=headers)
    assert undeclared.status_code == 413


async def _endless() -> AsyncIterator[bytes]:
    for _ in range(40):
        yield b" " * (MAX_BODY // 32)


async def test_statements_do_not_grow_with_the_batch(client: httpx.AsyncClient) -> None:
    await client.post("/v1/creators:batchGet", json={"ids": [creator_id(0)]})
    counts = []
    for size in (1, 2, 50):
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object, said: list[str] = said) -> None:
            said.append(statement)

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            answer = await client.post("/v1/creators:batchGet", json={"ids": [creator_id(n) for n in range(size)]})
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
        assert [each["status"] for each in answer.json()["results"]] == [200] * size
        counts.append(len([each for each in said if "FROM" in each]))
    assert counts == [3, 3, 3]


async def test_matching_before_any_run_says_what_is_missing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/creators:match", params={"platform": "x", "username": "maker05"})
    assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM)
    assert answer.headers["retry-after"]
    assert "creatorgraph resolve" in answer.json()["mend"]


async def test_the_document_is_served(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/openapi.json")).content
    assert orjson.loads(found) == orjson.loads(Path(__file__).parents[4].joinpath("openapi.json").read_bytes())
