"""python -m benchmarks. Nothing is imported above: stages run in processes that import this module again."""

if __name__ == "__main__":
    import sys

    from benchmarks.command import main

    sys.exit(main())
