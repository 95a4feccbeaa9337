"""The GraphQL schema: Strawberry types by aggregate, data loaders, limits. `schema.py` puts it together."""

# an enumeration has to be registered before a type uses it, whichever module is imported first
from creatorgraph.graphql import enumeration as enumeration
