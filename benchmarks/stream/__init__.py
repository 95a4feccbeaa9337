"""`make bench-stream`: labelled sets taken in profile by profile, in random orders, beside the run over all of them."""
