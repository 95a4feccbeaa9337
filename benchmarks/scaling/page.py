"""docs/scaling.md: prose by hand, tables between marks."""

from collections.abc import Sequence

from benchmarks.page_section import SCALING, put_section
from benchmarks.result import Result
from benchmarks.scaling import table
from benchmarks.scaling.projection import Projection, project
from benchmarks.scaling.result import Simulation
from benchmarks.scaling.run import Run, run_of_bench


def runs_of(simulation: Simulation, results: Sequence[Result]) -> list[Run]:
    """The simulated worlds and, where it is there and no simulated one is as large, the large run of `make bench`."""
    runs = [world.run for world in simulation.worlds]
    bench = run_of_bench(results)
    return runs if bench is None or bench.profiles <= max(run.profiles for run in runs) else [*runs, bench]


def sections(simulation: Simulation, results: Sequence[Result]) -> dict[str, str]:
    """The tables by the names of their marks."""
    projection: Projection = project(runs_of(simulation, results))
    by_name = {result.name: result for result in results}
    tables = {
        "measured": table.measured(projection),
        "projected": table.projected(projection),
        "sizes": table.sizes(projection, simulation),
        "limits": table.limits(projection, simulation, by_name),
        "money": table.money(projection),
        "blocks": table.blocks(simulation),
        "components": table.components(simulation),
        "vectors": table.vectors(simulation),
    }
    return {f"{SCALING}.{name}": body for name, body in tables.items()}


def render(page: str, simulation: Simulation, results: Sequence[Result]) -> str:
    """The page with its tables made anew; a table without marks comes to the end."""
    for name, body in sections(simulation, results).items():
        page = put_section(page, name, body)
    return page
