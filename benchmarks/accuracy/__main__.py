"""python -m benchmarks.accuracy. Nothing is imported above: runs happen in processes that import this module again."""

if __name__ == "__main__":
    import sys

    from benchmarks.accuracy.command import main

    sys.exit(main())
