"""What each blocking rule finds: of all pairs, and of the true ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from creatorgraph.resolution.blocking.block import RuleReport


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecall:
    """`found` true pairs of the rule, `alone` of them that no other rule finds; None where no truth is known."""

    report: RuleReport
    found: int | None
    alone: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockingRecall:
    """`found` of the `true_pairs` are candidates by any rule; None where no truth is known."""

    rules: tuple[RuleRecall, ...]
    candidate_pairs: int
    true_pairs: int | None
    found: int | None

    @property
    def recall(self) -> float | None:
        if self.found is None or self.true_pairs is None:
            return None
        return self.found / self.true_pairs if self.true_pairs else 1.0


def blocking_recall(
    reports: Sequence[RuleReport],
    candidate_pairs: int,
    rules_of_true: Sequence[Sequence[str]] | None,
    true_pairs: int | None = None,
) -> BlockingRecall:
    """`rules_of_true` are, per true pair, the rules that found it; `true_pairs` how many there are (None: so many)."""
    if rules_of_true is None:
        return BlockingRecall(
            rules=tuple(RuleRecall(report=report, found=None, alone=None) for report in reports),
            candidate_pairs=candidate_pairs,
            true_pairs=None,
            found=None,
        )
    return BlockingRecall(
        rules=tuple(
            RuleRecall(
                report=report,
                found=sum(report.rule in rules for rules in rules_of_true),
                alone=sum(list(rules) == [report.rule] for rules in rules_of_true),
            )
            for report in reports
        ),
        candidate_pairs=candidate_pairs,
        true_pairs=len(rules_of_true) if true_pairs is None else true_pairs,
        found=sum(bool(rules) for rules in rules_of_true),
    )
