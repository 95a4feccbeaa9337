"""The identity contract as questions to the database: each answers with what breaks it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

import sqlalchemy as sa
from networkx.utils import UnionFind

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Decision, Verdict, standing_decisions
from creatorgraph.domain.identity_event import IdentityEvent
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.review import ReviewState
from creatorgraph.resolution.contradiction import contradictions
from creatorgraph.resolution.identity import replay
from creatorgraph.services.engines import Engines
from creatorgraph.store.read.bulk import read_memberships
from creatorgraph.store.read.decision import to_decision
from creatorgraph.store.read.history import events_between
from creatorgraph.store.table import creator, decision, review_item

_BROKEN = sa.text(
    """
    WITH RECURSIVE held AS (SELECT creator_id, count(*) AS members FROM membership GROUP BY creator_id),
    way(start, place) AS (
        SELECT creator_id, successor_id FROM creator WHERE retired_at IS NOT NULL AND successor_id IS NOT NULL
        UNION
        SELECT way.start, creator.successor_id
        FROM way JOIN creator ON creator.creator_id = way.place
        WHERE creator.retired_at IS NOT NULL AND creator.successor_id IS NOT NULL
    )
    SELECT 'a profile without a creator', profile_id FROM profile
    WHERE NOT EXISTS (SELECT 1 FROM membership WHERE membership.profile_id = profile.profile_id)
        AND profile_id <> ALL (CAST(:waiting AS text[]))
    UNION ALL
    SELECT 'a member that is not stored', profile_id FROM membership
    WHERE NOT EXISTS (SELECT 1 FROM profile WHERE profile.profile_id = membership.profile_id)
    UNION ALL
    SELECT 'a living creator without members, or a retired one with some, or a wrong count', creator.creator_id::text
    FROM creator LEFT JOIN held USING (creator_id)
    WHERE coalesce(held.members, 0) <> creator.members OR (creator.retired_at IS NULL) <> (held.members IS NOT NULL)
    UNION ALL
    SELECT 'a redirect that leads to nobody who lives', start::text FROM way
    GROUP BY start
    HAVING count(*) FILTER (WHERE place IN (SELECT creator_id FROM creator WHERE retired_at IS NULL)) <> 1
        AND NOT EXISTS (
            -- whom the last one of the chain gave way to has gone with its last profile
            SELECT 1 FROM way AS last JOIN creator ON creator.creator_id = last.place
            WHERE last.start = way.start AND creator.retired_at IS NOT NULL AND creator.successor_id IS NULL
        )
    UNION ALL
    SELECT 'a retired creator that lives again', creator_id::text FROM creator
    WHERE retired_at IS NULL
        AND EXISTS (SELECT 1 FROM identity_event WHERE kind = 'retired' AND identity_event.creator_id = creator.creator_id)
    UNION ALL
    SELECT 'an item that is held without a lease', left_id || ' ' || right_id FROM review_item
    WHERE (state = 'claimed') <> (claimed_by IS NOT NULL AND claim_expires_at IS NOT NULL)
    """
)


@dataclass(slots=True, kw_only=True)
class Contract:
    """Of one database; keeps the logs, which only grow, and reads what is new of them."""

    engines: Engines
    events: list[IdentityEvent] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def check(self, *, waiting: Collection[ProfileId] = ()) -> None:
        """`waiting` are profiles that nobody has resolved yet."""
        with self.engines.database.transaction() as connection:
            broken = connection.execute(_BROKEN, {"waiting": sorted(waiting)}).all()
            members = read_memberships(connection)
            redirects = {
                CreatorId(row.creator_id): row.successor_id
                for row in connection.execute(
                    sa.select(creator.c.creator_id, creator.c.successor_id).where(creator.c.retired_at.is_not(None))
                )
            }
            after = self.events[-1].sequence + 1 if self.events else 0
            self.events += events_between(connection, first=after, last=2**62, limit=10**6)
            fresh = connection.execute(sa.select(decision).where(decision.c.decision_id.not_in(list(self.decisions))))
            self.decisions.update({row.decision_id: to_decision(row) for row in fresh})
            ends = sa.select(review_item.c.left_id, review_item.c.right_id)
            decided = connection.execute(ends.where(review_item.c.state == ReviewState.DECIDED)).all()
        assert not broken, broken
        replayed = replay(self.events)
        assert dict(replayed.membership) == members
        assert dict(replayed.successor) == redirects
        self._decisions_hold(members)
        unsaid = {(left, right) for left, right in decided} - standing_decisions(self.decisions.values()).keys()
        assert not unsaid, f"decided items without a standing decision: {sorted(unsaid)}"

    def _decisions_hold(self, members: dict[ProfileId, CreatorId]) -> None:
        """Through profiles that are gone, too."""
        log = list(self.decisions.values())
        assert contradictions(log) == []
        ties: UnionFind[ProfileId] = UnionFind()
        standing = standing_decisions(log)
        for pair, held in standing.items():
            if held.verdict is Verdict.SAME:
                ties.union(*pair)
        creators: defaultdict[ProfileId, set[CreatorId]] = defaultdict(set)
        for each in {end for pair in standing for end in pair}:
            if each in members:
                creators[ties[each]].add(members[each])
        assert all(len(found) == 1 for found in creators.values()), "a must-link does not hold"
        for (left, right), held in standing.items():
            if held.verdict is Verdict.DIFFERENT:
                assert not creators[ties[left]] & creators[ties[right]], "a never-link does not hold"
