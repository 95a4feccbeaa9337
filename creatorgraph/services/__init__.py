"""One use case per file; the only place that opens a transaction."""
