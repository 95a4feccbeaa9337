"""creatorgraph: one lasting id per creator across platforms, explained, served over GraphQL."""

__version__ = "0.1.0"
