"""The tables of the system of record. Migrations in `migrations/` make them; a test holds the two together."""

from creatorgraph.store.table.arrival import arrival, near_spelling, scored_pair
from creatorgraph.store.table.column import metadata
from creatorgraph.store.table.creator import creator, identity_event, membership
from creatorgraph.store.table.erasure import erasure, erasure_step, suppression
from creatorgraph.store.table.export import change_log, export, export_part
from creatorgraph.store.table.ingest import ingest_run, reject
from creatorgraph.store.table.link import decision, faint_link, link, resolution_run, review_item, similarity
from creatorgraph.store.table.outbox import outbox, outbox_cursor
from creatorgraph.store.table.posting import block_posting, gram_posting, posting_model
from creatorgraph.store.table.private import (
    collection,
    collection_member,
    contact_read,
    private_contact,
    private_profile,
)
from creatorgraph.store.table.profile import contact, identifier, profile, profile_identifier, raw_payload
from creatorgraph.store.table.search import audience_norm, search_document
from creatorgraph.store.table.steward import (
    bulk_preview,
    review_comment,
    review_event,
    review_skip,
    steward,
    steward_session,
)
from creatorgraph.store.table.tenant import api_key, tenant, usage_hour
from creatorgraph.store.table.webhook import webhook, webhook_delivery, webhook_message, webhook_secret

__all__ = [
    "api_key",
    "arrival",
    "audience_norm",
    "block_posting",
    "bulk_preview",
    "change_log",
    "collection",
    "collection_member",
    "contact",
    "contact_read",
    "creator",
    "decision",
    "erasure",
    "erasure_step",
    "export",
    "export_part",
    "faint_link",
    "gram_posting",
    "identifier",
    "identity_event",
    "ingest_run",
    "link",
    "membership",
    "metadata",
    "near_spelling",
    "outbox",
    "outbox_cursor",
    "posting_model",
    "private_contact",
    "private_profile",
    "profile",
    "profile_identifier",
    "raw_payload",
    "reject",
    "resolution_run",
    "review_comment",
    "review_event",
    "review_item",
    "review_skip",
    "scored_pair",
    "search_document",
    "similarity",
    "steward",
    "steward_session",
    "suppression",
    "tenant",
    "usage_hour",
    "webhook",
    "webhook_delivery",
    "webhook_message",
    "webhook_secret",
]
