"""A sender in a process of its own, which a test kills. Arguments: the database's URL and the data folder."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from creatorgraph.config import Settings
from creatorgraph.services.webhook.sender import Sender
from creatorgraph.store.database import Database
from tests.integration.webhook.conftest import Clock, StoreAlone


def main() -> None:
    settings = Settings(data_dir=Path(sys.argv[2]), webhook_loopback=True)
    store: Any = StoreAlone(Database(sys.argv[1]), settings)
    asyncio.run(Sender(store, now=Clock()).send_due())


if __name__ == "__main__":
    main()
