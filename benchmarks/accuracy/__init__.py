"""`make bench-accuracy`: the project and its peers on every labelled set, each in a process of its own."""
