"""A real Redis of the tests' own."""

import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import redis


class RedisServer:
    """A real server that can be killed and started again on its port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--rdbcompression",
            "no",
            "--dir",
            str(self._folder),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        client = redis.Redis(port=self.port)
        while True:
            with suppress(redis.exceptions.ConnectionError):
                client.ping()
                break
        client.close()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def everything(self) -> bytes:
        """All keys with their values as Redis itself writes them down, in one text."""
        client = redis.Redis(port=self.port)
        try:
            return b"\n".join(key + b" " + (client.dump(key) or b"") for key in client.scan_iter())
        finally:
            client.close()
