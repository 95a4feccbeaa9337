"""Kept answers to GraphQL queries, for whoever asks the same with the same rights: what is kept, under which key, and when."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import orjson

from creatorgraph.domain.caller import Caller
from creatorgraph.domain.usage import Use
from creatorgraph.graphql.cacheable import Kind, Plan, plan_of
from creatorgraph.graphql.reads import Reads
from creatorgraph.graphql.schema import Schema
from creatorgraph.services.answer_cache import Answer, AnswerCache
from creatorgraph.services.answer_watch import AnswerWatch

ASKED = "creatorgraph.asked"
"""Where what was asked lies in the scope of a request."""
_MOST_PLANS = 1000
_LONGEST = 1 << 16
"""Characters of a text whose plan is remembered."""


@dataclass(slots=True, kw_only=True)
class Asked:
    """One operation on its way through the schema: by whom, and what was read and charged for it since `ticket`."""

    text: str
    operation_name: str | None
    variables: dict[str, Any] | None
    caller: Caller
    ticket: int
    reads: Reads = field(default_factory=Reads)
    use: Use = field(default_factory=Use)

    def charge(self, use: Use) -> None:
        self.use = self.use + use


class Answers:
    """The kept answers of one server."""

    def __init__(self, schema: Schema, cache: AnswerCache, watch: AnswerWatch, *, on: bool) -> None:
        self.schema = schema
        self.cache = cache
        self._watch = watch
        self.on = on
        self._plans: OrderedDict[tuple[str, str | None], Plan] = OrderedDict()

    def passes(self, text: str, operation_name: str | None) -> bool:
        """Whether it is known that answers of this operation are not kept."""
        plan = self._plans.get((text, operation_name))
        return plan is not None and plan.kind is Kind.PASSED

    def find(self, asked: Asked) -> Answer | None:
        """The answer to give without asking anybody; None where there is none, or none may be given now."""
        plan = self._plans.get((asked.text, asked.operation_name))
        if plan is None or plan.kind is not Kind.KEPT or not self._watch.holds:
            return None
        return self.cache.get(_key(plan, asked))

    def answered(self, asked: Asked, response: dict[str, Any]) -> None:
        """Keeps what the schema has answered where it may. Whatever writes is waited for by what is asked next."""
        plan = self._plan(asked.text, asked.operation_name)
        if plan.kind is Kind.WRITES:
            self._watch.written()
        if plan.kind is not Kind.KEPT or "errors" in response or not asked.reads.open or not self._watch.holds:
            return
        told = {**response, "extensions": {**response.get("extensions", {}), "cache": {"hit": True}}}
        answer = Answer(body=orjson.dumps(told), use=asked.use)
        self.cache.put(_key(plan, asked), asked.ticket, answer, asked.reads.tags | plan.tags)

    def _plan(self, text: str, operation_name: str | None) -> Plan:
        known = self._plans.get((text, operation_name))
        if known is not None:
            return known
        found = plan_of(self.schema._schema, text, operation_name)
        if len(text) > _LONGEST:
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
