"""The account of the local server: its password is changed from Neo4j's initial one before anyone is told its address."""

from creatorgraph.graph.neo4j.local.state import INITIAL_PASSWORD, USER

CONNECT_SECONDS = 2.0


def is_ready(url: str, password: str) -> bool:
    """Whether the server answers a query under our password."""
    return _try(url, password, "RETURN 1", "neo4j")


def claim_account(url: str, password: str) -> bool:
    """Whether the server answers under our password, after setting it where the server is new."""
    if is_ready(url, password):
        return True
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    if not _try(url, INITIAL_PASSWORD, change, "system", {"old": INITIAL_PASSWORD, "new": password}):
        return False
    return is_ready(url, password)


def _try(url: str, password: str, query: str, database: str, parameters: dict[str, str] | None = None) -> bool:
    import neo4j
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        with neo4j.GraphDatabase.driver(
            url, auth=(USER, password), connection_timeout=CONNECT_SECONDS, max_transaction_retry_time=0
        ) as driver:
            driver.execute_query(query, parameters, database_=database)
    except (DriverError, Neo4jError):
        return False
    return True
