"""Why an act of a steward was refused; each says what would help."""

from collections.abc import Sequence

from creatorgraph.domain.decision import Decision
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.steward import Role
from creatorgraph.store.read.review import ReviewItemSeen


class RefusedError(CreatorgraphError):
    """Nothing was changed."""

    code = "refused"


class AlreadyDecidedError(RefusedError):
    code = "already_decided"

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(
            f"{decision.actor} has decided this item: {decision.verdict.value}",
            mend="Undo that decision first, or decide with override.",
        )


class ClaimExpiredError(RefusedError):
    code = "claim_expired"

    def __init__(self, item: ReviewItemSeen, *, taken: bool) -> None:
        self.item = item
        what = "another steward holds this item" if taken else "your claim on this item has run out"
        super().__init__(what, mend="Claim the next item." if taken else "Claim it again.")


class StaleVersionError(RefusedError):
    code = "stale_version"

    def __init__(self, *, expected: int, actual: int, what: str) -> None:
        self.expected, self.actual = expected, actual
        super().__init__(f"{what} has changed since it was shown", mend="Look at it again, then decide.")


class ContradictionError(RefusedError):
    """`standing` are the decisions that would have to go. `overridable` says whether the same act can withdraw them.
    `through` are those to join that tie the two sides together: the mistake may be one of them."""

    code = "contradicts_decision"

    def __init__(
        self, standing: Sequence[Decision], *, overridable: bool = True, through: Sequence[Decision] = ()
    ) -> None:
        self.standing, self.overridable = tuple(standing), overridable
        known = {each.decision_id for each in standing}
        self.through = tuple(each for each in through if each.decision_id not in known)
        count = "a standing decision" if len(standing) == 1 else f"{len(standing)} standing decisions"
        super().__init__(
            f"this contradicts {count}",
            mend="Withdraw what stands (override), or keep it and leave this."
            if overridable
            else "Undo what stands first.",
        )


class NotAllowedError(RefusedError):
    code = "not_allowed"

    def __init__(self, needs: Role) -> None:
        self.needs = needs
        super().__init__(f"this needs the role {needs.value}", mend="Sign in with a token of that role.")


class MissingError(RefusedError):
    """There is no such item, creator, profile, decision or preview."""

    code = "not_found"


class InvalidDecisionError(RefusedError):
    """A self-pair, an empty group, a profile named twice: nothing that could be meant."""

    code = "invalid_decision"
