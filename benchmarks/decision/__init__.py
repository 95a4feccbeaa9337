"""`make bench-decisions`: what stewards' answers do to pair F1, by the way that their decisions really take."""
