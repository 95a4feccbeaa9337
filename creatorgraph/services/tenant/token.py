"""Tokens of the identity provider (JWT): whether one is genuine, for us, and in time; and what it says of its bearer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.role import Role
from creatorgraph.services.tenant.key_set import KeySet

MOST_CHARACTERS = 8192
LEEWAY_SECONDS = 30
"""What two machines' clocks may differ by."""
MOST_NAME = 100
_LATEST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a genuine token says. `subject` is the issuer's and theirs; `tenant` a tenant's name or id, None: the operator."""

    subject: str
    name: str
    roles: frozenset[Role]
    tenant: str | None
    ends_at: datetime


class Tokens:
    """Checks tokens by the settings."""

    def __init__(self, settings: Settings, keys: KeySet) -> None:
        self._settings = settings
        self._keys = keys

    @classmethod
    def of(cls, settings: Settings) -> "Tokens | None":
        """None where the settings name no provider.

        Raises:
            InvalidInputError: they name one, but not all that tokens are checked by.
        """
        if settings.jwt_keys is None:
            return None
        for name in ("jwt_issuer", "jwt_audience"):
            if not getattr(settings, name):
                raise InvalidInputError(
                    "a provider's tokens need it", where=f"CREATORGRAPH_{name.upper()}", mend="Set it."
                )
        keys = KeySet(settings.jwt_keys, refetch_seconds=settings.jwt_refetch_seconds, loopback=settings.jwt_loopback)
        return cls(settings, keys)

    def claims(self, text: str) -> Claims | None:
        """What the token says; None where it is not genuine, not for us, or not in time. May block to fetch keys.

        Raises:
            UnavailableError: the provider's keys cannot be had.
        """
        try:
            header = jwt.get_unverified_header(text) if len(text) <= MOST_CHARACTERS else {}
        except jwt.PyJWTError:
            return None
        kid = header.get("kid")
        public = self._keys.key(kid) if isinstance(kid, str) else None
        if public is None:
            return None
        try:
            found = jwt.decode(
                text,
                public,
                algorithms=[public.algorithm_name],
                audience=self._settings.jwt_audience,
                issuer=self._settings.jwt_issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "aud", "iss", "sub"], "enforce_minimum_key_length": True},
            )
        except jwt.PyJWTError:
            return None
        return self._claims(found)

    def _claims(self, found: Mapping[str, Any]) -> Claims | None:
        if not found["sub"] or not found["sub"].isprintable():
            return None
        said = found.get(self._settings.jwt_roles_claim)
        names = said.split() if isinstance(said, str) else said if isinstance(said, list) else []
        tenant = found.get(self._settings.jwt_tenant_claim)
        name = next((found[key] for key in ("name", "preferred_username") if isinstance(found.get(key), str)), "")
        name = "".join(each for each in name if each.isprintable()).strip()
        return Claims(
            subject=f"{found['iss']} {found['sub']}",
            name=(name or str(found["sub"]))[:MOST_NAME],
            roles=frozenset(role for role in Role if role.value in names),
            # what is no name is nobody's tenant, and not the operator
            tenant=None if tenant is None else tenant if isinstance(tenant, str) and tenant.isprintable() else "",
            ends_at=datetime.fromtimestamp(min(int(found["exp"]), _LATEST), UTC),
        )
