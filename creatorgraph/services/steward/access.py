"""Who is calling: stewards, their tokens and sessions. Tokens are 256 random bits, kept as SHA-256 alone.

A random token needs no slow hash: nobody can try 2^256 of them.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

import uuid_utils

from creatorgraph.domain.error import InvalidInputError, NotFoundError
from creatorgraph.domain.role import STEWARDS
from creatorgraph.domain.steward import Role, Steward, StewardId
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.refusal import NotAllowedError
from creatorgraph.store.read.steward import all_stewards, steward_by_session, steward_by_token
from creatorgraph.store.write.steward import delete_session, disable_steward, insert_session, insert_steward

MOST_NAME = 100


def digest_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def new_token() -> str:
    return secrets.token_urlsafe(32)


def require(steward: Steward | None, needed: Role) -> Steward:
    """The caller. Raises NotAllowedError where nobody is signed in or the role is too small."""
    if steward is None or not steward.role.may(needed):
        raise NotAllowedError(needed)
    return steward


def add_steward(engines: Engines, name: str, role: Role) -> str:
    """Makes a steward; the token, which is shown this once.

    Raises:
        InvalidInputError: the name is taken, empty or too long, or the role is none of the operator's people.
    """
    if role not in STEWARDS:
        raise InvalidInputError(
            f"{role.value} is no role of stewards", where="--role", mend="Make a key: `creatorgraph key create`."
        )
    name = name.strip()
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise InvalidInputError("this is no name", where="NAME", mend=f"Give 1 to {MOST_NAME} printable characters.")
    token = new_token()
    with engines.database.transaction() as connection:
        free = insert_steward(
            connection, steward_id=StewardId(str(uuid_utils.uuid7())), name=name, role=role, token=digest_of(token)
        )
    if not free:
        raise InvalidInputError(
            f"there is or was a steward {name}", where="NAME", mend="Give another name: the audit tells people by it."
        )
    return token


def list_stewards(engines: Engines) -> list[Steward]:
    with engines.database.transaction() as connection:
        return all_stewards(connection)


def end_steward(engines: Engines, name: str) -> None:
    """The token and all sessions of a steward end; what they did stays.

    Raises:
        NotFoundError: there is no steward of the name.
    """
    with engines.database.transaction() as connection:
        found = disable_steward(connection, name)
    if not found:
        raise NotFoundError(f"there is no steward {name}", where="NAME", mend="See `creatorgraph steward list`.")


def caller_by_token(engines: Engines, token: str) -> Steward | None:
    """Whose bearer token this is."""
    with engines.database.transaction() as connection:
        return steward_by_token(connection, digest_of(token))


def caller_by_session(engines: Engines, session: str) -> Steward | None:
    """Whose session this is."""
    with engines.database.transaction() as connection:
        return steward_by_session(connection, digest_of(session))


def sign_in(engines: Engines, token: str) -> str | None:
    """A new session for the steward of this token; None where it is nobody's."""
    steward = caller_by_token(engines, token)
    if steward is None:
        return None
    session = new_token()
    ends = datetime.now(UTC) + timedelta(hours=engines.settings.session_hours)
    with engines.database.transaction() as connection:
        insert_session(connection, token=digest_of(session), steward_id=steward.steward_id, expires_at=ends)
    return session


def sign_out(engines: Engines, session: str) -> None:
    with engines.database.transaction() as connection:
        delete_session(connection, digest_of(session))
