"""What callers may do: scopes, and the roles that bring them. This table is the only place that says so."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Scope(StrEnum):
    """One thing that a caller may do. `require` it where it is done."""

    READ = "creator:read"
    """Creators, profiles, links, search, the graph: what is shared by all tenants."""
    MATCH = "creator:match"
    """Ask who a partial profile is, and ask for many creators at once."""
    PRIVATE = "private:write"
    """Keep profiles and contacts of the tenant's own."""
    EXPORT = "export"
    """Order exports in bulk and fetch them."""
    WEBHOOK = "webhook"
    """Subscribe to changes and see how they were delivered."""
    USAGE = "usage:read"
    """See what the tenant has used."""
    QUEUE = "queue:read"
    """The review queue, its figures, the audit."""
    DECIDE = "decide"
    """Decide, merge, split, move, undo."""
    ERASE = "erase"
    """Erase a person everywhere."""
    ADMINISTER = "administer"
    """See to stewards, tenants and keys."""


class Role(StrEnum):
    """A named set of scopes. A role may whatever another may whose scopes it includes."""

    ANALYST = "analyst"
    """Reads: the queue, its figures, the audit."""
    STEWARD = "steward"
    """Decides, merges, splits, moves and undoes."""
    ADMIN = "admin"
    """Sees to stewards, tenants and keys too."""
    FRONTEND = "frontend"
    """Reads what is shared: a site or an app."""
    PARTNER = "partner"
    """Reads, matches, exports, subscribes, and keeps profiles of its own."""

    @property
    def scopes(self) -> frozenset[Scope]:
        return GRANTS[self]

    def may(self, needed: "Role") -> bool:
        """Whether this role includes `needed`."""
        return self.scopes >= needed.scopes


_READS = frozenset({Scope.READ})
_ANALYSES = _READS | {Scope.MATCH, Scope.EXPORT, Scope.USAGE, Scope.QUEUE}
_DECIDES = _ANALYSES | {Scope.DECIDE}

GRANTS: Mapping[Role, frozenset[Scope]] = MappingProxyType(
    {
        Role.FRONTEND: _READS,
        Role.PARTNER: _READS | {Scope.MATCH, Scope.PRIVATE, Scope.EXPORT, Scope.WEBHOOK, Scope.USAGE},
        Role.ANALYST: _ANALYSES,
        Role.STEWARD: _DECIDES,
        Role.ADMIN: frozenset(Scope),
    }
)
"""Role -> what it brings."""

STEWARDS = (Role.ANALYST, Role.STEWARD, Role.ADMIN)
"""The roles of the operator's own people: they see to what all tenants share, so that no tenant's caller has them."""
TENANTS = (Role.FRONTEND, Role.PARTNER)
"""The roles that keys and people of any tenant may have."""
