"""How good a result is: against the truth where there is one, by its own doubts where there is none."""

from creatorgraph.resolution.evaluation.agreement import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
