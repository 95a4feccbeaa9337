"""Machines for hire, at list prices."""

from dataclasses import dataclass

SOURCE = (
    "https://github.com/skypilot-org/skypilot-catalog/blob/"
    "9602371ebabb7fa302db3ba179816ae07d044e35/catalogs/v6/aws/vms.csv"
)
"""On-demand, Linux, us-east-1, by the column Price of this version of the catalogue, as it was on 21 November 2026."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A core is what the provider calls a vCPU; `dollars` are for an hour of the whole machine."""

    name: str
    cores: int
    memory_gib: int
    dollars: float

    @property
    def dollars_a_core_hour(self) -> float:
        return self.dollars / self.cores


WORKER = Machine(name="r5d.12xlarge", cores=48, memory_gib=384, dollars=3.456)
LARGEST = Machine(name="x2iedn.metal", cores=128, memory_gib=4096, dollars=26.676)
"""The most memory that the resolver, one process on one machine, is given here."""
