"""What search asks of creators: their words and the figures that rank them. Made from the other tables, never the truth."""

from sqlalchemy import BigInteger, Column, DateTime, Float, ForeignKey, Index, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR, UUID

from creatorgraph.store.table.column import metadata

search_document = Table(
    "search_document",
    metadata,
    Column("creator_id", UUID(as_uuid=False), ForeignKey("creator.creator_id", ondelete="CASCADE"), primary_key=True),
    Column("words", TSVECTOR, nullable=False, comment="A names and usernames, B trades, C bios, D places"),
    Column("country", Text, comment="two letters, ISO 3166-1; null where no place says it"),
    Column("last_active_at", DateTime(timezone=True), comment="when a source last saw one of its active accounts"),
    Column("follower_quality", Float, comment="0 to 1; null where followers or engagement are not known"),
    Index("ix_search_document_words", "words", postgresql_using="gin"),
    Index("ix_search_document_country", "country"),
    Index("ix_search_document_last_active_at", "last_active_at"),
)

audience_norm = Table(
    "audience_norm",
    metadata,
    Column("platform", Text, primary_key=True, comment="empty: all platforms together"),
    Column("magnitude", SmallInteger, primary_key=True, autoincrement=False, comment="digits of the followers, less 1"),
    Column("accounts", BigInteger, nullable=False),
    Column("centre", Float, nullable=False, comment="median of the natural logarithm of the engagement rate"),
    Column("spread", Float, nullable=False, comment="1.4826 x median absolute deviation, at least 0.1"),
)
