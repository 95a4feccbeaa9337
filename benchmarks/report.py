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

"Plain Splink" is Splink 5 without labels, on the same file, set up as somebody who knows it would (`benchmarks/plain_splink.py`;
described with the comparison of accuracy below).
"""


def render(results: Iterable[Result], accuracy: str = "") -> str:
    """Sections in the order of AREAS, each a table; below, the machines and days of measurement, and the part of the page
    that `make bench-accuracy` writes, as it is."""
    known = list(results)
    machines = sorted({result.machine for result in known})
    sections = [HEAD]
    for area in AREAS:
        rows = [result for result in known if result.name.startswith(f"{area}.")]
        if rows:
            sections.append(f"## {area}\n\n{_table(rows, machines)}")
    sections.append("## Machines\n\n" + "\n".join(f"{place}. {name}" for place, name in enumerate(machines, 1)) + "\n")
    return "\n".join([*sections, accuracy] if accuracy else sections)


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
