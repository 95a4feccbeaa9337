"""Alembic's entry: runs on the connection that `creatorgraph.store.migration` hands over."""

from alembic import context

from creatorgraph.store.table import metadata

connection = context.config.attributes["connection"]
if connection is None:
    raise SystemExit("Run migrations through creatorgraph (`creatorgraph doctor --migrate`): it knows the database.")

context.configure(connection=connection, target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
