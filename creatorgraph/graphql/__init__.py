"""The GraphQL schema: Strawberry types by aggregate, data loaders, limits. `schema.py` puts it together."""
