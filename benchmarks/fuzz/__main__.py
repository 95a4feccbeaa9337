"""`python -m benchmarks.fuzz`."""

from benchmarks.fuzz.command import main

main()
