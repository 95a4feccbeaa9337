"""Kept answers to GraphQL queries, for whoever asks the same with the same rights: what is kept, under which key, and when."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.usage import Use
from creatorgraph.graphql.cacheable import Kind, Plan, plan_of
from creatorgraph.graphql.context import Context
from creatorgraph.graphql.kept_answer import as_kept
from creatorgraph.graphql.prepared import execute_prepared
from creatorgraph.graphql.reads import Reads
from creatorgraph.graphql.schema import Schema
from creatorgraph.services.answer_cache import Answer, AnswerCache
from creatorgraph.services.answer_store import SharedAnswers
from creatorgraph.services.answer_watch import AnswerWatch
from creatorgraph.services.health import Condition, EngineCondition

ASKED = "creatorgraph.asked"
"""Where what was asked lies in the scope of a request."""
_MOST_PLANS = 1000
_LONGEST = 1 << 16
"""Characters of a text whose plan is remembered."""


@dataclass(slots=True, kw_only=True)
class Asked:
    """One operation on its way through the schema: by whom, and what was read and charged for it since `ticket`
    (on Redis: `epoch`)."""

    text: str
    operation_name: str | None
    variables: dict[str, Any] | None
    caller: Caller
    ticket: int
    epoch: str | None = None
    reads: Reads = field(default_factory=Reads)
    use: Use = field(default_factory=Use)

    def charge(self, use: Use) -> None:
        self.use = self.use + use


class Answers:
    """The kept answers of one server, and what it has learnt of the operations that it is asked."""

    def __init__(
        self,
        schema: Schema,
        cache: AnswerCache,
        watch: AnswerWatch,
        *,
        most_cost: int,
        shared: SharedAnswers | None = None,
    ) -> None:
        self.schema = schema
        self.cache = cache
        self._watch = watch
        self._most_cost = most_cost
        self._shared = shared
        self._plans: OrderedDict[tuple[str, str | None], Plan] = OrderedDict()

    def passes(self, text: str, operation_name: str | None) -> bool:
        """Whether it is known that answers of this operation are neither kept nor given without the schema."""
        plan = self._plans.get((text, operation_name))
        return plan is not None and plan.kind is Kind.PASSED and plan.prepared is None

    async def find(self, asked: Asked) -> Answer | None:
        """The kept answer; None where there is none, or none may be given now."""
        plan = self._plans.get((asked.text, asked.operation_name))
        if plan is None or plan.kind is not Kind.KEPT or not self._watch.holds:
            return None
        key = _key(plan, asked)
        found = self.cache.get(key)
        if found is not None or self._shared is None:
            return found
        looked = await self._shared.look(key)
        asked.epoch = looked.epoch
        if looked.answer is None or not self._watch.holds:
            return None
        # it may have been dropped while it was on its way
        return looked.answer if self.cache.put(key, asked.ticket, looked.answer, looked.tags) else None

    async def execute(self, asked: Asked, context: Callable[[], Context]) -> dict[str, Any] | None:
        """The response to an operation that was answered before, without parsing and validating it again; None where it was not,
        or where something is wrong with its variables, which is for the schema to say."""
        plan = self._plans.get((asked.text, asked.operation_name))
        if plan is None or plan.prepared is None:
            return None
        cost = plan.prepared.cost(self.schema._schema, asked.variables)
        if cost is None or cost > self._most_cost:
            return None
        own = context()
        own.charge(Use(cost=cost))
        response = await execute_prepared(
            self.schema, plan.prepared, asked.variables, own, cost=cost, limit=self._most_cost
        )
        await self.answered(asked, response)
        return response

    async def answered(self, asked: Asked, response: dict[str, Any]) -> None:
        """Keeps what the schema has answered where it may. Whatever writes is waited for by what is asked next."""
        # what was refused, by a limit say, was not executed: it is to be refused again
        refused = "errors" in response and response.get("data") is None
        plan = self._plan(asked.text, asked.operation_name, remember=not refused)
        if plan.kind is Kind.WRITES:
            self._watch.written()
        if plan.kind is not Kind.KEPT or "errors" in response or not asked.reads.open or not self._watch.holds:
            return
        told = {**response, "extensions": {**response.get("extensions", {}), "cache": {"hit": True}}}
        if plan.turns and plan.prepared is not None:
            told["data"] = as_kept(self.schema._schema, plan.prepared, response["data"])
        answer, tags = Answer(body=orjson.dumps(told), use=asked.use), asked.reads.tags | plan.tags
        key = _key(plan, asked)
        kept = self.cache.put(key, asked.ticket, answer, tags)
        if kept and self._shared is not None and asked.epoch is not None:
            await self._shared.keep(key, asked.epoch, answer, tags)

    def condition(self) -> EngineCondition:
        """Which layers are on."""
        away = self._shared is not None and self._shared.away
        places = "none are kept" if not self.cache.on else f"{len(self.cache)} kept in this process"
        detail = places + ("" if self._shared is None else ", none on Redis now" if away else ", and on Redis")
        return EngineCondition(
            name="answers",
            condition=Condition.DEGRADED if away else Condition.OK,
            detail=detail,
            mend="Start Redis again." if away else None,
        )

    def _plan(self, text: str, operation_name: str | None, *, remember: bool) -> Plan:
        known = self._plans.get((text, operation_name))
        if known is not None:
            return known
        found = plan_of(self.schema._schema, text, operation_name)
        if not remember or len(text) > _LONGEST:
            return found
        self._plans[text, operation_name] = found
        if len(self._plans) > _MOST_PLANS:
            self._plans.popitem(last=False)
        return found


def _key(plan: Plan, asked: Asked) -> bytes:
    """Everything that an answer depends on, but for what is stored. A digest: no key tells what was asked."""
    who = asked.caller
    rights = f"{who.tenant_id}\0{who.plan}\0{who.role}\0{who.steward is not None}\0{' '.join(sorted(who.scopes))}"
    variables = orjson.dumps(asked.variables or {}, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(b"\0".join((rights.encode(), plan.digest, variables)), digest_size=24).digest()
