"""Undo: a new entry for each decision of one act, which takes back the whole act. Undoing an undo is a redo."""

from dataclasses import replace

from creatorgraph.domain.decision import Act, undone_ids
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.resolution.contradiction import contradictions
from creatorgraph.services.engines import Engines
from creatorgraph.services.recluster import clustered
from creatorgraph.services.steward.access import require
from creatorgraph.services.steward.act import Outcome, Pen, begin, cause_of, finish
from creatorgraph.services.steward.refusal import ContradictionError, InvalidDecisionError, MissingError
from creatorgraph.store.read.decision import decisions_of_act


def undo(engines: Engines, steward: Steward, decision_id: str, *, comment: str | None = None) -> Outcome:
    """Takes back the act that the decision belongs to.

    Raises:
        MissingError: there is no such decision.
        InvalidDecisionError: it was taken back already.
        ContradictionError: what would stand again contradicts what was decided since.
    """
    require(steward, Role.STEWARD)
    with engines.database.transaction() as connection:
        act = decisions_of_act(connection, decision_id)
        if not act:
            raise MissingError("there is no such decision", where=decision_id, mend="Look for it in the audit.")
        ends = {end for each in act for end in each.pair}
        # profiles may be gone since; whom they still tie by decisions is parted all the same
        part, options = begin(connection, ends, even_gone=True)
        undone = undone_ids(part.decisions)
        left = [each for each in act if each.decision_id not in undone]
        if not left:
            raise InvalidDecisionError(
                "this was taken back already", where=decision_id, mend="Decide anew, or undo the undo."
            )
        pen = Pen.of(connection, steward.name, Act.UNDO, comment)
        decisions = [replace(each, act=Act.UNDO) for each in pen.takes_back(left)]
        before = contradictions(part.decisions)
        after = contradictions([*part.decisions, *decisions])
        if new := [each for each in after if each not in before]:
            raise ContradictionError(new, overridable=False)
        change = clustered(part, decisions, options, cause=cause_of(pen), at=pen.at)
        return finish(connection, part, decisions, change, options, by=steward.steward_id)
