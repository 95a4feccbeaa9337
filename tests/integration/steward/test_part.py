"""What hangs together is read whole, what speaks against joining included."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from creatorgraph.domain.decision import Act, Verdict
from creatorgraph.domain.steward import Steward
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import clustered, read_part, run_options
from creatorgraph.services.steward.act import Pen, together
from creatorgraph.store.read.component import lock_creators
from creatorgraph.store.table import faint_link, link
from tests.integration.steward.look import add_link, home, members, merged, singles


def test_a_run_keeps_what_spoke_against_joining(engines: Engines) -> None:
    with engines.database.transaction() as connection:
        options = run_options(connection)
        weights = list(connection.scalars(sa.select(faint_link.c.match_weight)))
        both = connection.scalar(
            sa.select(sa.func.count())
            .select_from(faint_link)
            .join(link, (link.c.left_id == faint_link.c.left_id) & (link.c.right_id == faint_link.c.right_id))
        )
    assert options == ResolveOptions()
    assert weights
    assert max(weights) < bits(options.floor)
    assert both == 0


def test_what_spoke_against_is_heard_again(engines: Engines) -> None:
    """c is linked to a, by one bit over the threshold; once a and b are one, what c and b have between them counts."""
    a, b, c = sorted(members(engines)[each][0] for each in singles(engines, 3))
    with engines.database.transaction() as connection:
        options = run_options(connection)
        pen = Pen.of(connection, "ann", Act.DECIDE)
        add_link(connection, a, c, bits(options.match_threshold) + 1)
        tie = [pen.says(a, b, Verdict.SAME)]

        def joined() -> bool:
            part = read_part(connection, [a, b, c], options)
            return together(clustered(part, tie, options, cause="test", at=datetime.now(UTC)), [a, b, c])

        # a pair without any link says little against
        assert joined()
        connection.execute(faint_link.insert().values(left_id=b, right_id=c, match_weight=bits(options.floor) - 1))
        assert not joined()


def test_a_part_reaches_over_links_decisions_and_common_creators(engines: Engines, ann: Steward) -> None:
    one, other, third = singles(engines, 3)
    [a], [b], [c] = (members(engines)[each] for each in (one, other, third))
    merged(engines, ann, one, other)
    with engines.database.transaction() as connection:
        options = run_options(connection)
        assert {a, b} <= read_part(connection, [a], options).facts.keys()
        assert c not in read_part(connection, [a], options).facts
        add_link(connection, b, c, bits(options.match_threshold) + 1)
        part = read_part(connection, [a], options)
    assert {a, b, c} <= part.facts.keys()
    assert part.members(home(engines, a)) == sorted([a, b])


def test_what_refers_to_a_creator_is_written_while_an_act_holds_it(engines: Engines) -> None:
    [held] = singles(engines, 1)
    look = "SELECT creator_id::text FROM creator WHERE creator_id = CAST(:id AS uuid)"
    with engines.database.transaction() as act, engines.database.engine.begin() as other:
        assert lock_creators(act, [held])
        other.execute(sa.text("SET LOCAL lock_timeout = '1s'"))
        # as a foreign key is checked
        assert other.scalar(sa.text(f"{look} FOR KEY SHARE"), {"id": held}) == held
        with pytest.raises(sa.exc.DBAPIError, match="lock timeout"):
            other.execute(sa.text(f"{look} FOR NO KEY UPDATE"), {"id": held})
        other.rollback()
