"""The `creatorgraph` command: one file per command or group; what a command needs is imported when it runs."""

from creatorgraph.cli.main import app

__all__ = ["app"]
