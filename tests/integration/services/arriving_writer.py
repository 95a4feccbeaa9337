"""One of several writers, as the test of kills starts it: arriving_writer.py PROFILES SEED NUMBER OF.

It takes its share of the profiles in, and some of the others', a few at a time, and tries again whenever PostgreSQL is gone. It
prints a line for each step that was committed. Settings come from the environment.
"""

import sys
import time
from pathlib import Path

import numpy as np
import orjson

from creatorgraph.bootstrap import open_engines
from creatorgraph.config import Settings
from creatorgraph.domain.error import UnavailableError
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import Parsed, parse_record
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.store.write.profile import IncomingProfile

MOST_AT_ONCE = 6
TRIES = 200


def main() -> None:
    path, seed, number, of = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    settings = Settings()
    random = np.random.default_rng(seed)
    hasher = ContactHasher(settings.contact_secret())
    parsed = [
        parse_record(orjson.loads(line), hasher=hasher, where="line") for line in Path(path).read_bytes().splitlines()
    ]
    incoming = [
        IncomingProfile(profile=each.profile, payload=each.redacted) for each in parsed if isinstance(each, Parsed)
    ]
    mine = [row for row in range(len(incoming)) if row % of == number or random.random() < 0.1]
    random.shuffle(mine)
    arrivals = None
    while mine:
        step, mine = mine[:MOST_AT_ONCE], mine[MOST_AT_ONCE:]
        for _ in range(TRIES):
            try:
                arrivals = arrivals or Arrivals(open_engines(settings))
                arrived = arrivals.take_in([incoming[row] for row in step], source="writer")
                break
            except UnavailableError:
                time.sleep(0.1)
        else:
            sys.exit("PostgreSQL stayed away")
        sys.stdout.write(f"{len(arrived.creators)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
