from creatorgraph.resolution.blocking.block import RuleReport
from creatorgraph.resolution.evaluation.blocking import blocking_recall

REPORTS = [RuleReport(rule="key", pairs=10), RuleReport(rule="bio", pairs=4)]


def test_recall_per_rule_and_of_all_together() -> None:
    found = blocking_recall(REPORTS, 12, [["key"], ["key", "bio"], ["bio"], [], ["key"]], true_pairs=6)
    assert [(r.report.rule, r.found, r.alone) for r in found.rules] == [("key", 3, 2), ("bio", 2, 1)]
    # four of six: one that no rule found, and one whose profile is in no file
    assert (found.found, found.true_pairs, found.recall) == (4, 6, 4 / 6)


def test_without_truth_there_are_only_the_counts() -> None:
    found = blocking_recall(REPORTS, 12, None)
    assert [(r.report.pairs, r.found, r.alone) for r in found.rules] == [(10, None, None), (4, None, None)]
    assert (found.candidate_pairs, found.recall) == (12, None)


def test_nothing_to_find_is_all_found() -> None:
    assert blocking_recall(REPORTS, 12, []).recall == 1.0
