"""What may be set for Spark, and the properties that a run gives it."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from creatorgraph.domain.error import InvalidInputError

LOOPBACK = "127.0.0.1"
_PAIRS_PER_TASK_BYTES = 2 << 20
"""About a million pairs in Parquet: Spark's own 128 MiB would leave all but one core idle, as the work is in the columns."""
_BROADCAST_BYTES = 256 << 20
"""The distinct level codes go to every worker whole, so that pairs are never shuffled to meet them."""

_SHUFFLE_PARTITIONS = 8
"""Nothing is shuffled by a key but those codes."""
_MOST_BYTECODE = 8_000
"""HotSpot leaves longer methods to its interpreter, and all signals in one method are longer: a sixth of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkOptions:
    """`master` is Spark's URL of a cluster; None runs Spark on this machine with `threads` (None: all cores).

    `memory` is the heap of the driver and of each executor, as Spark writes it ("2g"). `folder` is where pairs and
    weights lie while they are scored: None is the system's temporary folder; a cluster's workers must see it under the
    same path. `driver_host` is the address that the workers reach this machine at.
    """

    master: str | None = None
    memory: str = "2g"
    threads: int | None = None
    folder: Path | None = None
    driver_host: str = LOOPBACK

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[1-9]\d*[mg]", self.memory):
            raise InvalidInputError(
                f"{self.memory!r} is no amount of memory",
                where="CREATORGRAPH_SPARK_MEMORY",
                mend="Write it as 900m or 4g.",
            )
        if self.folder is not None and not self.folder.is_dir():
            raise InvalidInputError(
                "there is no such folder", where="CREATORGRAPH_SPARK_FOLDER", mend="Make it, or name another."
            )
        if self.is_local:
            return
        if self.folder is None:
            raise InvalidInputError(
                "a cluster needs a folder that this machine and its workers see under one path",
                where="CREATORGRAPH_SPARK_FOLDER",
                mend="Name a shared folder, or leave CREATORGRAPH_SPARK_MASTER out to run Spark on this machine.",
            )
        if self.driver_host == LOOPBACK and urlsplit(str(self.master)).hostname not in (LOOPBACK, "localhost", "::1"):
            raise InvalidInputError(
                f"the workers of a cluster cannot reach this machine at {LOOPBACK}",
                where="CREATORGRAPH_SPARK_DRIVER_HOST",
                mend="Give the address of this machine in the cluster's network.",
            )

    @property
    def is_local(self) -> bool:
        return self.master is None or self.master.startswith("local")

    def properties(self, work: Path) -> dict[str, str]:
        """Spark's configuration; everything that Spark writes on this machine lies below `work`."""
        chosen = {
            "spark.app.name": "creatorgraph",
            "spark.master": self.master or f"local[{self.threads or '*'}]",
            "spark.driver.memory": self.memory,
            "spark.executor.memory": self.memory,
            "spark.driver.bindAddress": self.driver_host,
            "spark.driver.host": self.driver_host,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "WARN",
            "spark.sql.catalogImplementation": "in-memory",
            "spark.sql.warehouse.dir": (work / "warehouse").as_uri(),
            "spark.sql.files.maxPartitionBytes": str(_PAIRS_PER_TASK_BYTES),
            "spark.sql.files.openCostInBytes": "0",
            "spark.sql.shuffle.partitions": str(_SHUFFLE_PARTITIONS),
            "spark.sql.codegen.hugeMethodLimit": str(_MOST_BYTECODE),
            "spark.sql.autoBroadcastJoinThreshold": str(_BROADCAST_BYTES),
        }
        if self.is_local:
            # on a cluster both are the operator's: the scratch disks of the workers, and the secret
            chosen |= {"spark.local.dir": str(work / "local"), "spark.authenticate": "true"}
        return chosen
