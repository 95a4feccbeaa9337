"""All blocking rules together: the candidate pairs, and what each rule brought."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from creatorgraph.domain.progress import Progress
from creatorgraph.resolution.blocking import account, avatar, bio, mailbox, name, ngram, script, shared
from creatorgraph.resolution.blocking.bare import bare_profiles, bare_warning
from creatorgraph.resolution.blocking.block import RulePairs, RuleReport, union
from creatorgraph.resolution.blocking.split import ladder
from creatorgraph.resolution.feature.incidence import Incidence, Indices
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.feature.reference import Counts

RULES = (
    "key",
    "name",
    "script",
    "ngram",
    "address",
    "email",
    "phone",
    "mailbox",
    "account",
    "avatar",
    "bio",
    "name in bio",
)
_RUNGS = "a whole name"
_MOST_THREADS = 8
"""Each holds some tens of megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """`left` < `right` rows of the population, ascending; `reports` one per rule in the order of RULES.

    `rules` are bits per pair: bit i is set where RULES[i] found it (empty where nobody will ask).
    """

    left: Indices
    right: Indices
    rules: NDArray[np.uint16] = field(default_factory=lambda: np.zeros(0, dtype=np.uint16))
    reports: tuple[RuleReport, ...]
    warnings: tuple[str, ...]
    grams: Counts = field(default_factory=Counts)
    """How common the n-grams are by which spellings were compared."""


def candidate_pairs(
    population: Population,
    *,
    max_block_size: int,
    seed: int,
    progress: Progress,
    threads: int | None = None,
    grams: Counts | None = None,
) -> Candidates:
    """The union of every rule's pairs, the same whatever the threads (None: what the machine has).

    `grams` says how common n-grams are, in place of these profiles themselves.
    """
    progress.stage("finding candidate pairs", len(RULES))
    workers = min(threads or os.cpu_count() or 1, _MOST_THREADS)
    rungs = ladder(population)
    found: list[RulePairs] = []
    for rule in RULES:
        found.append(_apply(rule, population, rungs, max_block_size, seed, workers, grams))
        progress.advance()
    codes = union([rule.codes for rule in found])
    rules = np.zeros(len(codes), dtype=np.uint16)
    for bit, each in enumerate(found):
        rules[np.searchsorted(codes, each.codes)] |= np.uint16(1 << bit)
    reports = tuple(rule.report for rule in found)
    return Candidates(
        left=codes // population.size,
        right=codes % population.size,
        rules=rules,
        reports=reports,
        warnings=(
            *bare_warning(bare_profiles(population)),
            *(w for report in reports for w in _warnings(report)),
        ),
        grams=next(counts for counts in (rule.counts for rule in found) if counts is not None),
    )


def _apply(
    rule: str,
    population: Population,
    rungs: Sequence[Incidence],
    cap: int,
    seed: int,
    threads: int,
    grams: Counts | None,
) -> RulePairs:
    match rule:
        case "key":
            return shared.equal_keys(population, cap, rungs)
        case "name":
            return name.shared_names(population, cap, rungs)
        case "script":
            return script.names_across_scripts(population, cap)
        case "ngram":
            return ngram.similar_spelling(population, cap, threads, grams)
        case "address":
            return shared.shared_addresses(population, cap, rungs)
        case "email":
            return shared.shared_emails(population, cap, rungs)
        case "phone":
            return shared.shared_phones(population, cap, rungs)
        case "mailbox":
            return mailbox.like_mailboxes(population, cap)
        case "account":
            return account.named_accounts(population, cap)
        case "avatar":
            return avatar.like_avatars(population, cap)
        case "bio":
            return bio.nearest_bios(population, seed)
        case _:
            return bio.names_in_bios(population)


def _warnings(report: RuleReport) -> list[str]:
    if not report.hubs:
        return []
    largest = f"'{report.hub_name}', by {report.largest_hub}" if report.hub_name else f"by {report.largest_hub}"
    one = report.hubs == 1
    values = "1 value" if one else f"{report.hubs} values"
    means = (
        f"found pairs only where the profiles share {_RUNGS} besides"
        if report.split
        else f"{'was' if one else 'were'} not used to find pairs"
    )
    return [
        f"{values} of the blocking rule '{report.rule}' shared by more than {report.cap} profiles (the most shared: {largest}) "
        f"{means}."
    ]
