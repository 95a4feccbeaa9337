"""What mutations of webhooks answer with."""

from datetime import datetime
from typing import Annotated

import strawberry

from creatorgraph.domain.caller import NotPermittedError
from creatorgraph.domain.error import CreatorgraphError, InvalidInputError, NotFoundError
from creatorgraph.domain.role import Role
from creatorgraph.graphql.outcome import NotAllowed, NotFound, Problem
from creatorgraph.graphql.webhook import Webhook

_field = strawberry.field


@strawberry.type(description="It was made, or changed.")
class WebhookSaved:
    webhook: Webhook = _field(description="As it is now.")
    secret: str | None = _field(description="What signatures are checked with, where it is new. It is shown this once.")
    others_until: datetime | None = _field(description="Of a rotation: until then the secrets before sign beside it.")


@strawberry.type(description="It is gone, with its messages and its log.")
class WebhookDeleted:
    id: strawberry.ID = _field(description="What its global id was.")


@strawberry.type(description="Messages were queued; they go out within seconds.")
class WebhookQueued:
    messages: int = _field(description="How many.")


@strawberry.type(description="It cannot be used as it is: an address that nothing is sent to, a time without offset.")
class InvalidWebhook(Problem):
    where: str | None = _field(description="The argument that it is about.")


WebhookResult = Annotated[
    WebhookSaved | NotAllowed | NotFound | InvalidWebhook,
    strawberry.union("WebhookResult", description="What became of a webhook."),
]
WebhookDeletedResult = Annotated[
    WebhookDeleted | NotAllowed | NotFound | InvalidWebhook,
    strawberry.union("WebhookDeletedResult", description="What became of a deletion."),
]
WebhookQueuedResult = Annotated[
    WebhookQueued | NotAllowed | NotFound | InvalidWebhook,
    strawberry.union("WebhookQueuedResult", description="What became of a test or a replay."),
]
WebhookProblem = NotAllowed | NotFound | InvalidWebhook


def webhook_problem(error: CreatorgraphError) -> WebhookProblem:
    """The error as a type of the results. Raises it again where it is none."""
    match error:
        case NotPermittedError():
            return NotAllowed(message=error.what, mend=error.mend or "", needs=Role.PARTNER)
        case NotFoundError():
            return NotFound.of(error)
        case InvalidInputError():
            return InvalidWebhook(message=error.what, mend=error.mend or "", where=error.where)
        case _:
            raise error
