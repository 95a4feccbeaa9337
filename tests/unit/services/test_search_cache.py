from datetime import UTC, datetime

from creatorgraph.services.search_cache import Found, ProcessSearchCache, SearchKey
from creatorgraph.services.search_rank import SearchMode
from creatorgraph.store.read.creator import NO_FILTER, CreatorFilter


def key(query: str = "bread", mode: SearchMode = SearchMode.HYBRID, filter_by: CreatorFilter = NO_FILTER) -> SearchKey:
    return SearchKey(query=query, mode=mode, filter_by=filter_by)


def found(state: str) -> Found:
    return Found(candidates=(), as_of=datetime(2026, 1, 1, tzinfo=UTC), state=state)


def test_it_answers_what_it_was_given_for_the_same_question_alone() -> None:
    cache = ProcessSearchCache(9, settle_seconds=0)
    assert cache.get(key(), "1") is None
    cache.put(key(), found("1"))
    assert cache.get(key(), "1") == found("1")
    for other in (key("cake"), key(mode=SearchMode.TEXT), key(filter_by=CreatorFilter(verified=True))):
        assert cache.get(other, "1") is None


def test_a_new_state_drops_everything_and_what_was_found_before_it_is_not_kept() -> None:
    cache = ProcessSearchCache(9, settle_seconds=0)
    cache.get(key(), "1")
    cache.put(key(), found("1"))
    assert cache.get(key(), "2") is None
    cache.put(key(), found("1"))
    assert len(cache) == 0


def test_it_keeps_the_latest() -> None:
    cache = ProcessSearchCache(2, settle_seconds=0)
    cache.get(key(), "1")
    for query in ("a", "b"):
        cache.put(key(query), found("1"))
    assert cache.get(key("a"), "1") is not None
    cache.put(key("c"), found("1"))
    assert [cache.get(key(query), "1") is not None for query in ("a", "b", "c")] == [True, False, True]


def test_nothing_is_kept_of_a_state_that_is_new() -> None:
    cache = ProcessSearchCache(2, settle_seconds=60)
    cache.get(key(), "1")
    cache.put(key(), found("1"))
    assert len(cache) == 0
