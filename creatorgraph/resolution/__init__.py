"""Which profiles are one person: blocking, signals, a Splink model, clustering and lasting ids. No I/O of its own."""
