"""python -m benchmarks.stream"""

import sys

from benchmarks.stream.command import main

if __name__ == "__main__":
    sys.exit(main())
