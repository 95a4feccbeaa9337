"""Where a command keeps what it has to keep."""

import os
from pathlib import Path

_chosen: list[Path] = []


def remember_data_dir(path: Path) -> None:
    """The data folder that this command was told to use."""
    _chosen[:] = [path]


def cache_folder() -> Path:
    """For what can be made again and must not be made in the working folder: below the user's cache (XDG_CACHE_HOME)."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "creatorgraph"


def log_folder() -> Path:
    """Below the data folder where there is one, else below the cache: an error must not make a data folder."""
    data_dir = _chosen[0] if _chosen else Path(os.environ.get("CREATORGRAPH_DATA_DIR", ".creatorgraph"))
    return (data_dir if data_dir.is_dir() else cache_folder()) / "log"
