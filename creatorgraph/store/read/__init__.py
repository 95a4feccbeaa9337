"""Reads: batched by ids for the loaders, paged by keyset, streamed for work in bulk."""
