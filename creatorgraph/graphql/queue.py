"""The review queue in figures."""

from datetime import datetime
from typing import Self

import strawberry

from creatorgraph.domain.review import Band, ReviewReason
from creatorgraph.graphql.context import Info
from creatorgraph.graphql.field import resolved
from creatorgraph.services.steward import agreement as agreements
from creatorgraph.services.steward import quality
from creatorgraph.services.steward import queue as service

_field = strawberry.field


@strawberry.type(description="How many items wait for one reason.")
class ReasonCount:
    reason: ReviewReason = _field(description="The reason.")
    open: int = _field(description="Items that wait, held ones included.")


@strawberry.type(description="One day of the queue, from midnight to midnight UTC.")
class BurnDownDay:
    day: str = _field(description="The date, such as 2026-11-21.")
    opened: int = _field(description="Items that came up, or came back by an undo.")
    decided: int = _field(description="Items that were decided.")
    closed: int = _field(description="Items that new facts made needless.")
    open: int = _field(description="Items that waited at the end of the day.")


@strawberry.type(description="The state of the queue.")
class QueueSummary:
    open: int = _field(description="Items that wait and that nobody holds.")
    claimed: int = _field(description="Items that somebody holds.")
    decided_today: int = _field(description="Decisions since midnight UTC.")
    decided_by_me_today: int = _field(description="Those of the caller.")
    by_reason: list[ReasonCount] = _field(description="What waits, by reason.")
    oldest: datetime | None = _field(description="When the item came up that has waited longest.")

    @classmethod
    def of(cls, found: service.QueueSummary) -> Self:
        return cls(
            open=found.open,
            claimed=found.claimed,
            decided_today=found.decided_today,
            decided_by_me_today=found.decided_by_me_today,
            by_reason=[ReasonCount(reason=each, open=found.by_reason.get(each, 0)) for each in ReviewReason],
            oldest=found.oldest,
        )

    @resolved("The last 30 days of the whole queue, oldest first.")
    async def burn_down(self, info: Info) -> list[BurnDownDay]:
        days = await info.context.engines.database.ask(service.queue_history)
        return [
            BurnDownDay(
                day=each.day.isoformat(), opened=each.opened, decided=each.decided, closed=each.closed, open=each.open
            )
            for each in days
        ]


@strawberry.type(description="How right the machine was about decided items of one band.")
class BandPrecision:
    band: Band = _field(description="The band of the machine's probability.")
    decided: int = _field(description="Items that people called the same or different.")
    same: int = _field(description="Those that they called the same.")
    share: float | None = _field(description="`same` by `decided`; null where nothing was decided.")
    expected: float | None = _field(description="The mean of the machine's probabilities: what `share` should be.")


@strawberry.type(description="How far stewards agree with each other and with the machine.")
class Agreement:
    kappa: float | None = _field(
        description="Cohen's kappa over items that two stewards decided: 1 is full agreement, 0 what chance gives. Null below "
        "two stewards or ten such items."
    )
    pairs_decided_twice: int = _field(description="Items that two stewards decided.")
    machine: list[BandPrecision] = _field(description="The machine by band, the most probable first.")

    @classmethod
    def of(cls, found: agreements.Agreement) -> Self:
        return cls(
            kappa=found.kappa,
            pairs_decided_twice=found.pairs_decided_twice,
            machine=[
                BandPrecision(
                    band=each.band,
                    decided=each.decided,
                    same=each.same,
                    share=each.same / each.decided if each.decided else None,
                    expected=each.expected,
                )
                for each in found.machine
            ],
        )


@strawberry.type(description="What decisions did for the model of the last run.")
class ModelQuality:
    model_version: str | None = _field(description="The model's version; null before the first run.")
    trained_on_decisions: int = _field(description="Decided pairs that the run knew.")
    held_out: int = _field(description="Those that the model was not taught, to measure it by.")
    held_out_log_loss: float | None = _field(description="The mean log loss on them, in nats; lower is better.")
    held_out_log_loss_before: float | None = _field(description="The same of the model without any decisions.")
    used: bool = _field(description="Whether what decisions teach was taken over.")
    explanation: str = _field(description="The same in words.")

    @classmethod
    def of(cls, found: quality.ModelQuality) -> Self:
        return cls(
            model_version=found.model_version,
            trained_on_decisions=found.trained_on_decisions,
            held_out=found.held_out,
            held_out_log_loss=found.held_out_log_loss,
            held_out_log_loss_before=found.held_out_log_loss_before,
            used=found.used,
            explanation=found.explanation,
        )
