"""`python -m benchmarks.fuzz [--count N] [--seed N]`: a resolved world of its own, and operations of four callers on it."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pydantic import SecretStr

from benchmarks.fuzz.run import Caller, Summary, fuzz
from creatorgraph.bootstrap import open_engines
from creatorgraph.config import Settings
from creatorgraph.domain.steward import Role
from creatorgraph.services.engines import Engines
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.steward.access import add_steward
from creatorgraph.store.embedded import stop_embedded
from creatorgraph.store.migration import migrate
from creatorgraph.synth.world import write_world

COUNT = 20_000
PROFILES = 400
_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Exits with 1 where an operation made the server fail, or got more than the limits allow."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description="Fuzzes the GraphQL API.")
    parser.add_argument("--count", type=int, default=COUNT, metavar="N", help="how many operations")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed sends the same operations")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="creatorgraph-fuzz-", ignore_cleanup_errors=True) as work:
        folder = Path(work)
        folder.chmod(0o711)
        settings = Settings(data_dir=folder, contact_key=SecretStr("a key for the fuzz alone"), encode_limit=0)
        try:
            with closing(open_engines(settings)) as engines:
                callers = _world(engines, folder)
                summary = asyncio.run(
                    fuzz(engines, count=options.count, seed=options.seed, callers=callers, told=_progress)
                )
        finally:
            stop_embedded(folder)
    _report(summary)
    sys.exit(bool(summary.faults))


def _world(engines: Engines, folder: Path) -> list[Caller]:
    with engines.database.transaction() as connection:
        migrate(connection)
    write_world(folder, profiles=PROFILES, seed=7)
    ingest_files(engines, [folder / "profiles.jsonl"])
    resolve_all(engines)
    sync_indexes(engines)
    callers = [Caller(name="nobody", kinds=("query", "query", "mutation", "subscription"))]
    for role in (Role.ANALYST, Role.STEWARD, Role.ADMIN):
        token = add_steward(engines, role.value, role)
        headers = {"authorization": f"Bearer {token}"}
        callers.append(Caller(name=role.value, headers=headers, kinds=("query", "query", "query", "mutation")))
    return callers


def _progress(done: int) -> None:
    if done % 1000 == 0:
        sys.stderr.write(f"\r{done:,} sent")
        sys.stderr.flush()


def _report(summary: Summary) -> None:
    rate = summary.sent / summary.seconds if summary.seconds else 0.0
    sys.stdout.write(f"\n{summary.sent:,} operations in {summary.seconds:.0f} s, {rate:.0f} a second\n")
    for (caller, outcome), count in sorted(summary.outcomes.items()):
        sys.stdout.write(f"  {caller:<10} {outcome:<28} {count:>8,}\n")
    for (manner, outcome), count in sorted(summary.manners.items()):
        sys.stdout.write(f"  {manner:<10} {outcome:<28} {count:>8,}\n")
    sys.stdout.write(f"fields of the root that were answered: {len(summary.asked)}\n")
    sys.stdout.write(f"faults: {len(summary.faults)}\n")
    for fault in summary.faults[:_SHOWN]:
        sys.stdout.write(f"\n{fault.caller}: {fault.said}\n{fault.operation.text}\n{fault.operation.variables}\n")
