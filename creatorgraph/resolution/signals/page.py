"""The page about all signals, in Markdown, from the signals themselves (`creatorgraph signals --out docs/signals.md`)."""

import sys
from collections.abc import Sequence
from math import log2

from creatorgraph.resolution.signals.signal import Signal

_OPENING = """\
# Signals

What `creatorgraph resolve` looks at when it compares two profiles: {count} signals, each with a section below.
This page is written by `creatorgraph signals --out docs/signals.md` from `creatorgraph/resolution/signals/`; change it there.

A signal says one of its levels, or nothing where one of the two profiles has no data for it: then it counts neither for nor
against. A level weighs `log2(m / u)` bits: `m` is the share of pairs of one person that show it, `u` the share of pairs of
different people. Ten bits make a match about a thousand times as likely, minus one bit half as likely. The weights of all
signals and the prior (how likely any two profiles are one person) add up to the log odds of the match.

The figures here are what is believed before any data. Each run estimates `u` by counting pairs that are known, or all but
known, to be of different people, and `m` without labels; its own figures are in the run's model and in the report of
`creatorgraph evaluate`.

Context marks what people who merely belong together share as well (colleagues, a band, fans of one star): the sum of all
context weighs at most what the run finds it is worth among pairs whose names contradict each other. Decisive marks what
training may start from.
"""


def signal_page(signals: Sequence[Signal]) -> str:
    """The page, with one section per signal in their order."""
    rows = [
        f"| [{s.name}](#{s.name}) | {_question(s)} | {'context' if s.context else 'decisive' if s.decisive else ''} |"
        for s in signals
    ]
    overview = "\n".join(["| signal | asks | |", "| --- | --- | --- |", *rows])
    return "\n".join([_OPENING.format(count=len(signals)), overview, *(_section(signal) for signal in signals)])


def _section(signal: Signal) -> str:
    question, _, rest = _docstring(signal).partition("\n")
    m, u = sum(level.m for level in signal.levels), sum(level.u for level in signal.levels)
    levels = [
        f"| `{level.name}` | {level.text} | {_share(level.m / m)} | {_share(level.u / u)} "
        f"| {log2(level.m / m * u / level.u):+.1f} |"
        for level in signal.levels
    ]
    facts = [
        f"- Compares: {', '.join(f'`{column}`' for column in signal.columns)}",
        f"- `u` is counted on {signal.non_matches.value}.",
    ]
    if signal.context:
        facts.append("- It is context.")
    if signal.decisive:
        facts.append("- It is decisive.")
    table = ["| level | means | m | u | bits |", "| --- | --- | ---: | ---: | ---: |", *levels]
    return "\n".join([f"\n## {signal.name}\n", f"**{question}**\n", rest.strip(), "", *facts, "", *table])


def _docstring(signal: Signal) -> str:
    return (sys.modules[signal.compare.__module__].__doc__ or signal.name).strip()


def _question(signal: Signal) -> str:
    return _docstring(signal).partition("\n")[0]


def _share(share: float) -> str:
    return f"{share:.2f}" if share >= 0.01 else f"{share:.1e}"
