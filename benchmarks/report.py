"""docs/benchmarks.md, rendered from the results."""

from collections.abc import Iterable, Sequence

from benchmarks.measurement import AREAS
from benchmarks.result import Result

HEAD = """\
# Benchmarks

`make bench` (or `make bench ONLY=regex`) measures these and writes this page from `benchmarks/results/latest.json`; do not
edit it. A peer is the same work done another way, in the same run. The ratio is value / peer. A bar is what should hold.
Peak memory is the largest resident set of the process that did the stage, started for it alone, with interpreter and
libraries; servers beside it (PostgreSQL, Neo4j) are not in it.

"Plain Splink, same pairs" is Splink 5 with its own comparisons, trained without labels, on the pairs that our blocking finds
and clustered at 0.5. Those pairs were chosen because they look alike, which is hard on a model that sees one column at a
time: with blocking rules and a threshold picked for the data it does better. It is here to show the work on equal input, not
the best that Splink can do.
"""


def render(results: Iterable[Result]) -> str:
    """Sections in the order of AREAS, each a table; below, the machines and days of measurement."""
    known = list(results)
    machines = sorted({result.machine for result in known})
    sections = [HEAD]
    for area in AREAS:
        rows = [result for result in known if result.name.startswith(f"{area}.")]
        if rows:
            sections.append(f"## {area}\n\n{_table(rows, machines)}")
    sections.append("## Machines\n\n" + "\n".join(f"{place}. {name}" for place, name in enumerate(machines, 1)) + "\n")
    return "\n".join(sections)


def _table(rows: Sequence[Result], machines: Sequence[str]) -> str:
    lines = [
        "| measurement | value | peer | ratio | bar | holds | machine | day |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        peer = f"{row.peer}: {_figure(row.peer_value)} {row.unit}" if row.peer and row.peer_value is not None else ""
        cells = (
            f"`{row.name}`",
            f"{_figure(row.value)} {row.unit}",
            peer,
            "" if row.ratio is None else _figure(row.ratio),
            row.bar or "",
            "" if row.holds is None else ("yes" if row.holds else "**no**"),
            str(machines.index(row.machine) + 1),
            row.when[:10],
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _figure(value: float) -> str:
    """Whole numbers from a hundred up; three significant digits below, four where that would hide a near miss of 1."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.4f}" if 0.9 <= abs(value) < 1 else f"{value:.3g}"
