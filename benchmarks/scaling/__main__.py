"""python -m benchmarks.scaling. Nothing is imported above: runs happen in processes that import this module again."""

if __name__ == "__main__":
    import sys

    from benchmarks.scaling.command import main

    sys.exit(main())
