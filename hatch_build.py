"""Refuses a wheel without the console, which is built from console/ and not kept in git."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONSOLE = Path("creatorgraph/api/console/index.html")


class ConsoleHook(BuildHookInterface[Any]):
    """An editable install may come before the console; a wheel that others install may not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not (Path(self.root) / CONSOLE).is_file():
            raise FileNotFoundError(f"{CONSOLE} is missing: the console is not built. Run `make console` first.")
