"""The system of record: PostgreSQL tables, bulk writes, repositories, the outbox."""
