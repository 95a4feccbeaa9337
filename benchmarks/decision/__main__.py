"""python -m benchmarks.decision."""

if __name__ == "__main__":
    import sys

    from benchmarks.decision.command import main

    sys.exit(main())
